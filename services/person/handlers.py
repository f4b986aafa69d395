"""What deciding about a person needs beside their own stream."""

from __future__ import annotations

from uuid import UUID

from domain.person.commands import ChangeMembershipRole, ExportCredentialLog, GrantListingConsent, GrantMembership, RegisterPerson, RevokeMembership
from domain.person.context import LogFacts, PersonContext
from infra.eventstore.outage import outages
from projections.credential.summary import summary
from projections.credential_log import hours_known
from services.call import Call
from services.person.administrator import another_admin
from services.quota import people_left


async def person_context(call: Call) -> PersonContext:
    programs = call.actor.programs
    match call.command:
        case RegisterPerson():
            return call.context(PersonContext, programs=programs, places_left=await people_left(call.reading))
        case GrantMembership(program_id=UUID() as program_id):
            await call.reading.load(program_id)
            return call.context(PersonContext, program_exists=call.reading.kind(program_id) == "program", programs=programs)
        case ChangeMembershipRole(from_="admin", program_id=None) | RevokeMembership(role="admin", program_id=None):
            return call.context(PersonContext, another_admin=await another_admin(call), programs=programs)
        case ExportCredentialLog():
            return call.context(PersonContext, programs=programs, log=await log_facts(call))
        case GrantListingConsent(coach_id=coach_id):
            await call.reading.load(coach_id, guard=False)  # who is known once stays known
            return call.context(PersonContext, programs=programs, coach_exists=call.reading.kind(coach_id) == "person")
    return call.context(PersonContext, programs=programs)


async def log_facts(call: Call) -> LogFacts:
    """What the coach held, as far as the read model has followed: what is recorded meanwhile is not in what they hand in."""
    with outages():
        hours, position = await hours_known(call.reading.source, call.actor.tenant, call.target)
    held = summary(hours, position)
    return LogFacts(
        as_of_position=position, sessions=held.sessions, minutes=held.minutes, paid_minutes=held.paid_minutes, digest=held.digest
    )
