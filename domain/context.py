"""What every rule may know beside the state it decides on: who, when, under which policy, with which ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.glossary import AssessmentKind, Disclosure, EngagementStage, Party
from domain.ruleset import OWN, Rulesets
from domain.values import Code


class Policy(Struct, frozen=True, kw_only=True):
    """An organization's coaching policy as it stands; `version` is the version of the organization's stream that set it."""

    version: int
    sponsor_min_group: int = 5
    rater_min_group: int = 3
    max_active_objectives: int = 3
    review_cadence_days: int = 30
    smart_gate: bool = True
    quiet_from_hour: int = 20
    quiet_until_hour: int = 7
    retention_months: int = 84
    reason_codes: tuple[Code, ...] = ("scope", "capacity", "absence", "org_change", "learning", "other")


class Context(Struct, frozen=True, kw_only=True):
    """What a decision may know. A noun that needs more extends it in its own `context.py`.

    `now` is the server's time at the edge; `occurred_at` is when the reported fact happened (else `now`), and `today` its
    date in the organization's zone. `ids` are UUIDv7 made for this command and fixed across its retries. `rulesets` are those
    that the organization follows on that day.
    """

    actor: UUID
    role: Code
    now: datetime
    occurred_at: datetime
    today: date
    policy: Policy
    ids: Sequence[UUID]
    rulesets: Rulesets = OWN


class EngagementFacts(Struct, frozen=True, kw_only=True):
    """The engagement of a stream, as the rules of plan, assessment and evaluation need it.

    `consents` are the classes that the client's consent lets the engagement's sponsor see today, in a group that of everybody.
    `members` are those who are coached together with the client.
    """

    id: UUID
    state: EngagementStage
    client_id: UUID
    coach_id: UUID | None
    sponsor_id: UUID | None
    program_id: UUID | None
    starts_on: date | None
    planned_end: date | None
    consents: frozenset[Disclosure]
    members: frozenset[UUID] = frozenset()

    @property
    def coached(self) -> frozenset[UUID]:
        """The client, and who is coached together with them."""
        return self.members | {self.client_id}

    @property
    def parties(self) -> dict[UUID, Party]:
        """The side that each person stands on. Who is on two of them acts as the first: client, coach, sponsor."""
        sides: list[tuple[UUID | None, Party]] = [(self.sponsor_id, "sponsor"), (self.coach_id, "coach"), (self.client_id, "client")]
        return {person: party for person, party in sides if person is not None}


CHEMISTRY_SESSIONS: Final = 3
"""How many talks a client has at most before somebody coaches them, where the program says nothing else."""


class ProgramBounds(Struct, frozen=True, kw_only=True):
    """What a program gives one engagement: the days that it runs, both counted, and how many sessions."""

    starts_on: date
    ends_on: date
    sessions: int


class EarlierBounds(Struct, frozen=True, kw_only=True):
    """What holds on for engagements that were proposed before newer terms came, which are for new ones only."""

    before: datetime
    bounds: ProgramBounds


class ProgramFacts(Struct, frozen=True, kw_only=True):
    """The program of an engagement, as the rules of engagement, plan and evaluation need it.

    `smart_gate` is None where the organization's policy holds. `pool` maps a coach to how many engagements of the program
    they take, `chemistry_sessions` is how many talks a client has before that at most. `outcome_ids` are what the sponsors want of the program, `evaluation_points` the codes of its evaluations.
    """

    id: UUID
    is_open: bool
    sponsored: bool
    sponsor_ids: tuple[UUID, ...]
    sponsor_approves_plans: bool
    sponsor_accepts_changes: bool
    outcome_ids: frozenset[UUID]
    required_assessments: tuple[AssessmentKind, ...]
    evaluation_points: frozenset[Code]
    smart_gate: bool | None
    bounds: ProgramBounds
    earlier_bounds: tuple[EarlierBounds, ...] = ()
    pool: dict[UUID, int]
    chemistry_sessions: int = CHEMISTRY_SESSIONS
    enrolled: frozenset[UUID]
    enrolled_at: dict[UUID, datetime] = {}

    def bounds_of(self, proposed_at: datetime) -> ProgramBounds:
        """What it gives an engagement that was proposed then."""
        return next((one.bounds for one in self.earlier_bounds if proposed_at < one.before), self.bounds)
