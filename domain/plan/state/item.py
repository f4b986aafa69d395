"""What else a plan holds: strategies, actions, milestones, changes that wait, and the reports that can be withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.glossary import Party
from domain.plan.events import Change, Override
from domain.plan.events.progress import EntryKind
from domain.plan.state.objective import Touch
from domain.plan.terms import Benchmark, Evidence, StrategyTerms
from domain.values import OfAuthor, OfClient, StoredCode


class Strategy(Struct, frozen=True, kw_only=True):
    """A chosen way, in force unless dropped."""

    id: UUID
    terms: StrategyTerms
    adopted_by: Party
    touch: Touch
    dropped: bool = False


class Action(Struct, frozen=True, kw_only=True):
    """A promise. `completed` is the stream version of the report that it is done, `completed_on` the day.

    `touch` is who set its due date last; `times_moved` counts how often that was moved. `session_id` is the session in which
    it was promised.
    """

    id: UUID
    text: OfClient[str]
    owner: UUID
    due_on: date
    made_at: datetime
    touch: Touch
    strategy_id: UUID | None = None
    objective_id: UUID | None = None
    session_id: UUID | None = None
    times_moved: int = 0
    dropped: bool = False
    completed: int | None = None
    completed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """It was neither kept nor dropped."""
        return self.completed is None and not self.dropped


class Adjustment(Struct, frozen=True, kw_only=True):
    """One move of a milestone."""

    version: int
    from_on: date
    to_on: date
    shift_days: int
    actor: UUID
    initiated_by: Party
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
    evidence: tuple[Evidence, ...]


class Miss(Struct, frozen=True, kw_only=True):
    """A due date that passed; it stays known when the note was withdrawn, so that nobody notes it again."""

    version: int
    due_on: date
    withdrawn: bool = False


class Milestone(Struct, frozen=True, kw_only=True):
    """A dated benchmark. `original_due` is its date when the plan became active, or when it was set later.

    `reached` is the stream version of the report that it was reached, `reached_on` the day. `misses` are the due dates
    that passed, oldest first.
    """

    id: UUID
    objective_id: UUID
    title: OfClient[str]
    due_on: date
    original_due: date
    benchmark: Benchmark | None
    touch: Touch
    made_at: datetime
    adjustments: tuple[Adjustment, ...] = ()
    misses: tuple[Miss, ...] = ()
    reached: int | None = None
    reached_on: date | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """It stands in the plan and was not reached."""
        return self.reached is None and not self.withdrawn

    @property
    def is_missed(self) -> bool:
        """Its due date passed, it is still open, and nobody has moved it or taken the note back since."""
        return self.is_open and any(miss.due_on == self.due_on and not miss.withdrawn for miss in self.misses)

    @property
    def last_verdict(self) -> int | None:
        """The stream version of the last report on it that stands: that it was reached or missed."""
        standing = [miss.version for miss in self.misses if not miss.withdrawn]
        return max([*standing, self.reached or 0], default=0) or None


class Win(Struct, frozen=True, kw_only=True):
    """A small victory that somebody acknowledged."""

    id: UUID
    what: OfClient[str]
    on: date
    action_id: UUID | None
    milestone_id: UUID | None
    acknowledged_by: Party


class ProposedChange(Struct, frozen=True, kw_only=True):
    """A change that a party wants. `version` is where it was proposed; `decided` once it happened or was declined."""

    id: UUID
    change: Change
    version: int
    accepted_by: tuple[Party, ...]
    overrides: tuple[Override, ...]
    decided: bool = False


class Entry(Struct, frozen=True, kw_only=True):
    """A report that can be withdrawn. `agreed` when it was part of the plan that the parties then approved."""

    kind: EntryKind
    item_id: UUID
    agreed: bool = False
    withdrawn: bool = False


PlanStatus = Literal["draft", "proposed", "active"]
"""A change of what was proposed makes the plan a draft again."""
