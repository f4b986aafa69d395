"""What assessments by raters amount to (25-27): response, and scores of at least five clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import pytest

from domain.assessment.events import AssessmentClosed, AssessmentResultsReleased, GroupCount, NeedsAssessmentLaunched
from domain.assessment.result.score import Cell, ratio
from domain.assessment.result.whole import Results
from domain.values import OfClient
from projections.kpi.assessment import gain, response_rate, self_other_gap
from projections.kpi.board import shown
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.value import Kpi
from tests.projections.history import History, asked, uuid

Indicator: TypeAlias = Callable[[Sequence[Facts], Asked], Kpi]


def assessed(
    history: History, number: int, on: str, *, answered: int, own: int = 4, others: Fraction | None = None, scale: int = 1
) -> None:
    """One that asked four raters, closed that day and was released with it."""
    stream = uuid(7000 + number)
    launched = NeedsAssessmentLaunched(
        assessment_id=stream,
        engagement_id=history.engagement,
        client_id=history.client,
        kind="feedback_360",
        instrument="throughline_leadership",
        instrument_version=1,
        scale_version=scale,
        language="en",
        competencies=("delegation",),
        statements=(),
        rater_min_group=3,
        anonymity="anonymity@1",
        opens_on=date.fromisoformat(on),
        closes_on=date.fromisoformat(on),
        licensed=None,
    )
    closed = AssessmentClosed(
        engagement_id=history.engagement,
        kind="feedback_360",
        closed_on=date.fromisoformat(on),
        early=False,
        answered=answered,
        groups=(GroupCount(group="peer", asked=4, answered=answered, folded=None),),
        reminders=0,
        reason_code=None,
        reason=None,
    )
    history.on(on, launched, stream=stream)
    history.on(on, closed, stream=stream)
    if others is not None:
        cell = Cell(group="pooled", about="delegation", n=answered, mean=ratio(others), variance=None, counts=None)
        results = Results(
            salt="", own_items={}, own={"delegation": ratio(Fraction(own))}, cells=(cell,), classes={"delegation": ()}, texts={}
        )
        released = AssessmentResultsReleased(
            ruleset="johari@1", suppression="suppression@1", decision=(), results=OfClient(results), result_hash="0" * 64
        )
        history.on(on, released, stream=stream)


def firm(*gaps: Fraction) -> list[Facts]:
    """Clients who see themselves at 4, and whose raters see them that much lower; the first report was half a point lower."""
    told = []
    for number, gap in enumerate(gaps, start=1):
        history = History(uuid(100 + number), uuid(200 + number))
        assessed(history, 10 + number, "2026-02-10", answered=3, others=4 - gap - Fraction(1, 2))
        assessed(history, 30 + number, "2026-05-10", answered=4, others=4 - gap)
        told.append(history.facts)
    return told


def told(indicator: Indicator, facts: Sequence[Facts], period: str) -> tuple[Decimal | None, int | None, str | None]:
    """As a board shows it, on 2026-06-01."""
    kpi = shown(indicator(facts, asked(period, "2026-06-01")), facts)
    return kpi.value, kpi.n, kpi.suppressed


def test_raters_who_answered_of_those_who_were_asked_by_what_closed_in_the_period() -> None:
    facts = firm(Fraction(1), Fraction(0))
    assert told(response_rate, facts, "2026-02") == (Decimal("75.0000"), 8, None)
    assert told(response_rate, facts, "to_date") == (Decimal("87.5000"), 16, None)
    assert told(response_rate, facts, "2026-03") == (None, 0, None)


def test_the_gap_is_that_of_the_last_report_and_of_five_clients_or_of_none() -> None:
    five = firm(Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(0), Fraction(0))
    assert told(self_other_gap, five, "to_date") == (Decimal("0.5000"), 5, None)
    assert told(self_other_gap, five[:4], "to_date") == (None, None, "below_floor")
    assert told(self_other_gap, five, "2026-03") == (None, 0, None)


def test_the_gain_is_from_one_report_to_the_next_on_the_same_scale() -> None:
    five = firm(*[Fraction(1)] * 5)
    assert told(gain, five, "2026-05") == (Decimal("0.5000"), 5, None)
    assert told(gain, five, "2026-02") == (None, 0, None)
    history = History(uuid(150), uuid(250))
    assessed(history, 60, "2026-02-10", answered=3, others=Fraction(3))
    assessed(history, 61, "2026-05-10", answered=3, others=Fraction(4), scale=2)
    assert told(gain, [history.facts], "to_date") == (None, 0, None)


@pytest.mark.parametrize("indicator", [gain, self_other_gap])
def test_scores_of_fewer_than_five_are_shown_on_nobodys_board(indicator: Indicator) -> None:
    assert told(indicator, firm(Fraction(1)), "to_date") == (None, None, "below_floor")
