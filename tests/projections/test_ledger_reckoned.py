"""The ledger of random histories, against a reckoning that folds nothing: each line by looking back over all that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.command import Command
from domain.errors import Refusal
from domain.event import Recorded
from domain.plan import events as plan
from domain.plan.commands import AcceptChange, ApprovePlan, MeasureProgress, ProposeChange, RefineObjective
from domain.plan.commands.refinement import RefineTarget, ReplaceMeasure
from domain.plan.decide import decide
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from infra.eventstore.feed import Fed
from projections.ledger.line import Flag, Line
from tests.domain.planning import ENGAGEMENT, PLAN, by, measured
from tests.domain.spec import CLIENT, COACH, NOW, SPONSOR, Happened, recorded, uuid
from tests.domain.test_plan_history import SCRIPT, Asking, Draw
from tests.projections.history import History
from tests.projections.test_change_ledger import lines

WEEK = timedelta(days=7)
ALWAYS = (
    plan.PlanProposed,
    plan.PlanApproved,
    plan.PlanActivated,
    plan.ChangeProposed,
    plan.ChangeAccepted,
    plan.ChangeDeclined,
    plan.MeasurementCorrected,
    plan.EntryWithdrawn,
)
IN_FORCE = (
    plan.ObjectiveDefined,
    plan.ObjectiveRefined,
    plan.ObjectiveConcluded,
    plan.BaselineRecorded,
    plan.AttainmentScaleDefined,
    plan.StrategyAdopted,
    plan.StrategyRevised,
    plan.StrategyDropped,
    plan.ActionCommitted,
    plan.ActionRescheduled,
    plan.ActionDropped,
    plan.MilestoneSet,
    plan.MilestoneAdjusted,
    plan.MilestoneWithdrawn,
)
REPORTS = (plan.ProgressMeasured, plan.MilestoneReached, plan.ActionCompleted, plan.PlanReviewed)
CONTENT = (
    plan.ObjectiveDefined,
    plan.ObjectiveRefined,
    plan.AttainmentScaleDefined,
    plan.StrategyAdopted,
    plan.StrategyRevised,
    plan.StrategyDropped,
)
"""What approvals of a plan in force cover: milestones and baselines change it without one."""


def expected(history: Sequence[Fed], place: int) -> set[Flag] | None:
    """The flags of the line of an event; None when it has none."""
    fed, before = history[place], history[:place]
    event, in_force = fed.event, any(isinstance(one.event, plan.PlanActivated) for one in before)
    dated_back = fed.recorded_at - fed.occurred_at > WEEK
    if not (isinstance(event, ALWAYS) or (isinstance(event, IN_FORCE) and in_force) or (isinstance(event, REPORTS) and dated_back)):
        return None
    found: set[Flag] = {"back_dated"} if dated_back else set()
    if isinstance(event, plan.ObjectiveRefined):
        found |= refined(event, before)
    if isinstance(event, plan.PlanApproved) and in_force:
        found |= {"approved_after_change"} if changed_unapproved(event.party, before) else set()
    if isinstance(event, plan.PlanApproved | plan.ChangeAccepted):
        found |= {"self_approved"} if themselves(fed, before) else set()
    return found | ({"gate_overridden"} if getattr(event, "overrides", ()) else set())


def refined(event: plan.ObjectiveRefined, before: Sequence[Fed]) -> set[Flag]:
    """The measures of these histories all increase."""
    same = [one.event for one in before if getattr(one.event, "objective_id", None) == event.objective_id]
    measures = 1 + sum(isinstance(one, plan.ObjectiveRefined) and isinstance(one.refinement, plan.MeasureReplaced) for one in same)
    if not any(isinstance(one, plan.ProgressMeasured) and one.measure_version == measures for one in same):
        return set()
    match event.refinement:
        case plan.TargetRefined(from_=was, to=now) if was is not None and (now is None or now < was):
            return {"lowered_after_result"}
        case plan.MeasureReplaced():
            return {"measure_replaced_after_result"}
    return set()


def changed_unapproved(party: str, before: Sequence[Fed]) -> bool:
    """Whether content was changed in force since the party approved last."""
    since = [place for place, one in enumerate(before) if isinstance(one.event, plan.PlanApproved) and one.event.party == party]
    begun = next(place for place, one in enumerate(before) if isinstance(one.event, plan.PlanActivated))
    return any(isinstance(one.event, CONTENT) for one in before[max([begun, *since]) :])


def themselves(fed: Recorded[Any], before: Sequence[Fed]) -> bool:
    event = fed.event
    if isinstance(event, plan.ChangeAccepted):
        asked = [one for one in before if isinstance(one.event, plan.ChangeProposed) and one.event.change_id == event.change_id]
        return asked[0].meta.actor == fed.meta.actor
    last = max(place for place, one in enumerate(before) if isinstance(one.event, (plan.PlanProposed, *CONTENT)))
    voices = [one for one in before[last:] if isinstance(one.event, plan.PlanProposed | plan.PlanApproved)]
    spoken = [(getattr(one.event, "party", None) or getattr(one.event, "proposed_by", None), one.meta.actor) for one in voices]
    return any(party != event.party and actor == fed.meta.actor for party, actor in spoken)


def play(draw: Draw) -> list[Recorded[Any]]:
    """A plan becomes active, then is measured and changed by agreement; what is refused leaves no trace."""
    state, history = PlanState(), list[Recorded[Any]]()
    for step in range(len(SCRIPT) + draw(st.integers(10, 40))):
        if step < len(SCRIPT):
            actor, command = SCRIPT[step][0], SCRIPT[step][1](state)
        else:
            actor, command = draw(st.sampled_from([CLIENT, COACH, SPONSOR])), draw(st.sampled_from(asked(state, draw, len(history))))
        now = NOW + timedelta(hours=step)
        try:
            events = decide(state, command, by(actor, now=now, ids=(uuid(1000 + 2 * step), uuid(1001 + 2 * step))))
        except Refusal:
            continue
        for event in events:
            history.append(recorded(Happened(event, actor, at=now), len(history) + 1))
            state = evolve(state, history[-1])
    return history


def asked(state: PlanState, draw: Draw, seen: int) -> list[Command]:
    asking = Asking(state, draw, seen)
    at, objective = next(iter(state.objectives.items()))
    refinements = [
        RefineTarget(from_=objective.terms.target, to=asking.number()),
        RefineTarget(from_=objective.terms.target, to=asking.number()),
        ReplaceMeasure(to=measured(), baseline_by=asking.day(), target=asking.number(), seen=seen),
    ]
    waiting = [one.id for one in state.changes.values() if not one.decided]
    return [
        *asking.working(),
        *[ApprovePlan(plan_version=state.plan_version, digest=state.digest)] * 4,
        *[MeasureProgress(objective_id=at, value=asking.number(), source="hr")] * 2,
        *(ProposeChange(change=RefineObjective(objective_id=at, refinement=one), reason_code="scope") for one in refinements * 2),
        *(AcceptChange(change_id=id) for id in waiting * 8),
    ]


@settings(max_examples=40)
@forall(st.data())
def test_every_line_and_flag_can_be_reckoned_from_what_happened_before(data: st.DataObject) -> None:
    persons = data.draw(st.sampled_from([{}, {SPONSOR: COACH}, {SPONSOR: CLIENT}]))  # one of them on two sides
    history = [told(one, place, persons, data.draw) for place, one in enumerate(play(data.draw))]
    reckoned = {fed.version: flags for place, fed in enumerate(history) if (flags := expected(history, place)) is not None}
    opening = History(engagement=ENGAGEMENT)
    opening.feds = [*opening.feds[:2], *history]
    found: list[Line] = lines(opening)
    assert {line.version: set(line.flags) for line in found} == reckoned
    assert [line.version for line in found] == sorted(reckoned)


def told(one: Recorded[Any], place: int, persons: Mapping[UUID, UUID], draw: Draw) -> Fed:
    """As the log has it: some of the reports were written down later."""
    late = timedelta(days=draw(st.sampled_from([0, 0, 7, 8, 30]))) if isinstance(one.event, REPORTS) else timedelta(0)
    fields = {name: getattr(one, name) for name in Recorded.__struct_fields__}
    fields["meta"] = replace(one.meta, actor=persons.get(one.meta.actor, one.meta.actor))
    return Fed(
        **fields,
        stream=PLAN,
        engagement_id=ENGAGEMENT,
        position=place + 3,
        recorded_at=one.occurred_at + late,
        payload=b"{}",
    )
