"""What deciding about an organization needs beside its own stream."""

from __future__ import annotations

from domain.organization.commands import RegisterOrganization
from domain.organization.context import OrganizationContext
from services.call import Call


async def organization_context(call: Call) -> OrganizationContext:
    """Reserves the short name on the way: repeatable, and given up by nobody before it is confirmed."""
    match call.command:
        case RegisterOrganization(slug=slug):
            return call.context(OrganizationContext, slug_taken=not await call.directory.reserve(call.target, slug))
    return call.context(OrganizationContext)
