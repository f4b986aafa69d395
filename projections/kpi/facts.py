"""The dated facts of one engagement that every indicator is made of: ids, dates, numbers and codes, and how sessions were rated.

A rating is personal, so it is kept sealed, and is open where the facts were read to be counted; one that is erased counts nowhere.
Facts never hold a verdict of the day they were written on: what is late, due or open is asked when they are read.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct, structs

from domain.engagement.member import Member
from domain.values import Code
from projections.kpi.coaching import Agreed, Assessment, Consent, Evaluation, Rating, Session
from projections.pause import Pause


class Measured(Struct, frozen=True):
    """One measurement; `version` is its place in the plan's stream, `measure` which measure of the objective it is of."""

    version: int
    measure: int
    on: date
    value: Decimal


class Conclusion(Struct, frozen=True):
    """One judgement that an objective is over, and the level it reached on its scale; one of the coach alone does not hold yet."""

    version: int
    at: datetime
    holds: bool
    outcome: Code
    level: int | None


class Objective(Struct, frozen=True, kw_only=True):
    """`passed_at` is when its lint first had no blocking code, `smart_at_first` whether that was when it was defined.

    `measure` counts its measures: a new one begins with a baseline and a target of its own, and old values say nothing of it.
    `baseline_level` is where the client began on its attainment scale, None without one; `weight` how much it counts there.
    """

    defined_at: datetime
    smart_at_first: bool
    passed_at: datetime | None
    measure: int = 1
    direction: Code | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    due_on: date | None = None
    baseline: Decimal | None = None
    baseline_version: int | None = None
    baseline_at: datetime | None = None
    measured: tuple[Measured, ...] = ()
    weight: int = 1
    baseline_level: int | None = None
    conclusions: tuple[Conclusion, ...] = ()

    @property
    def concluded_at(self) -> datetime | None:
        """Since when it is concluded; not while a judgement waits for the client's."""
        last = self.conclusions[-1] if self.conclusions else None
        return last.at if last is not None and last.holds else None


class Due(Struct, frozen=True):
    """A due date, and since when it is in force."""

    since: datetime
    on: date


class Milestone(Struct, frozen=True, kw_only=True):
    """Its due dates, the first of them the original one: moves while the plan is a draft are forgotten at activation."""

    objective_id: UUID
    dues: tuple[Due, ...]
    reached_on: date | None = None
    withdrawn_at: datetime | None = None

    @property
    def original(self) -> date:
        return self.dues[0].on

    @property
    def current(self) -> date:
        return self.dues[-1].on


class Action(Struct, frozen=True, kw_only=True):
    """A promise: its due dates, the first of them the one it was made with, and the day on which it was kept."""

    dues: tuple[Due, ...]
    completed_on: date | None = None
    dropped_at: datetime | None = None


class Adjustment(Struct, frozen=True):
    """One change of a due date after the plan's activation."""

    at: datetime
    milestone_id: UUID
    days: int
    reason_code: Code
    initiator: Code


class Change(Struct, frozen=True):
    """One event that changed the plan, as applied. `content` says that approvals of the plan cover it.

    `replans` says that it refined an objective or revised a strategy of a plan that was in force.
    """

    at: datetime
    version: int
    by_client: bool
    accepted_by_client: bool
    content: bool
    replans: bool


class Proposal(Struct, frozen=True):
    """A proposed change: when, whether by the client, whether the client accepted it, and whether it is decided."""

    at: datetime
    by_client: bool
    accepted_by_client: bool = False
    decided: bool = False


class Review(Struct, frozen=True):
    """One review of the plan. `policy` is the version of the policy under which the time until the next one began to run."""

    version: int
    on: date
    next_on: date
    policy: int


class Facts(Struct, frozen=True, kw_only=True):
    """One engagement. `client_approvals` are the versions of the plan's stream at which the client approved.

    `activated_under` is the version of the policy at the plan's activation. `began_on` is the engagement's first day; `agreed` is
    what the agreement in force says of sessions, `drafted` what the one says that was put down last. `reflections` are when the
    client wrote one down. `enrolled_at` is when the client got their seat in the program; `ending` says how the engagement came to
    its end, `ending_reason` why. `consents` are those that reach the sponsor. `members` are who is or was coached together with the
    client: what they write, change and consent to is the client's side, too.
    """

    engagement_id: UUID
    client_id: UUID | None = None
    coach_id: UUID | None = None
    sponsor_id: UUID | None = None
    program_id: UUID | None = None
    plan_id: UUID | None = None
    proposed_at: datetime | None = None
    activated_at: datetime | None = None
    activated_under: int = 0
    pauses: tuple[Pause, ...] = ()
    closed_on: date | None = None
    reviews: tuple[Review, ...] = ()
    objectives: dict[UUID, Objective] = {}
    milestones: dict[UUID, Milestone] = {}
    actions: dict[UUID, Action] = {}
    adjustments: tuple[Adjustment, ...] = ()
    changes: tuple[Change, ...] = ()
    client_approvals: tuple[int, ...] = ()
    proposals: dict[UUID, Proposal] = {}
    evaluations: dict[UUID, Evaluation] = {}
    began_on: date | None = None
    drafted: Agreed | None = None
    agreed: Agreed | None = None
    sessions: dict[UUID, Session] = {}
    ratings: tuple[Rating, ...] = ()
    assessments: dict[UUID, Assessment] = {}
    reflections: tuple[datetime, ...] = ()
    enrolled_at: datetime | None = None
    ending: Code | None = None
    ending_reason: Code | None = None
    consents: tuple[Consent, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def client(self) -> UUID:
        """Who the engagement is about. An engagement is only read once it was proposed, and that names the client."""
        assert self.client_id is not None
        return self.client_id

    @property
    def ever_coached(self) -> frozenset[UUID]:
        """Everybody who is or was coached here: what is told of it is told of each of them."""
        return frozenset({self.client, *(one.client_id for one in self.members)})

    @property
    def beside(self) -> tuple[UUID, ...]:
        """Who is or was coached together with the first client, each once, in the order in which they came."""
        return tuple(dict.fromkeys(one.client_id for one in self.members))

    def coached_on(self, day: date) -> frozenset[UUID]:
        """Who was coached here on a day."""
        return self.coached_within(day, day)

    def coached_within(self, first: date, last: date) -> frozenset[UUID]:
        """Who was coached here on one of these days at least: not who was to be, and left before it began."""
        if not self.members:  # which is nearly every one
            return frozenset({self.client})
        begin = first if self.began_on is None else max(first, self.began_on)
        return frozenset({self.client, *(one.client_id for one in self.members if one.overlaps(begin, last))})

    def is_coached(self, person: UUID) -> bool:
        """Whether somebody is on the client's side, as it stands."""
        return person == self.client_id or any(one.client_id == person and one.left_on is None for one in self.members)

    def over_by(self, day: date) -> bool:
        """Whether it was over on that day: from the day of its end on nothing of it is due, open or late."""
        return self.closed_on is not None and self.closed_on <= day


def with_objective(facts: Facts, objective_id: UUID, **fields: object) -> Facts:
    objective = structs.replace(facts.objectives[objective_id], **fields)
    return structs.replace(facts, objectives={**facts.objectives, objective_id: objective})


def with_milestone(facts: Facts, milestone_id: UUID, **fields: object) -> Facts:
    milestone = structs.replace(facts.milestones[milestone_id], **fields)
    return structs.replace(facts, milestones={**facts.milestones, milestone_id: milestone})


def with_action(facts: Facts, action_id: UUID, **fields: object) -> Facts:
    action = structs.replace(facts.actions[action_id], **fields)
    return structs.replace(facts, actions={**facts.actions, action_id: action})


def with_session(facts: Facts, session_id: UUID, **fields: object) -> Facts:
    session = structs.replace(facts.sessions[session_id], **fields)
    return structs.replace(facts, sessions={**facts.sessions, session_id: session})
