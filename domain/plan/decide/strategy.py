"""Deciding about strategies."""

from __future__ import annotations

from uuid import UUID

from domain.plan.commands import AdoptStrategy, DropStrategy, ReviseStrategy
from domain.plan.commands.part import RealismBody
from domain.plan.context import PlanContext
from domain.plan.decide.conflict import require_seen
from domain.plan.decide.content import content
from domain.plan.decide.lookup import evidence_from, live_strategy
from domain.plan.decide.words import of_author, of_client
from domain.plan.events import StrategyAdopted, StrategyDropped, StrategyRevised
from domain.plan.state import PlanState, Strategy
from domain.plan.terms import Realism, StrategyTerms
from domain.rules import require_reason
from domain.values import OfClient


@content(AdoptStrategy)
def strategy_adopted(state: PlanState, command: AdoptStrategy, context: PlanContext) -> StrategyAdopted:
    evidence = evidence_from(state, command.evidence)
    terms = StrategyTerms(
        title=OfClient(command.title),
        kind=command.kind,
        objective_ids=command.objective_ids,
        realism=realism_of(command.realism),
        client_fit=command.client_fit,
    )
    return StrategyAdopted(strategy_id=context.ids[0], terms=terms, evidence=evidence, adopted_by=context.party, change_id=None)


def realism_of(given: RealismBody) -> Realism:
    return Realism(hours_per_week=given.hours_per_week, obstacles=of_client(given.obstacles))


@content(ReviseStrategy)
def strategy_revised(state: PlanState, command: ReviseStrategy, context: PlanContext) -> StrategyRevised | None:
    evidence = evidence_from(state, command.evidence)
    strategy = live_strategy(state, command.strategy_id)
    terms = revised(strategy.terms, command)
    if terms == strategy.terms:
        return None
    require_seen(strategy.touch, command.seen)
    require_reason(command.reason_code, command.reason, context.policy)
    return StrategyRevised(
        strategy_id=strategy.id,
        terms=terms,
        replaces=strategy.touch.version,
        evidence=evidence,
        revised_by=context.party,
        change_id=None,
        reason_code=command.reason_code,
        reason=of_author(command.reason),
    )


def revised(terms: StrategyTerms, command: ReviseStrategy) -> StrategyTerms:
    """What the command leaves out stays as it is, sealed words included."""
    return StrategyTerms(
        title=terms.title if command.title is None else OfClient(command.title),
        kind=command.kind or terms.kind,
        objective_ids=terms.objective_ids if command.objective_ids is None else command.objective_ids,
        realism=terms.realism if command.realism is None else realism_of(command.realism),
        client_fit=terms.client_fit if command.client_fit is None else command.client_fit,
    )


@content(DropStrategy)
def strategy_dropped(state: PlanState, command: DropStrategy, context: PlanContext) -> StrategyDropped:
    require_reason(command.reason_code, command.reason, context.policy)
    strategy = live_strategy(state, command.strategy_id)
    return StrategyDropped(
        strategy_id=strategy.id,
        leaves_bare=bare_without(state, strategy),
        dropped_by=context.party,
        change_id=None,
        reason_code=command.reason_code,
        reason=of_author(command.reason),
    )


def bare_without(state: PlanState, dropped: Strategy) -> tuple[UUID, ...]:
    """The open objectives that only this strategy serves."""
    others = [one for one in state.strategies.values() if not one.dropped and one.id != dropped.id]
    served = {objective_id for one in others for objective_id in one.terms.objective_ids}
    still_open = {one.id for one in state.open_objectives}
    return tuple(one for one in dropped.terms.objective_ids if one in still_open and one not in served)
