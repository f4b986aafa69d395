"""Where a page of an answer begins, and as of when the answer is: each page of it is worked out of the same log, on the same day."""

from __future__ import annotations

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from services.errors import Fault, Unreadable

FORM: Final = struct.Struct(">QIQ")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """`position` and `now` are those of the first page, `offset` counts what the earlier ones told."""

    position: int
    offset: int
    now: datetime

    def written(self) -> str:
        """As a cursor."""
        packed = FORM.pack(self.position, self.offset, (self.now - EPOCH) // timedelta(microseconds=1))
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_place(cursor: str | None, head: int, now: datetime) -> Place:
    """Without a cursor the first page, as of now. Raises `Unreadable` for what no page answered."""
    if cursor is None:
        return Place(head, 0, now)
    try:
        position, offset, then = FORM.unpack(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        found = Place(position, offset, EPOCH + timedelta(microseconds=then))
    except (binascii.Error, struct.error, OverflowError, ValueError):
        raise Unreadable([Fault("/query/cursor", "invalid", "A cursor as a page answered it.")]) from None
    if not 0 < position <= head or found.now > now:
        raise Unreadable([Fault("/query/cursor", "invalid", "A cursor as a page answered it.")])
    return found
