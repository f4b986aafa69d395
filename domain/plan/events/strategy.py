"""What happens to a strategy and to the actions under it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import field

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.events.reason import ReasonedEvent
from domain.plan.terms import Evidence, StrategyTerms
from domain.values import OfClient


@stored("plan.strategy_adopted")
class StrategyAdopted(Event, frozen=True, kw_only=True, tag_field="event", tag="strategy_adopted"):
    """A way to reach one objective or several was chosen."""

    strategy_id: UUID
    terms: StrategyTerms
    evidence: tuple[Evidence, ...]
    adopted_by: Party
    change_id: UUID | None


@stored("plan.strategy_revised")
class StrategyRevised(ReasonedEvent, frozen=True, kw_only=True, tag_field="event", tag="strategy_revised"):
    """A strategy goes on with other terms. `replaces` is the stream version that last set them."""

    strategy_id: UUID
    terms: StrategyTerms
    replaces: int
    evidence: tuple[Evidence, ...]
    revised_by: Party
    change_id: UUID | None


@stored("plan.strategy_dropped")
class StrategyDropped(ReasonedEvent, frozen=True, kw_only=True, tag_field="event", tag="strategy_dropped"):
    """A strategy was given up. `leaves_bare` are the open objectives that no strategy serves any more."""

    strategy_id: UUID
    leaves_bare: tuple[UUID, ...]
    dropped_by: Party
    change_id: UUID | None


@stored("plan.action_committed")
class ActionCommitted(Event, frozen=True, kw_only=True):
    """Somebody promised to do something until a day. `accountable_to` is whom they will tell."""

    action_id: UUID
    strategy_id: UUID | None
    objective_id: UUID | None
    text: OfClient[str]
    owner: UUID
    due_on: date
    first_step: OfClient[str] | None
    accountable_to: UUID | None
    session_id: UUID | None
    committed_by: Party


@stored("plan.action_completed")
class ActionCompleted(Event, frozen=True, kw_only=True):
    """An action was done. `effort_minutes` is what it took."""

    action_id: UUID
    completed_on: date
    evidence: OfClient[str] | None
    effort_minutes: int | None


@stored("plan.action_rescheduled")
class ActionRescheduled(ReasonedEvent, frozen=True, kw_only=True):
    """An action was moved to another day, for the `times_moved`-th time. `initiated_by` is whose wish it was."""

    action_id: UUID
    from_: date = field(name="from")
    to: date
    times_moved: int
    rescheduled_by: Party
    initiated_by: Party


@stored("plan.action_dropped")
class ActionDropped(ReasonedEvent, frozen=True, kw_only=True):
    """An action was given up. `due_on` is the day for which it stood in the plan."""

    action_id: UUID
    due_on: date
    dropped_by: Party
    initiated_by: Party
