"""The line of a plan's time: on which clock it runs, what stands on it, and where."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from services.audit.moment import Moment
from services.pages.slider import first_clock, last_approval, past, slider
from services.plan.timeline import TimelineAnswer, ToldAnswer

ID, ZONE = UUID(int=1), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def told(*items: ToldAnswer) -> TimelineAnswer:
    return TimelineAnswer(plan_id=ID, engagement_id=ID, items=items, people=())


def item(kind: str, occurred: datetime, recorded: datetime, position: int = 1) -> ToldAnswer:
    return ToldAnswer(
        event_id=ID,
        stream_id=ID,
        schema_v=1,
        payload_hash="0" * 64,
        in_digest=False,
        version=position,
        position=position,
        kind=kind,
        occurred_at=occurred,
        recorded_at=recorded,
        actor=ID,
        role="coach",
        channel="api",
        initiator=None,
        reason_code=None,
        reason=None,
        sentence=f"Event {position}.",
        event={},
    )


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_what_was_imported_is_shown_by_when_it_happened() -> None:
    imported = told(item("plan.plan_drafted", at(3, 1), NOW), item("plan.plan_approved", at(5, 1), NOW, 2))
    assert first_clock(imported) == "occurred"
    assert first_clock(told(item("plan.plan_drafted", NOW, NOW))) == "recorded"
    assert first_clock(told(item("plan.plan_drafted", at(3, 1), at(3, 1)), item("plan.plan_approved", at(5, 1), at(5, 1), 2))) == "recorded"
    assert first_clock(told()) == "recorded"


def test_what_is_of_one_day_stands_together_and_leads_behind_the_last_of_it() -> None:
    items = (
        item("plan.plan_drafted", at(10, 2), at(10, 2), 1),
        item("plan.milestone_adjusted", at(10, 7, 8), at(10, 7, 8), 2),
        item("plan.plan_approved", at(10, 7, 9), at(10, 7, 9), 3),
        item("plan.milestone_adjusted", at(10, 17), at(10, 17), 4),
        item("plan.progress_measured", at(10, 20), at(10, 20), 5),
    )
    found = slider(told(*items), None, NOW, ZONE, "")
    assert [(stop.mark, stop.moment) for stop in found.stops] == [("agreed", "position:3"), ("moved", "position:4")]
    assert found.stops[0].said == "7 Oct 2026: Event 2. Event 3."
    assert (found.first, found.last, found.here, found.approved) == (date(2026, 10, 2), date(2026, 11, 1), None, "approval:3")
    assert 0 < found.stops[0].at < found.stops[1].at < 100


def test_a_stop_of_the_business_clock_is_a_day_in_the_zone_of_the_organization() -> None:
    late = item("engagement.agreement_signed", at(10, 7, 23), NOW)  # the eighth in Berlin
    shown = past(Moment(occurred=date(2026, 10, 8)), None, NOW, ZONE)
    (stop,) = slider(told(late), shown, NOW, ZONE, "occurred:2026-10-08").stops
    assert (stop.mark, stop.moment, stop.is_here) == ("signed", "occurred:2026-10-08", True)


def test_a_day_lasts_to_its_end_and_today_until_now() -> None:
    whole = past(Moment(recorded=date(2026, 10, 8)), None, NOW, ZONE)
    assert (whole.at + timedelta(microseconds=1), whole.on) == (datetime(2026, 10, 9, tzinfo=ZONE), date(2026, 10, 8))
    assert past(Moment(recorded=date(2026, 11, 1)), None, NOW, ZONE).at == NOW
    clocks = [Moment(recorded=NOW), Moment(occurred=NOW), Moment(recorded=NOW, occurred=NOW), Moment(approval=3, occurred=NOW)]
    assert [past(one, None, NOW, ZONE).clock for one in clocks] == ["recorded", "occurred", "both", "both"]


def test_a_plan_that_begins_now_has_a_line_too() -> None:
    (stop,) = slider(told(item("plan.plan_approved", NOW, NOW)), None, NOW, ZONE, "").stops
    assert stop.at == 100
    assert slider(told(), None, NOW, ZONE, "").stops == []
    assert last_approval(told()) == ""
