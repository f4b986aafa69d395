"""What every rule may know beside the state it decides on: who, when, under which policy, with which ids."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

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
    date in the organization's zone. `ids` are UUIDv7 made for this command and fixed across its retries.
    """

    actor: UUID
    role: Code
    now: datetime
    occurred_at: datetime
    today: date
    policy: Policy
    ids: tuple[UUID, ...]


class EngagementFacts(Struct, frozen=True, kw_only=True):
    """The engagement of a stream, as the rules of plan, assessment and evaluation need it.

    `state` is one of proposed, contracted, active, paused, completed, ended_early, cancelled. `consents` are the classes
    (objective_titles, progress, attainment, evaluation_summary, attendance) that the client's consent grants today.
    """

    id: UUID
    state: Code
    client_id: UUID
    coach_id: UUID | None
    sponsor_id: UUID | None
    program_id: UUID | None
    starts_on: date | None
    planned_end: date | None
    consents: frozenset[Code]
