"""What a reader finds of a past moment: streams folded up to it, shown with what the reader may see today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Request

from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.plan.state import Objective, PlanState
from domain.values import personal_values
from infra.eventstore import codec
from infra.eventstore.hindsight import Hindsight
from infra.eventstore.opening import Opener, SealedAt
from projections.confidence import shared_in
from projections.current import Current
from projections.kpi import facts as kpi
from projections.kpi.objective import progress
from projections.members import MEMBERS
from services.actor import Actor
from services.assessment.answers import assessment_answer
from services.audit.answers import AssessmentAsOf, EngagementAsOf, PlanAsOf, moment_answer
from services.audit.moment import Moment, at_moment, not_begun
from services.engagement.answers import engagement_answer
from services.engagement.query import parties
from services.plan.answers import plan_answer
from services.reading.reads import Found, Look, Reads, names
from services.reading.view import people


async def find_plan_as_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, moment: Moment) -> Found[PlanAsOf]:
    """Raises `NotFound`, `NotPermitted`, and what is wrong with the moment."""
    look = await reads.look(actor, "read_as_of", "plan", id)
    engagement = engagement_of(look)
    then = await hindsight(reads, look, id, moment, plan=id, engagement=engagement.id)
    state: PlanState = await opened(reads, look, then, id)
    known = [engagement.client_id, engagement.coach_id, engagement.sponsor_id]
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, _):
        named = people(await names(rows, known), look.sight, *known)
    until = last_day(look, then)
    reached = {key: progress_of(one, until) for key, one in state.objectives.items()}
    answer = plan_answer(current_of(then, id, state, look), reached, named, look.sight, reader=actor.person_id, counts=True)
    told = moment_answer(then, id, state.digest)
    return Found(PlanAsOf(moment=told, plan=answer), then.position)


async def find_engagement_as_of(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, moment: Moment
) -> Found[EngagementAsOf]:
    """Raises `NotFound`, `NotPermitted`, and what is wrong with the moment."""
    look = await reads.look(actor, "read_as_of", "engagement", id)
    plan = None if moment.approval is None else next(iter(await look.reading.engaged(id, "plan")), None)
    then = await hindsight(reads, look, id, moment, plan=plan, engagement=id)
    state: EngagementState = await opened(reads, look, then, id)
    current = current_of(then, id, state, look)
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, _):
        named = people(await names(rows, parties(current)), look.sight, *parties(current))
    answer = engagement_answer(current, named, look.sight, reader=actor.person_id, counts=True)
    return Found(EngagementAsOf(moment=moment_answer(then, id, state.digest), engagement=answer), then.position)


async def find_assessment_as_of(reads: Reads, actor: Actor, id: UUID, moment: Moment) -> Found[AssessmentAsOf]:
    """Raises `NotFound`, `NotPermitted`, and what is wrong with the moment."""
    look = await reads.look(actor, "read_as_of", "assessment", id)
    engagement = engagement_of(look).id
    plan = None if moment.approval is None else next(iter(await look.reading.engaged(engagement, "plan")), None)
    then = await hindsight(reads, look, id, moment, plan=plan, engagement=engagement)
    state: AssessmentState = await opened(reads, look, then, id)
    answer = assessment_answer(current_of(then, id, state, look), look.sight)
    return Found(AssessmentAsOf(moment=moment_answer(then, id, None), assessment=answer), then.position)


def engagement_of(look: Look) -> EngagementState:
    assert look.engagement is not None  # plans and assessments belong to one
    return look.engagement


async def hindsight(reads: Reads, look: Look, stream: UUID, moment: Moment, *, plan: UUID | None, engagement: UUID | None) -> Hindsight:
    """The stream at the moment. Raises `NotBegun` when there was none yet."""
    at = await at_moment(reads, look, moment, plan=plan, engagement=engagement)
    then = await reads.store.read_as_of(look.actor.tenant, at, stream)
    if not then.holds(stream):
        raise not_begun(then.position)
    reads.store.keep_snapshots(then)
    return then


async def opened(reads: Reads, look: Look, then: Hindsight, stream: UUID) -> Any:
    """The state with its words, for a reader who may see them; else as it is folded, sealed."""
    state = then.state(stream)
    texts = await texts_of(reads, look, stream, [state])
    return codec.open_state(state, texts) if texts else state


async def texts_of(reads: Reads, look: Look, stream: UUID, values: Sequence[Any]) -> Mapping[str, Any]:
    """What the sealed values open to; nothing for who reads no words."""
    if not look.sight.opens:
        return {}
    sealed = [SealedAt(stream, engagement_of(look).id, each.sealed) for value in values for each in personal_values(value) if each.sealed]
    shared = shared_in(values)
    sealed = [one for one in sealed if not look.sight.opens.keeps(one.text, shared)]
    return await Opener(reads.store.vault).open(reads.share(look.actor.tenant), look.actor.tenant, sealed)


def current_of(then: Hindsight, stream: UUID, state: Any, look: Look) -> Current[Any]:
    """The state as the live reads show one."""
    return Current(
        id=stream,
        engagement_id=then.engagement_of(stream),
        client_id=getattr(state, "client_id", None),
        coach_id=getattr(state, "coach_id", None),
        sponsor_id=getattr(state, "sponsor_id", None),
        program_id=getattr(state, "program_id", None),
        version=then.last(stream).version,
        state=state,
    )


def last_day(look: Look, then: Hindsight) -> date:
    """The day up to which the moment knows, in the organization's zone."""
    assert then.head is not None
    instant: datetime = then.at.occurred or then.at.recorded or then.head.recorded_at
    return look.organization.day(instant)


def progress_of(one: Objective, until: date) -> Decimal | None:
    """How far an objective had come, by the formula of the indicators."""
    measure = one.terms.measure
    band = measure.band if measure is not None else None
    dated = kpi.Objective(
        defined_at=one.made_at,
        smart_at_first=False,
        passed_at=None,
        measure=one.measure_version,
        direction=measure.direction if measure is not None else None,
        target=one.terms.target,
        low=band.low if band is not None else None,
        high=band.high if band is not None else None,
        baseline=one.terms.baseline.value if one.terms.baseline is not None else None,
        measured=tuple(kpi.Measured(each.version, each.measure_version, each.on, each.value) for each in one.measurements),
    )
    return progress(dated, until)
