"""What a coach held as the organization's log stood at a position: what a log that was handed in is bound to, by one digest."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from domain.values import Digest
from projections.credential_log import Held, Hours


class Summary(Struct, frozen=True, kw_only=True):
    """How many sessions, how many minutes, how many of them paid, and the digest over them all."""

    sessions: int
    minutes: int
    paid_minutes: int
    digest: Digest


def summary(hours: Hours, position: int) -> Summary:
    """Every session that was recorded up to a position, with its minutes as they stood there: the same for ever, whoever asks."""
    held = [(one, minutes_at(one, position)) for one in hours.held if one.position <= position]
    lines = (f"{one.session_id} {minutes} {'pro bono' if one.pro_bono else 'paid'} {one.participants}\n" for one, minutes in by_id(held))
    return Summary(
        sessions=len(held),
        minutes=sum(minutes for _, minutes in held),
        paid_minutes=sum(minutes for one, minutes in held if not one.pro_bono),
        digest=hashlib.sha256("".join(("throughline-credential-log-v1\n", *lines)).encode()).hexdigest(),
    )


def by_id(held: list[tuple[Held, int]]) -> list[tuple[Held, int]]:
    return sorted(held, key=lambda one: one[0].session_id)


def minutes_at(held: Held, position: int) -> int:
    return next((change.minutes for change in reversed(held.changes) if change.position <= position), held.minutes)
