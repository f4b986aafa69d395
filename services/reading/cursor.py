"""Cursors: where the next page begins. Opaque, so that nobody builds on what they hold.

That is the id of the page's last item and no place in the log, so a cursor tells its reader nothing that the page did not,
and needs no encryption.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from services.errors import Fault, Unreadable


def write_cursor(after: UUID) -> str:
    return base64.urlsafe_b64encode(after.bytes).decode().rstrip("=")


def read_cursor(cursor: str | None) -> UUID | None:
    """Raises `Unreadable` for what no page answered."""
    if cursor is None:
        return None
    try:
        content = base64.b64decode(f"{cursor}==", altchars=b"-_", validate=True)
        return UUID(bytes=content)
    except (binascii.Error, ValueError):
        raise Unreadable([Fault("/query/cursor", "invalid", "A cursor as a page answered it.")]) from None
