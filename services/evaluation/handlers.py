"""What deciding about an evaluation needs beside its own stream: the engagement, its program and its plan."""

from __future__ import annotations

from uuid import UUID

from domain.evaluation.context import EvaluationContext, PlanFacts
from domain.plan.state import PlanState
from services.command.call import Call
from services.command.engaged import engagement_facts, program_facts


async def evaluation_context(call: Call) -> EvaluationContext:
    engagement = engagement_facts(call)
    return call.context(
        EvaluationContext,
        engagement=engagement,
        program=await program_facts(call, engagement.program_id, guard=False),
        plan=await plan_facts(call, engagement.id),
    )


async def plan_facts(call: Call, engagement_id: UUID) -> PlanFacts | None:
    """The plan as it stands. It is not guarded: its next change does not make the judgement of an older version untrue."""
    plans = await call.reading.engaged(engagement_id, "plan")
    if not plans:
        return None
    await call.reading.load(*plans, guard=False)
    plan: PlanState = call.reading.state(plans[0], "plan")
    versions = frozenset(range(1, plan.plan_version + 1))
    return PlanFacts(id=plan.id, activated=plan.activated_at is not None, versions=versions, objective_ids=frozenset(plan.objectives))
