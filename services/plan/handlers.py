"""What deciding about a plan needs beside its own stream: the engagement, its program and what its assessments found."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from domain.assessment.state import AssessmentState
from domain.organization.state import OrganizationState
from domain.plan.commands import AcceptChange, ActivatePlan, DeclineChange, DefineObjective, ProposeChange, RefineObjective
from domain.plan.context import PlanContext
from services.call import Call
from services.engaged import engagement_facts, program_facts

ASSESSED: Final = (DefineObjective, RefineObjective, ProposeChange, AcceptChange, ActivatePlan)
"""Commands whose rules ask for needs, or for finished assessments."""
IN_PROGRAM: Final = (*ASSESSED, DeclineChange)
"""Commands whose rules ask for the program; it costs a round trip, because only the engagement knows which one it is."""


async def plan_context(call: Call) -> PlanContext:
    engagement = engagement_facts(call)
    program = engagement.program_id if isinstance(call.command, IN_PROGRAM) else None
    organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
    found = await assessed(call, engagement.id) if isinstance(call.command, ASSESSED) else {}
    return call.context(
        PlanContext,
        engagement=engagement,
        program=await program_facts(call, program, guard=False),
        language=organization.locale,
        **found,
    )


async def assessed(call: Call, engagement_id: UUID) -> dict[str, Any]:
    """Needs and finished kinds. Not guarded: both are only ever added to."""
    ids = await call.reading.engaged(engagement_id, "assessment")
    await call.reading.load(*ids, guard=False)
    states: list[AssessmentState] = [call.reading.state(id, "assessment") for id in ids]
    return {
        "needs": frozenset(need.id for state in states for need in state.needs),
        "finished_assessments": frozenset(state.kind for state in states if state.is_complete),
    }
