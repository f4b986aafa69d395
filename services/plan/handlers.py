"""What deciding about a plan needs beside its own stream: the engagement, its program and what its assessments found."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from domain.assessment.state import AssessmentState
from domain.evaluation.state import EvaluationState
from domain.organization.state import OrganizationState
from domain.plan.commands import (
    AcceptChange,
    ActivatePlan,
    CommentAsSponsor,
    CommitAction,
    DeclineChange,
    DefineObjective,
    DraftPlan,
    MeasureProgress,
    ProposeChange,
    ProposePlan,
    RefineObjective,
)
from domain.plan.context import PlanContext
from domain.plan.state import PlanState
from domain.values import LabelOfClient, personal_values
from infra.eventstore.opening import Opener
from services.command.call import Call
from services.command.engaged import engagement_facts, program_facts

ASSESSED: Final = (DefineObjective, RefineObjective, ProposeChange, AcceptChange, ActivatePlan)
"""Commands whose rules ask for needs, or for finished assessments."""
IN_PROGRAM: Final = (*ASSESSED, DeclineChange, ProposePlan)
"""Commands whose rules, or whose warnings, ask for the program; it costs a round trip, because only the engagement knows which one it is."""


async def plan_context(call: Call) -> PlanContext:
    engagement = engagement_facts(call)
    program = engagement.program_id if isinstance(call.command, IN_PROGRAM) else None
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    found = await found_for(call, engagement.id)
    return call.context(
        PlanContext,
        engagement=engagement,
        program=await program_facts(call, program, guard=False),
        language=organization.locale,
        **found,
    )


async def found_for(call: Call, engagement_id: UUID) -> dict[str, Any]:
    """What the command's rules ask for of the engagement's other streams."""
    match call.command:
        case DraftPlan(template=template) if template is not None:
            organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
            return {"template": next((one for id, one in organization.plan_templates.items() if str(id) == template), None)}
        case CommitAction(session_id=session) if session is not None:
            return {"sessions": frozenset(await call.reading.engaged(engagement_id, "session"))}
        case CommentAsSponsor(about="evaluation"):
            return {"recorded_evaluations": await recorded(call, engagement_id)}
        case MeasureProgress():
            return {"labels": await labels(call, engagement_id)}
        case RefineObjective() | ProposeChange() | AcceptChange():
            return await assessed(call, engagement_id) | {"labels": await labels(call, engagement_id)}
        case command if isinstance(command, ASSESSED):
            return await assessed(call, engagement_id)
    return {}


async def labels(call: Call, engagement_id: UUID) -> dict[str, str]:
    """What the labels of the plan say that are words of somebody: rules compare them, and two sealed forms of one word differ."""
    state: PlanState = call.reading.state(call.target, "plan")
    agreed, waiting = [one.terms for one in state.objectives.values()], list(state.changes.values())
    held = [value for value in personal_values([agreed, waiting]) if isinstance(value, LabelOfClient)]
    if not held:
        return {}
    texts = await Opener(call.reading.vault).plain(call.reading.source, call.reading.tenant, call.target, held, engagement_id)
    return {value.sealed: text for value, text in zip(held, texts, strict=True) if value.sealed is not None and text is not None}


async def recorded(call: Call, engagement_id: UUID) -> frozenset[UUID]:
    """The evaluations that somebody has recorded. Not guarded: a judgement is never taken back."""
    ids = await call.reading.engaged(engagement_id, "evaluation")
    await call.reading.load(*ids, guard=False)
    states: list[EvaluationState] = [call.reading.state(id, "evaluation") for id in ids]
    return frozenset(state.id for state in states if state.judgements)


async def assessed(call: Call, engagement_id: UUID) -> dict[str, Any]:
    """Needs and finished kinds. Not guarded: both are only ever added to."""
    ids = await call.reading.engaged(engagement_id, "assessment")
    await call.reading.load(*ids, guard=False)
    states: list[AssessmentState] = [call.reading.state(id, "assessment") for id in ids]
    return {
        "needs": frozenset(need.id for state in states for need in state.needs),
        "finished_assessments": frozenset(state.kind for state in states if state.is_complete),
    }
