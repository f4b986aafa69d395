"""Finding what a command is about, and whether its values can be meant. All refuse; the pointer names the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.errors import ItemUnknown, Refusal
from domain.errors.engagement import ConsentMissing
from domain.errors.plan import MeasureMissing, ObjectiveClosed, PlanNotActive, StrategyDroppedAlready, WrongUnit
from domain.glossary import Disclosure
from domain.plan.commands.part import EvidenceBody, LinksBody
from domain.plan.context import PlanContext
from domain.plan.state import Action, Milestone, Objective, PlanState, Strategy
from domain.plan.terms import Evidence, Links, Measure

NO_OR_YES: Final = (Decimal(0), Decimal(1))


@contextmanager
def pointing_into(field: str | None) -> Iterator[None]:
    """Refusals inside point into that part of the command; None: the fault lies in what stands already, not in the command."""
    try:
        yield
    except Refusal as refusal:
        refusal.pointer = f"{field}{refusal.pointer}" if field is not None and refusal.pointer else field
        raise


def require_disclosed(context: PlanContext, about: Disclosure) -> None:
    """A sponsor decides about what the client's consent lets them see at this moment, and about nothing else."""
    if context.party == "sponsor" and about not in context.engagement.consents:
        raise ConsentMissing(f"The client has not consented that the sponsor sees this: they grant it, with `{about}` among its subjects.")


def require_active(state: PlanState) -> None:
    if state.status != "active":
        raise PlanNotActive()


def known_objective(state: PlanState, objective_id: UUID | None, pointer: str = "/objective_id") -> Objective:
    if objective_id not in state.objectives:
        raise ItemUnknown(pointer=pointer)
    return state.objectives[objective_id]


def open_objective(state: PlanState, objective_id: UUID, pointer: str = "/objective_id") -> Objective:
    objective = known_objective(state, objective_id, pointer)
    if objective.outcome is not None:
        raise ObjectiveClosed(pointer=pointer, outcome=objective.outcome)
    return objective


def measure_of(objective: Objective) -> Measure:
    if objective.terms.measure is None:
        raise MeasureMissing(pointer="/objective_id")
    return objective.terms.measure


def known_action(state: PlanState, action_id: UUID) -> Action:
    if action_id not in state.actions:
        raise ItemUnknown(pointer="/action_id")
    return state.actions[action_id]


def known_milestone(state: PlanState, milestone_id: UUID) -> Milestone:
    if milestone_id not in state.milestones:
        raise ItemUnknown(pointer="/milestone_id")
    return state.milestones[milestone_id]


def live_strategy(state: PlanState, strategy_id: UUID) -> Strategy:
    if strategy_id not in state.strategies:
        raise ItemUnknown(pointer="/strategy_id")
    strategy = state.strategies[strategy_id]
    if strategy.dropped:
        raise StrategyDroppedAlready(pointer="/strategy_id")
    return strategy


def require_in_unit(measure: Measure, value: Decimal | None, pointer: str = "/value") -> None:
    """No is 0 and yes is 1; a score lies between the ends of its scale; a number may be any."""
    if value is None:
        return
    if measure.kind == "yes_no" and value not in NO_OR_YES:
        raise WrongUnit("The measure is yes or no: 1 or 0.", pointer=pointer)
    if measure.kind == "scale" and measure.scope is not None and not measure.scope.holds(value):
        raise WrongUnit("The value lies outside of the measure's scale.", pointer=pointer, low=measure.scope.low, high=measure.scope.high)


def links_from(given: LinksBody, context: PlanContext, pointer: str = "/links") -> Links:
    """A linked need was identified in this engagement, a linked outcome is one of its program."""
    if given.need_id is not None and context.needs is not None and given.need_id not in context.needs:
        raise ItemUnknown("No need with that id was identified in this engagement.", pointer=f"{pointer}/need_id")
    outcomes = context.program.outcome_ids if context.program else frozenset[UUID]()
    if given.sponsor_outcome_id is not None and given.sponsor_outcome_id not in outcomes:
        raise ItemUnknown("The program has no outcome with that id.", pointer=f"{pointer}/sponsor_outcome_id")
    return links_of(given)


def links_of(given: LinksBody) -> Links:
    return Links(need_id=given.need_id, sponsor_outcome_id=given.sponsor_outcome_id)


def evidence_from(state: PlanState, given: Iterable[EvidenceBody]) -> tuple[Evidence, ...]:
    """A cited measurement stands in this plan, by its stream version. Indicators and evaluations live elsewhere."""
    versions = {str(one.version) for objective in state.objectives.values() for one in objective.measurements}
    cited = []
    for index, one in enumerate(given):
        if one.kind == "measurement" and one.ref not in versions:
            raise ItemUnknown("No measurement stands at that version of the plan.", pointer=f"/evidence/{index}/ref")
        cited.append(Evidence(kind=one.kind, ref=one.ref, value=one.value, as_of=one.as_of))
    return tuple(cited)
