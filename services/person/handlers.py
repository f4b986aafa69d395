"""What deciding about a person needs beside their own stream."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from domain.person.commands import (
    ChangeMembershipRole,
    ChangePersonProfile,
    ConfirmAddress,
    DeprovisionPerson,
    ExportCredentialLog,
    GrantListingConsent,
    GrantMembership,
    LinkIdentity,
    RegisterPerson,
    RequestPersonErasure,
    RevokeMembership,
)
from domain.person.context import LogFacts, PersonContext
from infra.eventstore.outage import outages
from projections.credential.summary import summary
from projections.credential_log import hours_known
from services.command.call import Call
from services.person.administrator import another_admin
from services.person.erasure import holds
from services.person.present import addresses, is_taken, linked
from services.quota import people_left


class Acting(TypedDict):
    """How far the actor's own role and key reach."""

    programs: frozenset[UUID] | None
    is_confined: bool


async def person_context(call: Call) -> PersonContext:
    acting: Acting = {"programs": call.actor.programs, "is_confined": call.actor.scopes is not None}
    match call.command:
        case RegisterPerson():
            return call.context(PersonContext, **acting, places_left=await people_left(call.reading))
        case GrantMembership(program_id=UUID() as program_id):
            await call.reading.load(program_id)
            return call.context(PersonContext, program_exists=call.reading.kind(program_id) == "program", **acting)
        case ChangeMembershipRole(from_="admin", program_id=None) | RevokeMembership(role="admin", program_id=None):
            return call.context(PersonContext, another_admin=await another_admin(call), **acting)
        case ExportCredentialLog():
            return call.context(PersonContext, **acting, log=await log_facts(call))
        case ChangePersonProfile(email=str() as wanted):
            email, _ = await addresses(call)
            return call.context(PersonContext, **acting, email=email, is_taken=await is_taken(call, wanted))
        case ConfirmAddress():
            email, new_email = await addresses(call)
            taken = new_email is not None and await is_taken(call, new_email.plain())
            return call.context(PersonContext, **acting, email=email, new_email=new_email, is_taken=taken)
        case LinkIdentity(provider=provider, subject=subject):
            return call.context(PersonContext, **acting, linked=await linked(call, provider, subject))
        case DeprovisionPerson():
            return call.context(PersonContext, **acting, another_admin=await another_admin(call))
        case RequestPersonErasure():
            held = await holds(call.reading, call.target)
            return call.context(PersonContext, **acting, another_admin=await another_admin(call), holds=held)
        case GrantListingConsent(coach_id=coach_id):
            await call.reading.load(coach_id, guard=False)  # who is known once stays known
            return call.context(PersonContext, **acting, coach_exists=call.reading.kind(coach_id) == "person")
    return call.context(PersonContext, **acting)


async def log_facts(call: Call) -> LogFacts:
    """What the coach held, as far as the read model has followed: what is recorded meanwhile is not in what they hand in."""
    with outages():
        hours, position = await hours_known(call.reading.source, call.actor.tenant, call.target)
    held = summary(hours, position)
    return LogFacts(
        as_of_position=position, sessions=held.sessions, minutes=held.minutes, paid_minutes=held.paid_minutes, digest=held.digest
    )
