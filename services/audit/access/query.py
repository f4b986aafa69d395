"""What somebody finds of who was shown what about a person, and what could have been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import UNSET

from domain.engagement.state import EngagementState
from domain.glossary import Role
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
from services.cursor import read_cursor, write_cursor
from services.reading import Found, Look, Reads, names
from services.recorder import classes_of
from services.view import people, sight

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
    async with reads.snapshot(request, actor, ACCESS_LOG, CURRENT["engagement"], MEMBERS) as (rows, position):
        found = await about(rows, person, until=reached, after=read_cursor(cursor), limit=limit + 1)
        engaged = await current.listed(rows, "engagement", Scope(client_id=person), after=None, limit=None, words=False)
        known = await names(rows, [row.document.reader_id for row in found])
    possible = await could_see(reads, look, [one.id for one in engaged], reached, day)
    shown = found[:limit]
    answer = AccessesAnswer(
        person_id=person,
        until=day,
        items=tuple(access_answer(row) for row in shown),
        possible=possible,
        people=people(known, look.sight, *(row.document.reader_id for row in shown)),
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


async def could_see(reads: Reads, look: Look, engagements: Sequence[UUID], position: int, day: date) -> tuple[PossibleAnswer, ...]:
    """By the consents that held on that day, and the parties of then."""
    reading = await reads.store.read_as_of(look.actor.tenant, At(position=position), *engagements)
    return tuple(
        one for id in engagements if reading.exists(id) for one in of_engagement(look.actor.tenant, reading.state(id, "engagement"), day)
    )


def of_engagement(tenant: UUID, engagement: EngagementState, day: date) -> list[PossibleAnswer]:
    facts = engagement.facts(day)
    parties: list[tuple[Role, UUID | None]] = [("coach", engagement.coach_id), ("sponsor", engagement.sponsor_id)]
    seen = [(role, person) for role, person in parties if person is not None] + [(role, None) for role in RUNNING]
    return [
        PossibleAnswer(
            engagement_id=engagement.id,
            role=role,
            person_id=person,
            classes=tuple(sorted(classes_of(sight(Actor(tenant, person or NIL, role, NIL), facts.consents)))),
        )
        for role, person in seen
    ]
