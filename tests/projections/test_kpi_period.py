"""What every indicator owes whatever happened: days of the organization, bounds, and months that add up to the whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.kpi import action, evaluation, replan, review
from projections.kpi.board import board
from projections.kpi.coaching import Evaluation, Judgement
from projections.kpi.facts import Action, Change, Due, Facts, Review
from projections.kpi.period import Asked, Period
from tests.projections.history import asked, noon, uuid

ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia", "America/Havana", "Etc/UTC")
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))
INSTANTS = DAYS.map(lambda day: noon(day.isoformat()))
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 8))


@given(
    st.integers(0, 20 * 365 * 24 * 3600).map(lambda seconds: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.sampled_from(ZONES),
    st.dates(date(2010, 2, 1), date(2030, 12, 31)),
)
def test_the_bounds_of_a_period_are_those_of_its_days(instant: datetime, zone: str, today: date) -> None:
    """Compared as instants, days are the same as converted one by one, wherever clocks are changed and when."""
    local = instant.astimezone(ZoneInfo(zone)).date()
    for label in (f"{instant:%Y-%m}", f"{today:%Y-%m}", "to_date"):
        period = Asked(period=Period.of(label), today=today, zone=ZoneInfo(zone), position=1)
        assert period.day(instant) == local
        assert period.had(instant) == (local <= period.until)
        assert period.holds(instant) == (period.period.first <= local <= period.until)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_begins_with_its_first_instant(zone: str) -> None:
    """Also where clocks are put forward at midnight, so that the day has no midnight."""
    for number in range(366):
        day = date(2018, 1, 1) + timedelta(days=number)
        begin = Asked(period=Period("day", day, day), today=day, zone=ZoneInfo(zone), position=1).begin
        assert begin.astimezone(ZoneInfo(zone)).date() == day
        assert (begin - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < day


def dues() -> st.SearchStrategy[tuple[Due, ...]]:
    return st.lists(st.builds(Due, INSTANTS, DAYS), min_size=1, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda due: due.since))
    )


@st.composite
def engagements(draw: st.DrawFn) -> Facts:
    actions = st.builds(Action, dues=dues(), completed_on=st.none() | DAYS, dropped_at=st.none() | INSTANTS)
    reviews = st.builds(Review, version=st.integers(1, 99), on=DAYS, next_on=DAYS, policy=st.sampled_from((0, 4)))
    judgements = st.builds(Judgement, evaluator=st.sampled_from(("client", "coach")), at=INSTANTS, recorded_at=st.none() | INSTANTS)
    evaluations = st.builds(Evaluation, DAYS, st.just(("client", "coach")), st.lists(judgements, max_size=3).map(tuple))
    changes = st.builds(Change, INSTANTS, st.just(1), st.booleans(), st.booleans(), st.booleans(), st.just(True))
    activated_at = draw(INSTANTS)
    since = asked("to_date", "2026-07-01").day(activated_at)
    return Facts(
        engagement_id=uuid(1),
        client_id=uuid(draw(st.integers(2, 4))),
        plan_id=uuid(9),
        activated_at=draw(st.none() | st.just(activated_at)),
        reviews=tuple(one for one in draw(st.lists(reviews, max_size=4)) if one.on >= since),
        actions={uuid(20 + number): one for number, one in enumerate(draw(st.lists(actions, max_size=4)))},
        evaluations={uuid(40 + number): one for number, one in enumerate(draw(st.lists(evaluations, max_size=2)))},
        changes=tuple(one for one in draw(st.lists(changes, max_size=6)) if one.at >= activated_at),
    )


@settings(max_examples=60)
@given(st.lists(engagements(), max_size=4), DAYS, st.sampled_from((*MONTHS, "2026-q1", "to_date")))
def test_every_number_is_what_it_is_made_of(facts: list[Facts], today: date, period: str) -> None:
    for kpi in board(facts, asked(period, today.isoformat())).kpis:
        assert (kpi.value is None) == (not kpi.n), kpi.name
        if kpi.unit == "percent" and kpi.low is not None:
            assert 0 <= (kpi.numerator or 0) <= (kpi.denominator or 0) == kpi.n
            assert 0 <= kpi.low <= (kpi.value or 0) <= (kpi.high or 0) <= 100
        assert (kpi.clients or 0) <= min(kpi.n or 0, len({f.client_id for f in facts}))


@settings(max_examples=60)
@given(st.lists(engagements(), max_size=4))
def test_the_months_add_up_to_the_whole(facts: list[Facts]) -> None:
    """What is decided once, or happens on a day, stands in one month: reviews, evaluations, changes, days, what was done."""
    for indicator in (review.adherence, evaluation.timeliness, replan.replan_ratio, action.throughput):
        whole = indicator(facts, asked("to_date", "2026-07-31"))
        months = [indicator(facts, asked(month, "2026-07-31")) for month in MONTHS]
        assert sum((month.numerator or Decimal(0) for month in months), Decimal(0)) == whole.numerator
        assert sum((month.denominator or Decimal(0) for month in months), Decimal(0)) == whole.denominator
