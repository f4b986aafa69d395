"""What deciding about an access needs beside its own stream: nothing."""

from __future__ import annotations

from domain.access.context import AccessContext
from services.command.call import Call


async def access_context(call: Call) -> AccessContext:
    return call.context(AccessContext)
