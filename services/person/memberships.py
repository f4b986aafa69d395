"""How somebody came by their roles, and lost them: read from their stream, so complete and never stale."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.event import Event, Recorded
from domain.person.events import MembershipGranted, MembershipRevoked, MembershipRoleChanged
from domain.person.evolve import evolve
from domain.person.state import PersonState
from domain.values import OfAuthor
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.reading import Reading
from infra.eventstore.stream import recorded
from projections.members import MEMBERS
from services.actor import Actor
from services.person.answers import MembershipsAnswer, StepAnswer, StepKind, role_answers
from services.reading.reads import Found, Look, Reads, names
from services.reading.view import Text, hidden, opened, people

STEPS: Final[dict[type[Event], StepKind]] = {MembershipGranted: "granted", MembershipRoleChanged: "changed", MembershipRevoked: "revoked"}


async def find_memberships(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, person: UUID, on: date | None
) -> Found[MembershipsAnswer]:
    """Everything up to the end of that day in the organization's zone, and what was held on it. Raises `NotFound` and `NotPermitted`."""
    look = await reads.look(actor, "read_memberships", "person", person)
    day = on or look.today
    reading = Reading(reads.share(actor.tenant), reads.store.vault, actor.tenant, snapshots=False)
    await reading.load(person)
    past = [one for row in reading.found(person).events if look.organization.day((one := recorded(row)).occurred_at) <= day]
    state = PersonState()
    for one in past:
        state = evolve(state, one)
    steps = [one for one in past if type(one.event) in STEPS]
    reasons = await opened_reasons(reads, look, person, steps)
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, position):
        known = await names(rows, [one.meta.actor for one in steps])
    answer = MembershipsAnswer(
        person_id=person,
        on=day,
        roles=role_answers(state.memberships_on(day)),
        steps=tuple(step(one, reasons) for one in steps),
        people=people(known, look.sight, *(one.meta.actor for one in steps if one.meta.actor in known)),
    )
    return Found(answer, position)


def step(one: Recorded[Any], reasons: dict[str, Any]) -> StepAnswer:
    event = one.event
    reason: OfAuthor[str] | None = getattr(event, "reason", None)
    changed = isinstance(event, MembershipRoleChanged)
    return StepAnswer(
        version=one.version,
        at=one.occurred_at,
        by=one.meta.actor,
        by_role=one.meta.role,
        kind=STEPS[type(event)],
        role=event.to if changed else event.role,
        from_=event.from_ if changed else None,
        program_id=event.program_id,
        until=getattr(event, "until", None),
        reason_code=getattr(event, "reason_code", None),
        reason=None if reason is None else told(reason, reasons),
    )


def told(reason: OfAuthor[str], reasons: dict[str, Any]) -> Text:
    return opened(OfAuthor(reasons[reason.sealed], sealed=reason.sealed)) if reason.sealed in reasons else hidden(reason)


async def opened_reasons(reads: Reads, look: Look, person: UUID, steps: list[Recorded[Any]]) -> dict[str, Any]:
    """The words of why, for who runs the organization and for whom it is about; an auditor sees that there are some, and their code."""
    if look.actor.role != "admin" and look.actor.person_id != person:
        return {}
    sealed = [reason.sealed for one in steps if (reason := getattr(one.event, "reason", None)) is not None and reason.sealed is not None]
    values = [SealedAt(person, person, text) for text in sealed]
    return await Opener(reads.store.vault).open(reads.share(look.actor.tenant), look.actor.tenant, values)
