"""What the pages make of numbers, dates, moves and milestones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec import UNSET, structs

from domain.plan.terms import Band, Baseline, Direction, MeasureKind
from projections.kpi.help import CHECKS, Reason
from projections.kpi.value import Share, guarded, per_30_days, rate
from services.board.coach import GONE
from services.pages.axis import axis
from services.pages.filter import of_periods, periods
from services.pages.indicator import indicators
from services.pages.objective import objective_view
from services.pages.page import marked
from services.pages.plan import months
from services.pages.shift import Shift, shift
from services.pages.words import SENTENCES, amount, count, kind, number, period, words
from services.plan.item import MilestoneAnswer
from services.plan.objective import MeasureAnswer, MeasurementAnswer, ObjectiveAnswer
from services.plan.timeline import TimelineAnswer, ToldAnswer

ID = UUID(int=1)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("75.0000", 1, "75"),
        ("62.0370", 1, "62"),
        ("0.125", 2, "0.12"),
        ("-3.50", 2, "−3.5"),
        ("-0.001", 2, "0"),
        ("100", 0, "100"),
        ("0", 2, "0"),
        ("1234567.5", 2, "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567.5"),
        ("999999999999999", 2, "\N{NARROW NO-BREAK SPACE}".join(["999"] * 5)),
    ],
)
def test_a_number_is_short_and_exact_enough(value: str, places: int, expected: str) -> None:
    assert number(Decimal(value), places) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("72.54", "percent", "72.5 %"),
        ("1", "days", "1 day"),
        ("2", "days", "2 days"),
        ("6", "count", "6"),
        ("6", None, "6"),
        ("3", "hours", "3 hours"),
    ],
)
def test_an_amount_has_its_unit(value: str, unit: str | None, expected: str) -> None:
    assert amount(Decimal(value), unit).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == expected


def test_codes_are_read_as_words() -> None:
    assert (words("client_schedule"), words("kpi@1"), words(""), kind("plan.milestone_adjusted")) == (
        "Client schedule",
        "Kpi@1",
        "",
        "Milestone adjusted",
    )
    assert (count(1, "client"), count(2, "client"), count(0, "day")) == ("1 client", "2 clients", "0 days")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"from": "2026-09-23", "to": "2026-09-30", "shift_days": 7}, Shift("", "23 Sep 2026", "30 Sep 2026")),
        ({"refinement": {"field": "target", "from": "75", "to": "80"}}, Shift("Target", "75", "80")),
        ({"change": {"refinement": {"field": "target", "from": None, "to": "-2.5"}}}, Shift("Target", "–", "−2.5")),
        ({"refinement": {"field": "title", "from": "a", "to": {"withheld": True}}}, None),
        ({"change": {"title": "a"}}, None),
        ({"to": "2026-09-30"}, None),
        ({}, None),
    ],
)
def test_a_change_shows_what_was_replaced(event: dict[str, object], expected: Shift | None) -> None:
    assert shift(event) == expected


def milestone(original: str, due: str, reached: str | None = None) -> MilestoneAnswer:
    return MilestoneAnswer(
        id=ID,
        objective_id=ID,
        title=None,
        due_on=date.fromisoformat(due),
        original_due=date.fromisoformat(original),
        benchmark=None,
        adjustments=(),
        reached=1 if reached else None,
        reached_on=date.fromisoformat(reached) if reached else None,
    )


def test_dates_stand_on_the_axis_in_their_order() -> None:
    drawn = axis([milestone("2026-03-01", "2026-03-20", "2026-03-15"), milestone("2026-05-01", "2026-05-01")], date(2026, 4, 1))
    first, second = drawn.lanes
    assert first.reached is not None
    assert drawn.today is not None
    assert 0 < first.original < first.reached < first.current < drawn.today < second.original == second.current < 100
    assert second.reached is None
    assert [tick.label for tick in drawn.ticks] == ["Mar 26", "Apr 26", "May 26"]
    assert first.said == "Original date 1 Mar 2026, now 20 Mar 2026, reached 15 Mar 2026"


@pytest.mark.parametrize("years", [0, 1, 30, 170])
def test_an_axis_has_few_ticks_however_long_it_is(years: int) -> None:
    drawn = axis([milestone("2026-03-01", f"{2026 + years}-03-01")], date(2026, 3, 1))
    assert len(drawn.ticks) <= 6
    assert all(0 <= tick.at <= 100 for tick in drawn.ticks)


def test_today_is_on_the_axis_as_long_as_something_is_open() -> None:
    assert axis([milestone("2026-03-01", "2026-03-01")], date(2027, 1, 1)).today is not None
    assert axis([milestone("2026-03-01", "2026-03-01", "2026-03-01")], date(2027, 1, 1)).today is None
    assert axis([], date(2026, 1, 1)).lanes == []


def objective(
    *,
    direction: Direction = "increase",
    kind: MeasureKind = "numeric",
    band: Band | None = None,
    target: str | None = "12",
    progress: str | None = None,
    values: tuple[str, ...] = (),
) -> ObjectiveAnswer:
    measure = MeasureAnswer(name="Held", kind=kind, unit="percent", direction=direction, scope=None, band=band, source=None)
    return ObjectiveAnswer(
        id=ID,
        title="Meet",
        due_on=date(2026, 6, 30),
        measure=measure,
        measure_version=2,
        baseline=Baseline(value=Decimal(2), at=date(2026, 1, 2)),
        target=Decimal(target) if target else None,
        progress=Decimal(progress) if progress else None,
        measurements=tuple(
            MeasurementAnswer(version=n, value=Decimal(value), on=date(2026, 2, n), source="calendar", measure_version=2)
            for n, value in enumerate(values, 1)
        ),
    )


def said(one: ObjectiveAnswer) -> list[str]:
    points = objective_view(1, one, verdicts=True).points
    return [
        f"{point.label} {point.value} {point.note}".replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
        for point in points
    ]


def test_an_objective_tells_from_where_to_where_and_how_far() -> None:
    one = objective(values=("4", "7"), progress="0.5")
    assert said(one) == ["Baseline 2 % 2 Jan 2026", "Latest 7 % 2 Feb 2026", "Target 12 % by 30 Jun 2026"]
    view = objective_view(1, one, verdicts=True)
    assert (view.done, view.bar, view.state, view.over) == ("50", Decimal(50), "Open", False)


def test_beyond_its_target_the_bar_is_full_and_the_number_is_not_cut() -> None:
    view = objective_view(1, objective(progress="1.35"), verdicts=True)
    assert (view.done, view.bar) == ("135", Decimal(100))


def test_without_data_there_is_no_number() -> None:
    view = objective_view(1, objective(), verdicts=False)
    assert (view.done, view.bar, view.state) == (None, Decimal(0), "")
    assert said(objective())[1] == "Latest – not measured yet"


def test_who_may_not_see_measurements_is_not_told_that_there_are_none() -> None:
    assert [point.partition(" ")[0] for point in said(structs.replace(objective(), measurements=UNSET))] == ["Baseline", "Target"]


def test_a_band_and_a_yes_are_said_as_such() -> None:
    assert (
        said(objective(direction="maintain", band=Band(low=Decimal(2), high=Decimal(7)), target=None))[-1]
        == "Target 2 to 7 % by 30 Jun 2026"
    )
    assert said(objective(kind="yes_no", target="1", values=("0",)))[1:] == ["Latest No 1 Feb 2026", "Target Yes by 30 Jun 2026"]


def test_periods_go_back_half_a_year_across_its_turn() -> None:
    found = [choice.value for choice in periods(date(2026, 2, 28))]
    assert found == ["2026-q1", "2025-q4", "2025-q3", "2026-02", "2026-01", "2025-12", "2025-11", "2025-10", "2025-09"]


OF_ONE = {"review_overdue", "rigid", "thrash", "no_next_session"}
"""Reasons that only ever name the plan, or the engagement."""


def test_every_reason_for_help_has_its_sentence_with_the_number_and_the_count() -> None:
    assert set(SENTENCES) == {check.__name__ for check in CHECKS} | {GONE}
    for code, (_, sentence) in SENTENCES.items() - {(GONE, SENTENCES[GONE])}:
        worst = Decimal("0.31") if code == "slow_pace" else Decimal(37)
        one, two = (sentence(Reason(code, worst, "days", Decimal("0.5"), ids)) for ids in ((ID,), (ID, UUID(int=2))))
        assert {"slow_pace": "31 %", "thrash": "37 times"}.get(code, "37\N{NO-BREAK SPACE}days") in one
        assert (one == two) == (code in OF_ONE)


def test_a_flagging_indicator_counts_the_plans_that_stand_out() -> None:
    ratio = per_30_days(12, "replan_ratio", 7, [(frozenset({ID}), 3, 40), (frozenset({UUID(int=2)}), 0, 20)])
    flags = (Share("rigid", 3), Share("thrash", 1))
    flagged, calm = (
        indicators((structs.replace(ratio, mix={"flag": some}),))[0] for some in (flags, (Share("rigid", 0), Share("thrash", 0)))
    )
    assert (flagged.value, flagged.unit, flagged.made_of) == ("1.5", "in 30 days", "Changed 3 times in 60 active days")
    assert (flagged.beside, calm.beside) == ("Rigid: 3 plans. Restless: 1 plan.", "")


def test_a_missing_word_is_set_apart_and_everything_else_escaped() -> None:
    assert marked("<b> noted [withheld] & [erased].") == (
        '&lt;b&gt; noted <span class="withheld">withheld</span> &amp; <span class="gone">erased</span>.'
    )


def test_an_indicator_says_what_it_is_made_of_or_why_there_is_nothing() -> None:
    other = frozenset({UUID(int=2)})
    seen = [(frozenset({ID}), True), (other, False), (other, True)]
    full, none = rate(8, "on_time_milestones", 7, seen), rate(8, "on_time_milestones", 7, [])
    shown, few, nothing = (indicators((kpi,))[0] for kpi in (full, guarded(full, 3), none))
    assert (shown.value, shown.unit, shown.made_of, shown.n) == ("66.7", "%", "2 of 3 milestones due reached in time", 3)
    assert (few.value, few.why_none, few.n, few.clients) == (None, "Too few people", None, None)
    assert (nothing.value, nothing.why_none, nothing.made_of) == (None, "No data", "0 milestones due so far")


def test_a_period_that_was_asked_for_by_its_address_can_be_seen_to_be_chosen() -> None:
    asked = of_periods(date(2026, 2, 28), "2020-q1")
    assert asked.chosen in {choice.value for choice in asked.choices}


def told(position: int, occurred: datetime, recorded: datetime) -> ToldAnswer:
    return ToldAnswer(
        **{"stream_id": ID, "version": position, "position": position, "kind": "plan.plan_reviewed", "actor": ID, "role": "coach"},
        **{"event_id": ID, "schema_v": 1, "payload_hash": "0" * 64, "in_digest": False},
        **{"channel": "import", "initiator": None, "reason_code": None, "reason": None, "sentence": "Reviewed.", "event": {}},
        occurred_at=occurred,
        recorded_at=recorded,
    )


def test_a_timeline_shows_when_it_happened_in_whatever_order_an_import_recorded_it() -> None:
    """Each month once, and both days of what was recorded on another; of one moment the later entry stands first."""
    now = datetime(2026, 5, 2, 9, tzinfo=UTC)
    ago = [now - timedelta(days=days) for days in (30, 70, 28, 70, 0)]
    items = tuple(told(position, occurred, now) for position, occurred in enumerate(ago, 1))
    shown = list(months(TimelineAnswer(plan_id=ID, engagement_id=ID, items=items, people=()), ZoneInfo("Etc/UTC")))
    assert [month.label for month in shown] == ["May 2026", "April 2026", "February 2026"]
    assert [[event.told.position for event in month.events] for month in shown] == [[5], [3, 1], [4, 2]]
    assert [event.recorded for month in shown for event in month.events] == [None, *[date(2026, 5, 2)] * 4]


@pytest.mark.parametrize(
    ("approvals", "said"),
    [
        (1, "An approval by the client has been due for 29 days; the limit is 7 days."),
        (2, "2 approvals by the client have been due for 29 days; the limit is 7 days."),
    ],
)
def test_an_approval_that_waits_is_told_as_a_sentence(approvals: int, said: str) -> None:
    _, sentence = SENTENCES["approval_waiting"]
    shown = sentence(Reason("approval_waiting", Decimal(29), "days", Decimal(7), (ID,) * approvals))
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("label", "expected"),
    [("to_date", "To date"), ("2025-12", "December 2025"), ("2026-q3", "Quarter 3, 2026"), ("2020-q1", "Quarter 1, 2020")],
)
def test_a_period_has_one_name_wherever_it_is_shown(label: str, expected: str) -> None:
    assert period(label) == expected
    assert next(choice.label for choice in of_periods(date(2026, 2, 28), label).choices if choice.value == label) == expected
