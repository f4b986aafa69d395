"""Which due dates wait for a verdict: by hand-written histories of one plan, and by the rows of an organization."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from domain.event import Event
from domain.plan.events import EntryWithdrawn, MilestoneMissed
from infra.eventstore.feed import Fed
from projections.milestones_due import Deadlines, apply, key
from tests.projections.history import ENGAGEMENT, MILESTONE, SECOND, History, activated, defined, milestone, moved, reached, withdrawn

DUE, MOVED = "2026-03-20", "2026-04-10"


def told(*events: Event) -> History:
    """A plan in force with a milestone that is due on `DUE`, and what then happened."""
    return (
        History()
        .on("2026-01-10", defined(), milestone(DUE))
        .on("2026-02-01", activated("2026-02-01", milestone=DUE))
        .on("2026-03-21", *events)
    )


def next_on(feds: list[Fed]) -> date | None:
    deadlines: Deadlines | None = None
    for fed in feds:
        if key(fed) == ENGAGEMENT:
            deadlines = apply(deadlines, fed)
    return deadlines.next_on if deadlines else None


def missed(due_on: str = DUE) -> MilestoneMissed:
    return MilestoneMissed(milestone_id=MILESTONE, due_on=date.fromisoformat(due_on))


def taken_back(history: History) -> EntryWithdrawn:
    """That it was reached was wrong."""
    return EntryWithdrawn(corrects_version=history.version, entry="milestone_reached", item_id=MILESTONE, reason_code="error", reason=None)


@pytest.mark.parametrize(
    ("events", "waits"),
    [
        ((), DUE),
        ((reached("2026-03-20"),), None),
        ((withdrawn(DUE),), None),
        ((missed(),), None),
        ((moved(DUE, MOVED),), MOVED),
        ((missed(), moved(DUE, MOVED)), MOVED),
        ((missed(), moved(DUE, MOVED), moved(MOVED, DUE)), None),
        ((milestone("2026-03-01", SECOND),), "2026-03-01"),
        ((milestone("2026-03-01", SECOND), withdrawn("2026-03-01", SECOND)), DUE),
    ],
)
def test_a_due_date_waits_until_something_was_said_of_it(events: tuple[Event, ...], waits: str | None) -> None:
    assert next_on(told(*events).feds) == (date.fromisoformat(waits) if waits else None)


def test_what_was_not_reached_after_all_waits_again() -> None:
    history = told(reached("2026-03-20"))
    assert next_on(history.on("2026-03-22", taken_back(history)).feds) == date.fromisoformat(DUE)


def test_nothing_waits_in_a_plan_that_is_not_in_force() -> None:
    assert next_on(History().on("2026-01-10", defined(), milestone(DUE)).feds) is None


@pytest.mark.parametrize(("imported_at", "waits"), [("2026-03-20T23:00", DUE), ("2026-03-21T01:00", None)])
def test_a_due_date_that_had_passed_when_it_was_imported_is_history(imported_at: str, waits: str | None) -> None:
    at = datetime.fromisoformat(imported_at).replace(tzinfo=UTC)
    feds = [replace(fed, recorded_at=at, meta=replace(fed.meta, channel="import")) for fed in told().feds]
    assert next_on(feds) == (date.fromisoformat(waits) if waits else None)
    later = told(moved(DUE, MOVED)).feds[-1]
    assert next_on([*feds, later]) == date.fromisoformat(MOVED)
