"""Deciding about changes of an agreed plan: proposing, accepting, declining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from domain.errors import ItemUnknown
from domain.errors.engagement import NotAParty
from domain.errors.plan import ChangeDecided, ChangePending, StaleChange
from domain.event import Event
from domain.plan.commands import AcceptChange, DeclineChange, ProposeChange
from domain.plan.commands.agreement import ProposableChange
from domain.plan.commands.part import Reasoned
from domain.plan.context import PlanContext
from domain.plan.decide.applicable import require_applicable
from domain.plan.decide.content import made_by
from domain.plan.decide.gate import lint_of, overrides_of, require_smart
from domain.plan.decide.lookup import evidence_from, pointing_into, require_active, require_disclosed
from domain.plan.decide.strategy import bare_without
from domain.plan.decide.table import decide
from domain.plan.decide.words import of_author, require_known_code
from domain.plan.events import (
    AttainmentScaleDefined,
    Change,
    ChangeAccepted,
    ChangeDeclined,
    ChangeProposed,
    ObjectiveDefined,
    ObjectiveLint,
    ObjectiveRefined,
    ObjectiveReprioritized,
    Override,
    StrategyDropped,
    StrategyRevised,
)
from domain.plan.refinement import fields_of, refined
from domain.plan.state import PlanState, ProposedChange, Touch
from domain.rules import require_reason

NUMBERS: Final = frozenset({"measure", "baseline", "target"})
"""What a change may set that is disclosed as progress."""


@decide.on(ProposeChange)
def propose_change(state: PlanState, command: ProposeChange, context: PlanContext) -> Sequence[Event]:
    """The change is made now, words and all, and waits as it is; `ids[0]` is its own id, the next that of what it brings."""
    require_active(state)
    require_known_code(command.reason_code, context)
    evidence = evidence_from(state, command.evidence)
    change_id = context.ids[0]
    with pointing_into("/change"):
        change = made_by(state, with_reason(command.change, command), replace(context, ids=context.ids[1:]))
    if change is None:
        return []
    require_none_pending(state, change)
    return [
        ChangeProposed(
            change_id=change_id,
            change=replace(change, change_id=change_id),
            proposed_by=context.party,
            evidence=evidence,
            overrides=overrides_of(command.overrides, context, about(change)[0]),
            based_on=state.digest,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]


def with_reason(change: ProposableChange, command: ProposeChange) -> ProposableChange:
    """A reason for proposing is one for the change, unless that has its own."""
    if isinstance(change, Reasoned) and change.reason_code is None and change.reason is None:
        return replace(change, reason_code=command.reason_code, reason=command.reason)
    return change


def about(change: Change) -> tuple[UUID, frozenset[str]]:
    """The item that a change is about, and what it sets there; nothing, when it brings a new one."""
    match change:
        case ObjectiveDefined():
            return change.objective_id, frozenset()
        case ObjectiveRefined():
            return change.objective_id, fields_of(change.refinement)
        case AttainmentScaleDefined():
            return change.objective_id, frozenset({"scale", "weight"})
        case ObjectiveReprioritized():
            return change.objective_id, frozenset({"weight"})
        case StrategyRevised() | StrategyDropped():
            return change.strategy_id, frozenset({"strategy"})
        case _:
            return change.strategy_id, frozenset()


def require_none_pending(state: PlanState, change: Change) -> None:
    item, fields = about(change)
    for waiting in state.changes.values():
        other, others = about(waiting.change)
        if not waiting.decided and other == item and fields & others:
            raise ChangePending(change_id=waiting.id)


@decide.on(AcceptChange)
def accept_change(state: PlanState, command: AcceptChange, context: PlanContext) -> Sequence[Event]:
    """The last party needed makes it happen, in the same call, as the plan's next version."""
    party = context.party
    proposed = undecided(state, command, context)
    if party in proposed.accepted_by:
        raise ChangeDecided("You have agreed to this change already.")
    require_unchanged(state, proposed)
    overrides = overrides_of(command.overrides, context, about(proposed.change)[0])
    last = set(context.acceptances_required) <= {*proposed.accepted_by, party}
    accepted = ChangeAccepted(
        change_id=proposed.id,
        party=party,
        plan_version=state.plan_version + 1 if last else None,
        overrides=overrides,
    )
    return [accepted, applied(state, proposed.change, (*proposed.overrides, *overrides), context)] if last else [accepted]


def undecided(state: PlanState, command: AcceptChange | DeclineChange, context: PlanContext) -> ProposedChange:
    """The change, if it waits, and if the actor is one of those whose word it needs or who proposed it.

    To a sponsor its numbers are disclosed apart from what the objectives say; without either, no id leads to a change.
    """
    require_disclosed(context, "objective_titles")
    if command.change_id not in state.changes:
        raise ItemUnknown(pointer="/change_id")
    proposed = state.changes[command.change_id]
    if context.party not in {*context.acceptances_required, *proposed.accepted_by}:
        raise NotAParty("This change does not need your word.")
    if about(proposed.change)[1] & NUMBERS:
        require_disclosed(context, "progress")
    if proposed.decided:
        raise ChangeDecided()
    return proposed


def require_unchanged(state: PlanState, proposed: ProposedChange) -> None:
    """Nobody set meanwhile what the change would set."""
    for touch in touches(state, proposed.change):
        if touch.version > proposed.version:
            raise StaleChange(changed_by=touch.by, changed_at=touch.version)


def touches(state: PlanState, change: Change) -> list[Touch]:
    item, fields = about(change)
    if item in state.objectives:
        return [state.objectives[item].touch(field) for field in sorted(fields)]
    return [state.strategies[item].touch] if item in state.strategies else []


def applied(state: PlanState, change: Change, overrides: Sequence[Override], context: PlanContext) -> Change:
    """The event that was proposed, its sealed words byte for byte; only what depends on the plan of today is judged anew."""
    with pointing_into(None):
        require_applicable(state, change, context)
    match change:
        case ObjectiveDefined():
            return admitted(state, change, overrides, context)
        case ObjectiveRefined():
            objective = state.objectives[change.objective_id]
            features = change.lint.features if "title" in fields_of(change.refinement) else objective.lint.features
            terms = refined(objective.terms, change.refinement)
            return replace(change, lint=lint_of(state, objective.id, terms, features, context))
        case StrategyDropped():
            return replace(change, leaves_bare=bare_without(state, state.strategies[change.strategy_id]))
        case _:
            return change


def admitted(state: PlanState, change: ObjectiveDefined, overrides: Sequence[Override], context: PlanContext) -> ObjectiveDefined:
    """A new objective goes through the SMART gate as it joins the active ones."""
    beyond = len(state.open_objectives) >= context.policy.max_active_objectives
    lint = lint_of(state, change.objective_id, change.terms, change.lint.features, context, beyond_limit=beyond, client_voiced=True)
    require_smart([ObjectiveLint(objective_id=change.objective_id, lint=lint)], overrides, context)
    return replace(change, lint=lint)


@decide.on(DeclineChange)
def decline_change(state: PlanState, command: DeclineChange, context: PlanContext) -> Sequence[Event]:
    """Also by who proposed it, who takes it back so."""
    require_reason(command.reason_code, command.reason, context.policy)
    proposed = undecided(state, command, context)
    return [
        ChangeDeclined(
            change_id=proposed.id,
            party=context.party,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        )
    ]
