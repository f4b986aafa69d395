"""What somebody finds of who was shown what about a person, and what could have been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import UNSET

from domain.engagement.emergency import Emergency
from domain.engagement.state import EngagementState
from domain.glossary import Role
from domain.organization.state import OrganizationState
from domain.values import NIL
from infra.eventstore.hindsight import At
from projections import current
from projections.access_log import ACCESS_LOG, Access, about
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.snapshot import Row, Scope
from services.actor import Actor
from services.audit.access.answers import AccessAnswer, AccessesAnswer, PossibleAnswer
from services.audit.moment import Moment, at_moment
from services.engagement.emergency import emergencies_of, persons_of
from services.reading.cursor import read_cursor, write_cursor
from services.reading.reads import Found, Look, Reads, names
from services.reading.recorder import classes_of
from services.reading.view import people, sight

RUNNING: Final[tuple[Role, ...]] = ("program_manager", "auditor")
"""Roles that see every engagement of the programs that they are held in."""


async def find_accesses(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, person: UUID, until: date | None, limit: int, cursor: str | None
) -> Found[AccessesAnswer]:
    """Raises `NotFound`, `NotPermitted`, `MomentAhead` and `Unreadable`."""
    look = await reads.look(actor, "read_accesses", "person", person)
    day = until or look.today
    at = await at_moment(reads, look, Moment(recorded=day, parameter="until"))
    reached = await reads.store.position_at(actor.tenant, at.recorded) if at.recorded else 0
    async with reads.snapshot(request, actor, ACCESS_LOG, CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, position):
        found = await about(rows, person, until=reached, after=read_cursor(cursor), limit=limit + 1)
        engaged = await current.listed(rows, "engagement", Scope(client_id=person, member_id=person), after=None, limit=None, words=False)
    stood = await as_they_stood(reads, look, [one.id for one in engaged], reached)
    now = reads.clock()
    emergencies = await emergencies_of(reads, look, stood, min(at.recorded or now, now))
    shown = found[:limit]
    persons = [*(row.document.reader_id for row in shown), *(each for one in emergencies for each in persons_of(one))]
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, _):
        known = await names(rows, persons)
    answer = AccessesAnswer(
        person_id=person,
        until=day,
        items=tuple(access_answer(row) for row in shown),
        possible=tuple(
            one for state in stood if person in state.ever_coached for one in of_engagement(actor.tenant, state, day, look.organization)
        ),
        emergencies=emergencies,
        people=people(known, look.sight, *persons),
        next_cursor=write_cursor(shown[-1].key) if len(found) > limit else UNSET,
    )
    return Found(answer, position)


def access_answer(row: Row[Access]) -> AccessAnswer:
    access = row.document
    return AccessAnswer(
        id=row.key,
        at=access.at,
        reader_id=access.reader_id,
        role=access.role,
        action=access.action,
        record_id=access.record_id,
        classes=access.classes,
        purpose=access.purpose,
    )


async def as_they_stood(reads: Reads, look: Look, engagements: Sequence[UUID], position: int) -> list[EngagementState]:
    """Those that there were at that position of the log, with the consents and the parties of then."""
    reading = await reads.store.read_as_of(look.actor.tenant, At(position=position), *engagements)
    return [reading.state(id, "engagement") for id in engagements if reading.exists(id)]


def of_engagement(tenant: UUID, engagement: EngagementState, day: date, organization: OrganizationState) -> list[PossibleAnswer]:
    """By the consents that held on that day, the parties of then, and what an emergency opened on it."""
    facts = engagement.facts(day)
    parties: list[tuple[Role, UUID | None]] = [("coach", engagement.coach_id), ("sponsor", engagement.sponsor_id)]
    seen = [(role, person) for role, person in parties if person is not None] + [(role, None) for role in RUNNING]
    found = [(role, person, sight(Actor(tenant, person or NIL, role, NIL), facts.consents)) for role, person in seen]
    for asker in dict.fromkeys(one.asker_id for one in engagement.emergencies if was_open_on(one, day, organization)):
        found.append(("program_manager", asker, sight(Actor(tenant, asker, "program_manager", NIL), opened=True)))
    return [
        PossibleAnswer(engagement_id=engagement.id, role=role, person_id=person, classes=tuple(sorted(classes_of(shown))))
        for role, person, shown in found
    ]


def was_open_on(one: Emergency, day: date, organization: OrganizationState) -> bool:
    """Whether it was open at some moment of that day in the organization's zone."""
    if one.answered_at is None or one.open_until is None:
        return False
    return organization.day(one.answered_at) <= day <= organization.day(one.ended_at or one.open_until)
