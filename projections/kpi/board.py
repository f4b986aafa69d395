"""The board: every indicator of a set of engagements, what needs help, and the series for its charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from projections.kpi import (
    action,
    assessment,
    attainment,
    authorship,
    engagement,
    evaluation,
    milestone,
    objective,
    program,
    rating,
    replan,
    review,
    session,
)
from projections.kpi.facts import Facts
from projections.kpi.help import NeedsHelp, needs_help
from projections.kpi.period import Asked
from projections.kpi.series import Month, by_month
from projections.kpi.survey import Polled, polls
from projections.kpi.value import Kpi, guarded, suppressed

INDICATORS: Final[tuple[Callable[[Sequence[Facts], Asked], Kpi], ...]] = (
    objective.smart_rate,
    objective.days_to_smart,
    objective.baseline_coverage,
    attainment.score,
    attainment.change,
    objective.objective_progress,
    milestone.on_time,
    milestone.on_original_date,
    milestone.drift,
    milestone.adjustments,
    replan.replan_ratio,
    action.follow_through,
    action.throughput,
    authorship.client_authored,
    authorship.client_approved,
    review.adherence,
    evaluation.timeliness,
    engagement.index,
    session.completion,
    session.cadence,
    session.waiting,
    program.days_to_session,
    program.days_to_plan,
    program.completion,
    program.consent_health,
    rating.stars,
    rating.srs,
    rating.srs_low,
    rating.alliance,
    rating.alliance_goal,
    rating.alliance_task,
    rating.alliance_bond,
    rating.alliance_change,
    rating.nps,
    assessment.gain,
    assessment.self_other_gap,
    assessment.response_rate,
)

OF_PLANS: Final = frozenset({"attainment_score", "attainment_change"})
OF_RATERS: Final = frozenset({"gain_360", "self_other_gap"})
"""Means of scores about single people. That of one engagement which was asked for by itself is no mean, and its plan shows it; what
raters said is shown on nobody's board.
"""
LEAST: Final = 5
"""People behind such a mean, and things that it is the mean of, in whoever's board."""


class Board(Struct, frozen=True):
    """What a director looks at. Under a floor it has no list of engagements and no series: both count single people."""

    period: str
    as_of_position: int
    engagements: int | None
    kpis: tuple[Kpi, ...]
    needs_help: tuple[NeedsHelp, ...]
    months: tuple[Month, ...]


def board(facts: Sequence[Facts], asked: Asked, surveys: Sequence[Polled] = (), *, floor: int | None = None) -> Board:
    """`floor` is the smallest group of clients that the reader may see, none for those who may see single engagements.

    `surveys` are those of the same programs that are closed: whoever sees groups only is told nothing of them.
    """
    kpis = indicators(facts, asked)
    if floor is not None:
        return Board(asked.period.label, asked.position, None, tuple(guarded(kpi, floor) for kpi in kpis), (), ())
    months = by_month(facts, asked)
    return Board(asked.period.label, asked.position, len(facts), (*kpis, *polls(surveys, asked)), tuple(needs_help(facts, asked)), months)


def indicators(facts: Sequence[Facts], asked: Asked) -> tuple[Kpi, ...]:
    """Every indicator as whoever sees single engagements may see it."""
    return tuple(shown(indicator(facts, asked), facts) for indicator in INDICATORS)


def shown(kpi: Kpi, facts: Sequence[Facts]) -> Kpi:
    """A mean of many people's few plans is held back as well: a group's plan is one, however many are coached by it."""
    if not kpi.denominator or not (kpi.name in OF_RATERS or (kpi.name in OF_PLANS and len(facts) > 1)):
        return kpi
    return suppressed(kpi, "below_floor") if kpi.denominator < LEAST else guarded(kpi, LEAST)
