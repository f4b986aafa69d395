"""How ready a plan is, by six marks of a plan that works, each with the events that prove it, or what is missing.

Asked of the events themselves, and not of a state, so that each answer names what anyone can look up and check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, get_args
from uuid import UUID

from msgspec import Struct

from domain.assessment.events import SelfAssessmentSubmitted
from domain.evaluation.events import EvaluationScheduled
from domain.event import Event
from domain.plan.events import (
    MilestoneAdjusted,
    MilestoneSet,
    ObjectiveDefined,
    ObjectiveRefined,
    PlanActivated,
    PlanProposed,
    PlanReviewed,
    StrategyAdopted,
    StrategyRevised,
)
from domain.plan.smart.verdict import Lint
from domain.plan.state import PlanState
from domain.values import Code
from infra.eventstore.feed import event_id
from projections.plan_timeline import Happened

Mark: TypeAlias = Literal[
    "smart_objectives", "assessed_needs", "strategies", "flexible_timeline", "scheduled_evaluations", "data_driven_adjustment"
]
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)


class ProofAnswer(Struct, frozen=True, kw_only=True):
    """An event that shows it: what happened, and by which id the timeline tells of it."""

    event_id: UUID
    kind: Code


class MarkAnswer(Struct, frozen=True, kw_only=True):
    """One mark: whether the plan has it, what proves that, or what is missing and for which objectives."""

    mark: Mark
    met: bool
    proofs: tuple[ProofAnswer, ...]
    missing: str | None
    objective_ids: tuple[UUID, ...]


class ReadinessAnswer(Struct, frozen=True, kw_only=True):
    """The six marks of a plan; `ready` when it has all of them."""

    plan_id: UUID
    ready: bool
    marks: tuple[MarkAnswer, ...]


class Marked(NamedTuple):
    """What was found out about a mark: `lacking` are the objectives that it is missing for, where it depends on them."""

    met: bool
    proofs: Sequence[Happened]
    lacking: tuple[UUID, ...] = ()


class Known(NamedTuple):
    """The plan, what the SMART gate finds in its open objectives today where it is not in force yet, and what happened to it."""

    plan: PlanState
    lints: Mapping[UUID, Lint]
    happened: Sequence[Happened]

    def last(self, *kinds: type[Event]) -> list[Happened]:
        """The last event of these kinds, if there is one."""
        return [one for one in self.happened if isinstance(one.event, kinds)][-1:]

    @property
    def open_ids(self) -> tuple[UUID, ...]:
        return tuple(one.id for one in self.plan.open_objectives)


def smart_objectives(known: Known) -> Marked:
    """By today's verdict on a plan that is not in force, else by those that it came into force with, or was changed with since."""
    verdicts = {id: one.lint for id, one in known.plan.objectives.items()} | dict(known.lints)
    if known.plan.status == "active":
        verdicts |= in_force(known.happened)
    lacking = tuple(id for id in known.open_ids if verdicts[id].blocking)
    met = bool(known.plan.objectives) and not lacking
    return Marked(met, known.last(ObjectiveDefined, ObjectiveRefined, PlanProposed, PlanActivated), lacking)


def in_force(happened: Iterable[Happened]) -> dict[UUID, Lint]:
    """The last verdict on each objective."""
    verdicts: dict[UUID, Lint] = {}
    for one in happened:
        match one.event:
            case ObjectiveDefined(objective_id=id, lint=lint) | ObjectiveRefined(objective_id=id, lint=lint):
                verdicts[id] = lint
            case PlanActivated(lints=lints):
                verdicts |= {each.objective_id: each.lint for each in lints}
    return verdicts


def assessed_needs(known: Known) -> Marked:
    proofs = known.last(SelfAssessmentSubmitted)
    return Marked(bool(proofs), proofs)


def strategies(known: Known) -> Marked:
    """Each open objective is served by a strategy that was not dropped."""
    live = [one for one in known.plan.strategies.values() if not one.dropped]
    served = {id for one in live for id in one.terms.objective_ids}
    lacking = tuple(id for id in known.open_ids if id not in served)
    return Marked(bool(live) and not lacking, known.last(StrategyAdopted, StrategyRevised), lacking)


def flexible_timeline(known: Known) -> Marked:
    """Each open objective has a milestone that stands, which can be moved; that one was moved proves it once more."""
    marked = {one.objective_id for one in known.plan.timeline}
    lacking = tuple(id for id in known.open_ids if id not in marked)
    return Marked(bool(known.plan.timeline) and not lacking, known.last(MilestoneSet) + known.last(MilestoneAdjusted), lacking)


def scheduled_evaluations(known: Known) -> Marked:
    proofs = known.last(EvaluationScheduled)
    return Marked(bool(proofs), proofs)


def data_driven_adjustment(known: Known) -> Marked:
    """The plan was reviewed, and what was decided cites the value of an indicator."""
    proofs = [one for one in known.happened if isinstance(one.event, PlanReviewed) and cites_value(one.event)][-1:]
    return Marked(bool(proofs), proofs)


def cites_value(event: PlanReviewed) -> bool:
    cited = (each for decision in event.decisions for each in decision.evidence)
    return any(each.kind == "kpi" and each.value is not None for each in cited)


JUDGES: Final[Mapping[Mark, tuple[Callable[[Known], Marked], str]]] = {
    "smart_objectives": (smart_objectives, "Refine the objectives until the SMART gate blocks none; the plan says which codes block."),
    "assessed_needs": (assessed_needs, "Launch a needs assessment, which the client then answers."),
    "strategies": (strategies, "Adopt a strategy for each objective that has none."),
    "flexible_timeline": (flexible_timeline, "Set a milestone for each objective that has none."),
    "scheduled_evaluations": (scheduled_evaluations, "Schedule an evaluation of the plan."),
    "data_driven_adjustment": (data_driven_adjustment, "Review the plan, with a decision that cites an indicator and its value."),
}
"""Mark -> how it is judged, and what to do while it is missing."""


def readiness_answer(known: Known) -> ReadinessAnswer:
    marks = tuple(mark_answer(mark, known) for mark in MARKS)
    return ReadinessAnswer(plan_id=known.plan.id, ready=all(one.met for one in marks), marks=marks)


def mark_answer(mark: Mark, known: Known) -> MarkAnswer:
    judge, cure = JUDGES[mark]
    found = judge(known)
    return MarkAnswer(
        mark=mark,
        met=found.met,
        proofs=tuple(proof_answer(one) for one in found.proofs) if found.met else (),
        missing=None if found.met else cure,
        objective_ids=found.lacking,
    )


def proof_answer(one: Happened) -> ProofAnswer:
    return ProofAnswer(event_id=event_id(one.entry.stream_id, one.entry.version), kind=one.entry.type)
