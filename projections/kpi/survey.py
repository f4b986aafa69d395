"""What surveys say: how many answered (27), and whether they would recommend the coaching (24) or how they rate it (22).

NPS: Reichheld 2003. A survey of which fewer answered than its floor says only that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from domain.survey.response import Audience, score_of
from domain.survey.state import SurveyState
from domain.values import Code
from projections.kpi.period import Asked
from projections.kpi.rating import DETRACTS, PROMOTES
from projections.kpi.value import Group, Kpi, balance, rate, ratio, suppressed


class Polled(NamedTuple):
    """A survey that is closed: how many were asked, and the total of each answer."""

    id: UUID
    program_id: UUID
    audience: Audience
    instrument: Code
    min_group: int
    closed_on: date
    invited: int
    totals: tuple[int, ...]

    @staticmethod
    def of(state: SurveyState) -> Polled:
        assert state.closed_on is not None
        totals = tuple(score_of(state.asks_by, one.scores) for one in state.responses)
        return Polled(
            state.id, state.program_id, state.audience, state.instrument, state.min_group, state.closed_on, len(state.recipients), totals
        )

    @property
    def is_told(self) -> bool:
        return len(self.totals) >= self.min_group

    def people(self, many: int) -> list[Group]:
        """So many of those who were asked; nobody's ids, for who they are is known nowhere: each answer of a survey is another person's."""
        return [frozenset({UUID(int=self.id.int + number)}) for number in range(1, many + 1)]

    @property
    def answers(self) -> Iterator[tuple[Group, int]]:
        return zip(self.people(len(self.totals)), self.totals, strict=True)


def polls(surveys: Sequence[Polled], asked: Asked) -> tuple[Kpi, Kpi, Kpi]:
    """Of surveys that closed in the period: what clients answered, and how many of everybody did.

    A sum of several tells nothing more of one: each is only in it where as many answered as are shown by themselves.
    """
    closed = [one for one in surveys if asked.holds_day(one.closed_on)]
    told = [one for one in closed if one.is_told and one.audience == "clients"]
    return (
        nps([one for one in told if one.instrument == "nps"], asked.position),
        stars([one for one in told if one.instrument == "stars"], asked.position),
        structs.replace(response_rate(closed, asked.position), name="survey_response_rate"),
    )


def response_rate(surveys: Sequence[Polled], position: int) -> Kpi:
    """Answers of those who were asked."""
    asked = [(who, number < len(one.totals)) for one in surveys for number, who in enumerate(one.people(one.invited))]
    return rate(27, "response_rate", position, asked)


def results(survey: Polled, position: int) -> Kpi:
    """What its instrument is read by: NPS, or the mean of the stars."""
    made = nps([survey], position) if survey.instrument == "nps" else stars([survey], position)
    return made if survey.is_told else suppressed(made, "below_floor")


def nps(surveys: Sequence[Polled], position: int) -> Kpi:
    """Promoters (9, 10) less detractors (0 to 6), of all answers: from −100 to 100."""
    points = [(who, (total >= PROMOTES) - (total <= DETRACTS)) for one in surveys for who, total in one.answers]
    return balance(24, "survey_nps", position, points)


def stars(surveys: Sequence[Polled], position: int) -> Kpi:
    """The mean of one to five stars."""
    total = Decimal(sum(total for one in surveys for total in one.totals))
    return ratio(22, "survey_stars", "stars", position, total=total, over=[who for one in surveys for who, _ in one.answers])
