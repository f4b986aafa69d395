"""What stands out about an event, by itself and by what was folded before it; nothing that depends on a zone or on today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from domain.plan import events as plan
from infra.eventstore.feed import Fed
from projections.kpi.facts import Objective
from projections.kpi.objective import progress
from projections.ledger.course import Course
from projections.ledger.line import Eased, Flag, Said

DATED_BACK: Final = timedelta(days=7)
"""What was written down later than that is not on time any more, as with evaluations (indicator 17)."""


def flags(before: Course, fed: Fed, said: Said) -> Iterator[Flag]:
    if said.kind == "target_lowered" and has_results(before, said):
        yield "lowered_after_result"
    if said.kind == "measure_replaced" and has_results(before, said):
        yield "measure_replaced_after_result"
    if approves_later(before, fed) is not None:
        yield "approved_after_change"
    if is_dated_back(fed):
        yield "back_dated"
    if is_own(before, fed):
        yield "self_approved"
    if getattr(fed.event, "overrides", ()):
        yield "gate_overridden"


def of(before: Course, said: Said) -> Objective:
    assert said.objective_id is not None  # what is said of an objective names it
    return before.facts.objectives[said.objective_id]


def has_results(before: Course, said: Said) -> bool:
    """Whether there was a measurement by the measure that the target was one of."""
    objective = of(before, said)
    return any(one.measure == objective.measure for one in objective.measured)


def eased(before: Course, said: Said) -> Eased | None:
    """What the pace of the objective was made of, when its target was lowered."""
    if said.kind != "target_lowered" or before.facts.activated_at is None:
        return None
    objective = of(before, said)
    if objective.due_on is None:
        return None
    since = max(before.facts.activated_at, objective.defined_at)
    return Eased(progress=progress(objective, date.max), since=since, due_on=objective.due_on)


def approves_later(before: Course, fed: Fed) -> datetime | None:
    """When what a party approves was in force already: since it was changed first after their last approval."""
    return before.changed_at.get(fed.event.party) if isinstance(fed.event, plan.PlanApproved) else None


def is_dated_back(fed: Fed) -> bool:
    """An import is none: what it brings was written down elsewhere before."""
    return fed.meta.channel != "import" and fed.recorded_at - fed.occurred_at > DATED_BACK


def is_own(before: Course, fed: Fed) -> bool:
    """One person agreed with themselves: for another party than the one for which they proposed or agreed before."""
    match fed.event:
        case plan.PlanApproved(party=party):
            return any(other != party and person == fed.meta.actor for other, person in before.spoke.items())
        case plan.ChangeAccepted(change_id=id):
            return before.asked[id].actor == fed.meta.actor
    return False
