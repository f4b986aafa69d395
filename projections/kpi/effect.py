"""The profile of what coaching did, by Kirkpatrick's levels, and what it was worth (30).

Level 1 reaction, 2 learning, 3 behaviour, 4 results (Kirkpatrick 1959); 5 return on investment (Phillips & Phillips 2005):

    isolated = (actual − baseline) × value per unit × attribution × confidence
    BCR      = Σ isolated ÷ cost
    ROI %    = (Σ isolated − cost) ÷ cost × 100

A benefit in an evaluation is the worth of an objective's change so far, which is the product's first two factors. Attribution and
confidence are its author's estimates, and are shown beside the result. What a coaching cost stands in no event, and neither does a
rate of a coach, an hour or a participant's time from which it could be worked out: whoever asks may say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.evaluation.judgement import Benefit
from domain.values import Code
from projections.kpi import action, assessment, rating, survey
from projections.kpi.board import shown
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.survey import Polled
from projections.kpi.value import HUNDRED, PLACES, RULESET, Kpi

Why: TypeAlias = Literal["cost_unknown", "no_benefit", "cost_is_nothing"]
"""Why there is no return on investment: nobody said what it cost, nobody said what it was worth in that currency, or it cost nothing."""


class Estimate(Struct, frozen=True, kw_only=True):
    """What one evaluator holds an objective's change for: the worth, and how much of it, in per cent, is put down to the coaching and
    how sure they are. `counted` tells whether it is in the sum: of several evaluators the most cautious is, and of an objective
    only the evaluation that came last, for each tells of all that had changed by then. `members` are who is or was coached
    together with the client.
    """

    engagement_id: UUID
    client_id: UUID
    members: tuple[UUID, ...] = ()
    evaluation_id: UUID
    evaluator: Code
    objective_id: UUID
    value: Decimal
    currency: Code
    attribution: int
    confidence: int
    isolated: Decimal
    counted: bool

    @property
    def coached(self) -> tuple[UUID, ...]:
        """Of whom it tells."""
        return (self.client_id, *self.members)


class Result(Struct, frozen=True, kw_only=True):
    """Level 4 in one currency, exact to the hundredth of a cent, with how many objectives and people stand behind it."""

    currency: Code
    isolated: Decimal
    objectives: int
    clients: int


class Return(Struct, frozen=True, kw_only=True):
    """Level 5. `cost` is what whoever asked said that all of it cost. `no_data` says why there is no number."""

    currency: Code | None
    cost: Decimal | None
    isolated: Decimal | None
    bcr: Decimal | None
    roi_percent: Decimal | None
    no_data: Why | None


class Cost(Struct, frozen=True):
    """What all of it cost: coaches, participants' time, travel, administration."""

    amount: Decimal
    currency: Code


class Effect(Struct, frozen=True, kw_only=True):
    """What coaching did in a period, level by level, with every estimate that the last two rest on."""

    period: str
    as_of_position: int
    ruleset: Code = RULESET
    reaction: tuple[Kpi, ...]
    learning: tuple[Kpi, ...]
    behaviour: tuple[Kpi, ...]
    results: tuple[Result, ...]
    investment: Return
    estimates: tuple[Estimate, ...]


def effect(facts: Sequence[Facts], surveys: Sequence[Polled], asked: Asked, cost: Cost | None = None) -> Effect:
    """`surveys` are those of the same programs that are closed."""
    estimates = tuple(one for f in facts for one in estimates_of(f, asked))
    results = results_of([one for one in estimates if one.counted])
    nps, stars, _ = survey.polls(surveys, asked)
    return Effect(
        period=asked.period.label,
        as_of_position=asked.position,
        reaction=(
            rating.stars(facts, asked),
            rating.srs(facts, asked),
            rating.nps(facts, asked),
            nps,
            stars,
        ),
        learning=(shown(assessment.gain(facts, asked), facts), shown(assessment.self_other_gap(facts, asked), facts)),
        behaviour=(action.follow_through(facts, asked),),
        results=results,
        investment=return_on(results, cost),
        estimates=estimates,
    )


def isolated(benefit: Benefit) -> Decimal:
    """What of a benefit is put down to the coaching, and held for sure: exact."""
    return benefit.value * benefit.attribution * benefit.confidence / (HUNDRED * HUNDRED)


def estimates_of(facts: Facts, asked: Asked) -> Iterator[Estimate]:
    """Every benefit that somebody named in the period."""
    given = [
        (evaluation_id, judgement, benefit)
        for evaluation_id, evaluation in facts.evaluations.items()
        for judgement in evaluation.judgements
        if asked.holds(judgement.at)
        for benefit in judgement.benefits
    ]
    amounts: dict[tuple[UUID, str, UUID], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    last: dict[tuple[UUID, str], tuple[datetime, UUID]] = {}
    for evaluation_id, judgement, benefit in given:
        what = (benefit.objective_id, benefit.currency)
        amounts[*what, evaluation_id][judgement.evaluator] += isolated(benefit)
        last[what] = max(last.get(what, (judgement.at, evaluation_id)), (judgement.at, evaluation_id))
    for evaluation_id, judgement, benefit in given:
        what = (benefit.objective_id, benefit.currency)
        sides = amounts[*what, evaluation_id]
        cautious = min(sides, key=lambda side: (sides[side], side))
        yield Estimate(
            engagement_id=facts.engagement_id,
            client_id=facts.client,
            members=facts.beside,
            evaluation_id=evaluation_id,
            evaluator=judgement.evaluator,
            objective_id=benefit.objective_id,
            value=benefit.value,
            currency=benefit.currency,
            attribution=benefit.attribution,
            confidence=benefit.confidence,
            isolated=isolated(benefit),
            counted=last[what][1] == evaluation_id and judgement.evaluator == cautious,
        )


def results_of(counted: Sequence[Estimate]) -> tuple[Result, ...]:
    """The sum of each currency: one is not exchanged for another."""
    found: dict[Code, list[Estimate]] = defaultdict(list)
    for one in counted:
        found[one.currency].append(one)
    return tuple(
        Result(
            currency=currency,
            isolated=sum((one.isolated for one in of), Decimal(0)),
            objectives=len({one.objective_id for one in of}),
            clients=len({person for one in of for person in one.coached}),
        )
        for currency, of in sorted(found.items())
    )


def return_on(results: Sequence[Result], cost: Cost | None) -> Return:
    if cost is None:
        return Return(currency=None, cost=None, isolated=None, bcr=None, roi_percent=None, no_data="cost_unknown")
    gained = next((one.isolated for one in results if one.currency == cost.currency), None)
    why: Why | None = "no_benefit" if gained is None else "cost_is_nothing" if cost.amount == 0 else None
    if gained is None or why is not None:
        return Return(currency=cost.currency, cost=cost.amount, isolated=gained, bcr=None, roi_percent=None, no_data=why)
    return Return(
        currency=cost.currency,
        cost=cost.amount,
        isolated=gained,
        bcr=(gained / cost.amount).quantize(PLACES),
        roi_percent=((gained - cost.amount) / cost.amount * HUNDRED).quantize(PLACES),
        no_data=None,
    )
