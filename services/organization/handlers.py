"""What deciding about an organization needs beside its own stream."""

from __future__ import annotations

from uuid import UUID

from domain.organization.commands import PlaceLegalHold, RegisterOrganization
from domain.organization.context import OrganizationContext
from services.command.call import Call


async def organization_context(call: Call) -> OrganizationContext:
    """Reserves the short name on the way: repeatable, and given up by nobody before it is confirmed."""
    match call.command:
        case RegisterOrganization(slug=slug):
            return call.context(OrganizationContext, slug_taken=not await call.directory.reserve(call.target, slug))
        case PlaceLegalHold(scope=scope, subject_id=UUID() as subject):
            await call.reading.load(subject, guard=False)  # what is there once stays there
            return call.context(OrganizationContext, subject_exists=call.reading.kind(subject) == scope)
    return call.context(OrganizationContext)
