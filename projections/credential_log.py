"""The hours of coaches: each session that was held, and each engagement with those who are coached in it, as dated facts.

What counts for a credential, and towards which level, is asked when they are read (`projections/credential`): by the rules that the
organization follows that day, and the day when the coach's education began, which their own record knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

import asyncpg
from msgspec import Struct
from msgspec.structs import replace

from domain.decider import Evolve
from domain.engagement import events as engagement
from domain.engagement.events import EngagementKind
from domain.event import Event, Recorded
from domain.session import events as session
from infra.eventstore.feed import Fed
from infra.eventstore.vault import Source
from infra.postgres import transaction
from projections.projection import Projection
from projections.snapshot import Snapshot, of_connection


class Change(Struct, frozen=True):
    """That a session took other minutes than was said before: where in the organization's log, and in the session's, it stands."""

    position: int
    version: int
    at: datetime
    minutes: int


class Held(Struct, frozen=True, kw_only=True, tag="session"):
    """A session with its coach; once it took place, since when, how long, and with how many people.

    `position` and `version` are those of the event that says so, `rated` when clients rated it.
    """

    session_id: UUID
    engagement_id: UUID
    coach_id: UUID
    at: datetime | None = None
    minutes: int = 0
    pro_bono: bool = False
    participants: int = 0
    attended: frozenset[UUID] | None = None
    position: int = 0
    version: int = 0
    changes: tuple[Change, ...] = ()
    rated: tuple[datetime, ...] = ()


class Joined(Struct, frozen=True):
    """Somebody who is coached together with the first client, until `left_on`."""

    client_id: UUID
    joined_on: date
    left_on: date | None = None


class Coaching(Struct, frozen=True, kw_only=True, tag="engagement"):
    """Whom an engagement is for, and who coaches it today; `began_on` and `closed_on` once it did and is."""

    engagement_id: UUID
    client_id: UUID
    kind: EngagementKind
    program_id: UUID | None
    coach_id: UUID | None = None
    joined: tuple[Joined, ...] = ()
    began_on: date | None = None
    closed_on: date | None = None

    @property
    def is_under_way(self) -> bool:
        return self.began_on is not None and self.closed_on is None

    def clients_on(self, day: date) -> frozenset[UUID]:
        """Who was coached in it on a day."""
        others = (one for one in self.joined if one.joined_on <= day and (one.left_on is None or day < one.left_on))
        return frozenset({self.client_id, *(one.client_id for one in others)})


Kept: TypeAlias = Held | Coaching
follow: Final[Evolve[Held]] = Evolve()
accompany: Final[Evolve[Coaching]] = Evolve()


@follow.on(session.SessionRescheduled)
def rescheduled(held: Held, recorded: Recorded[session.SessionRescheduled]) -> Held:
    return replace(held, coach_id=recorded.event.coach_id)


@follow.on(session.SessionCompleted)
def completed(held: Held, recorded: Recorded[session.SessionCompleted]) -> Held:
    event = recorded.event
    assert isinstance(recorded, Fed)
    return replace(
        held,
        at=recorded.occurred_at,
        minutes=event.minutes,
        pro_bono=event.pro_bono,
        participants=event.participants,
        attended=None if event.attended is None else frozenset(event.attended),
        position=recorded.position,
        version=recorded.version,
    )


@follow.on(session.SessionTimeCorrected)
def corrected(held: Held, recorded: Recorded[session.SessionTimeCorrected]) -> Held:
    return changed(held, recorded, recorded.event.to)


@follow.on(session.SessionTimeCountered)
def countered(held: Held, recorded: Recorded[session.SessionTimeCountered]) -> Held:
    return changed(held, recorded, recorded.event.to)


def changed(held: Held, recorded: Recorded[Any], minutes: int) -> Held:
    assert isinstance(recorded, Fed)
    return replace(held, changes=(*held.changes, Change(recorded.position, recorded.version, recorded.occurred_at, minutes)))


@follow.on(session.SessionRated)
def rated(held: Held, recorded: Recorded[session.SessionRated]) -> Held:
    return replace(held, rated=(*held.rated, recorded.occurred_at))


@accompany.on(engagement.CoachAssigned)
def assigned(coaching: Coaching, recorded: Recorded[engagement.CoachAssigned]) -> Coaching:
    return replace(coaching, coach_id=recorded.event.coach_id)


@accompany.on(engagement.CoachReassigned)
def reassigned(coaching: Coaching, recorded: Recorded[engagement.CoachReassigned]) -> Coaching:
    return replace(coaching, coach_id=recorded.event.coach_id)


@accompany.on(engagement.MemberAdded)
def member_added(coaching: Coaching, recorded: Recorded[engagement.MemberAdded]) -> Coaching:
    return replace(coaching, joined=(*coaching.joined, Joined(recorded.event.client_id, recorded.event.joined_on)))


@accompany.on(engagement.MemberRemoved)
def member_removed(coaching: Coaching, recorded: Recorded[engagement.MemberRemoved]) -> Coaching:
    client, left_on = recorded.event.client_id, recorded.event.left_on
    joined = [replace(one, left_on=left_on) if (one.client_id, one.left_on) == (client, None) else one for one in coaching.joined]
    return replace(coaching, joined=tuple(joined))


@accompany.on(engagement.EngagementActivated)
def activated(coaching: Coaching, recorded: Recorded[engagement.EngagementActivated]) -> Coaching:
    return replace(coaching, began_on=recorded.event.starts_on)


def closed(coaching: Coaching, recorded: Recorded[engagement.Closing]) -> Coaching:
    return replace(coaching, closed_on=recorded.event.closed_on)


for kind in (engagement.EngagementCompleted, engagement.EngagementEndedEarly, engagement.EngagementCancelled):
    accompany.on(kind)(closed)

BEGIN: Final = (session.SessionScheduled, engagement.EngagementProposed)
READ: Final[frozenset[type[Event]]] = frozenset({*BEGIN, *follow.table, *accompany.table})


def key(fed: Fed) -> UUID | None:
    return fed.stream if type(fed.event) in READ else None


def apply(kept: Kept | None, fed: Fed) -> Kept | None:
    """What is about a row whose beginning is not there, because it was erased, makes none."""
    match fed.event, kept:
        case session.SessionScheduled() as event, _:
            return Held(session_id=event.session_id, engagement_id=event.engagement_id, coach_id=event.coach_id)
        case engagement.EngagementProposed() as event, _:
            return Coaching(engagement_id=event.engagement_id, client_id=event.client_id, kind=event.kind, program_id=event.program_id)
        case _, Held():
            return follow(kept, fed)
        case _, Coaching():
            return accompany(kept, fed)
    return None


CREDENTIAL_LOG: Final[Projection[Kept]] = Projection(
    __file__, name="credential_log", version=3, document=Held | Coaching, reads=READ, key=key, apply=apply, personal=None
)


class Hours(Struct, frozen=True):
    """Everything that a coach held, the oldest first, and the engagements that it was in, with those that they coach today."""

    held: tuple[Held, ...]
    coachings: dict[UUID, Coaching]

    def coached_by(self, coach: UUID) -> tuple[Coaching, ...]:
        """Those under way that are the coach's today."""
        return tuple(one for one in self.coachings.values() if one.coach_id == coach and one.is_under_way)


async def hours_of(snapshot: Snapshot, coach: UUID) -> Hours:
    rows = [row.document for row in await snapshot.sealed(CREDENTIAL_LOG, "of_coach", coach_id=coach)]
    held = [one for one in rows if isinstance(one, Held) and one.at is not None]
    coachings = {one.engagement_id: one for one in rows if isinstance(one, Coaching)}
    missing = list({one.engagement_id for one in held} - coachings.keys())
    for row in await snapshot.sealed(CREDENTIAL_LOG, "some", keys=missing):
        if isinstance(row.document, Coaching):
            coachings[row.key] = row.document
    return Hours(tuple(sorted(held, key=begun)), coachings)


async def hours_known(source: Source, tenant: UUID, coach: UUID) -> tuple[Hours, int]:
    """The same for a command that is being decided on this connection, and how far it follows the log at least.

    Raises `NotCaughtUp` while the rows are filled for the first time.
    """
    assert not isinstance(source, asyncpg.Pool)
    async with transaction(source, tenant, read_only=True):
        snapshot = await of_connection(source, tenant)
        return await hours_of(snapshot, coach), snapshot.position(CREDENTIAL_LOG)


def begun(held: Held) -> tuple[datetime, int]:
    assert held.at is not None  # it took place
    return held.at, held.position


async def coaches(snapshot: Snapshot) -> Sequence[UUID]:
    """Everybody who coaches, or held a session."""
    return [row["coach_id"] for row in await snapshot.fetch(CREDENTIAL_LOG, "coaches", {})]
