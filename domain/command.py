"""What a command is: the intent, and at once the wire schema of its route."""

from __future__ import annotations

from msgspec import Struct

from domain.values import Instant


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody wants to happen. Its docstring is the API's description; its fields are the request's body."""


class Report(Command, frozen=True, kw_only=True):
    """A command that reports a fact which may lie in the past.

    `occurred_at` is when it happened: at most five minutes ahead of the server's clock, and never before its object was
    made. Left out, it happened now.
    """

    occurred_at: Instant | None = None
