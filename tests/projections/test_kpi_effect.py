"""Kirkpatrick's levels (30), against sums that are made another way: in fractions, from the estimates alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.evaluation.correction import BenefitCorrected, Worth
from domain.evaluation.events import EvaluationCorrected
from domain.evaluation.judgement import Benefit
from domain.glossary import Party
from domain.survey.response import Audience
from projections.kpi.board import board
from projections.kpi.effect import Cost, Effect, effect
from projections.kpi.survey import Polled
from tests.projections.history import EVALUATION, OBJECTIVE, History, asked, uuid
from tests.projections.promise import judged, scheduled

OTHER = uuid(88)
LATER = uuid(89)


def benefit(value: str, attribution: int = 50, confidence: int = 80, objective: UUID = OBJECTIVE, currency: str = "eur") -> Benefit:
    return Benefit(objective_id=objective, value=Decimal(value), currency=currency, attribution=attribution, confidence=confidence)


class Judging:
    """One engagement, judged by each side."""

    def __init__(self) -> None:
        self.history = History().on("2026-01-10", scheduled("2026-02-10"), stream=EVALUATION)

    def says(self, evaluator: Party, *benefits: Benefit, on: str = "2026-02-10", evaluation: UUID = EVALUATION) -> Judging:
        self.history.on(on, replace(judged(evaluator), benefits=benefits), stream=evaluation)
        return self

    def again(self) -> Judging:
        self.history.on("2026-02-11", replace(scheduled("2026-06-10"), evaluation_id=LATER, point="end"), stream=LATER)
        return self

    def effect(self, cost: Cost | None = None, period: str = "to_date", surveys: tuple[Polled, ...] = ()) -> Effect:
        return effect([self.history.facts], surveys, asked(period, "2026-12-31"), cost)


def by_hand(*benefits: Benefit) -> Fraction:
    return sum((Fraction(one.value) * one.attribution / 100 * one.confidence / 100 for one in benefits), Fraction(0))


def totals(shown: Effect) -> dict[str, Fraction]:
    return {one.currency: Fraction(one.isolated) for one in shown.results}


def test_a_benefit_counts_as_far_as_its_author_puts_it_down_to_the_coaching_and_is_sure() -> None:
    given = (benefit("12000.50"), benefit("-300", 10, 33, OTHER), benefit("99.99", 1, 1, currency="usd"))
    shown = Judging().says("coach", *given).effect()
    assert totals(shown) == {"eur": by_hand(*given[:2]), "usd": by_hand(given[2])}
    assert [(one.evaluator, one.attribution, one.confidence, one.counted) for one in shown.estimates] == [
        ("coach", 50, 80, True),
        ("coach", 10, 33, True),
        ("coach", 1, 1, True),
    ]


def test_of_two_who_value_the_same_the_more_cautious_counts() -> None:
    more, less = benefit("1000", 90, 90), benefit("2000", 20, 50)
    for first, second in ((more, less), (less, more)):
        shown = Judging().says("client", first).says("coach", second).effect()
        assert totals(shown) == {"eur": by_hand(less)}
        assert [one.counted for one in shown.estimates] == [first is less, second is less]


def test_of_an_objective_the_evaluation_that_came_last_counts() -> None:
    first, last = benefit("1000"), benefit("4000")
    shown = Judging().says("client", first).again().says("client", last, on="2026-06-10", evaluation=LATER).effect()
    assert totals(shown) == {"eur": by_hand(last)}
    in_first_quarter = Judging().says("client", first).again().says("client", last, on="2026-06-10", evaluation=LATER)
    assert totals(in_first_quarter.effect(period="2026-q1")) == {"eur": by_hand(first)}


def test_a_corrected_benefit_counts_as_it_was_corrected() -> None:
    judging = Judging().says("coach", benefit("1000"))
    to = Worth(value=Decimal(10), currency="eur", attribution=50, confidence=80)
    correction = BenefitCorrected(objective_id=OBJECTIVE, from_=replace(to, value=Decimal(1000)), to=to)
    corrected = EvaluationCorrected(evaluator="coach", corrects_version=2, correction=correction, reason_code="other", reason=None)
    judging.history.on("2026-03-01", corrected, stream=EVALUATION)
    assert totals(judging.effect()) == {"eur": by_hand(benefit("10"))}


@pytest.mark.parametrize("cost", ["1", "4800.20", "100000.01"])
def test_the_return_is_reckoned_on_what_it_cost(cost: str) -> None:
    given, spent = benefit("12000.50"), Fraction(Decimal(cost))
    made = Judging().says("coach", given).effect(Cost(Decimal(cost), "eur")).investment
    assert made.no_data is None
    assert made.bcr is not None
    assert made.roi_percent is not None
    half = Fraction(1, 20000)  # of the last of four places
    assert abs(Fraction(made.bcr) - by_hand(given) / spent) <= half
    assert abs(Fraction(made.roi_percent) - (by_hand(given) - spent) / spent * 100) <= half


@pytest.mark.parametrize(
    ("cost", "why"),
    [(None, "cost_unknown"), (Cost(Decimal(0), "eur"), "cost_is_nothing"), (Cost(Decimal(5), "usd"), "no_benefit")],
)
def test_says_why_there_is_no_return(cost: Cost | None, why: str) -> None:
    made = Judging().says("coach", benefit("1000")).effect(cost).investment
    assert (made.no_data, made.bcr, made.roi_percent) == (why, None, None)


def polled(number: int, audience: Audience, *totals: int, instrument: str = "nps") -> Polled:
    return Polled(uuid(number), uuid(1), audience, instrument, 3, date(2026, 5, 1), 9, totals)


SURVEYS = (polled(1, "clients", 10, 9, 6), polled(2, "clients", 0, 0), polled(3, "coaches", 0, 0, 0), polled(4, "clients", 7, 8, 9))


def test_surveys_of_clients_that_enough_answered_are_a_reaction() -> None:
    nps = next(one for one in Judging().effect(surveys=SURVEYS).reaction if one.name == "survey_nps")
    assert (nps.kpi, nps.numerator, nps.denominator, nps.value) == (24, Decimal(2), Decimal(6), Decimal("33.3333"))


def test_the_board_tells_what_surveys_say_and_how_many_answered_them_and_whoever_sees_groups_only_nothing() -> None:
    surveys = (*SURVEYS, polled(5, "clients", 5, 4, 3, instrument="stars"))
    seen = {one.name: (one.kpi, one.numerator, one.denominator) for one in board([], asked("2026-q2", "2026-06-01"), surveys).kpis}
    assert seen["survey_nps"] == (24, Decimal(2), Decimal(6))
    assert seen["survey_stars"] == (22, Decimal(12), Decimal(3))
    assert seen["survey_response_rate"] == (27, Decimal(14), Decimal(45))
    later = {one.name: one.n for one in board([], asked("2026-q3", "2026-09-01"), surveys).kpis}
    assert (later["survey_nps"], later["survey_stars"], later["survey_response_rate"]) == (0, 0, 0)
    assert not {"survey_nps", "survey_stars", "survey_response_rate"} & {
        one.name for one in board([], asked("to_date", "2026-06-01"), surveys, floor=5).kpis
    }
