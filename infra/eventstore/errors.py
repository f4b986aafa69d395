"""What the store answers when it cannot do what was asked: refusals of the request, and outages to try again after."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.errors import NotFound, Refusal


class Unavailable(Exception):
    """Not now: try again in `retry_after` seconds. Nothing was lost; an idempotency key makes trying again safe."""

    retry_after: ClassVar[int] = 1

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or type(self).__doc__)


class Busy(Unavailable):
    """Others of the organization are at work on the same thing, or too many at once, at this moment: try again."""


class DatabaseAway(Unavailable):
    """The database does not answer: try again."""

    retry_after = 5


class DatabaseReadOnly(Unavailable):
    """The database takes no changes at this moment, and nothing was changed: what is there can be read. Try again."""

    retry_after = 10


class KeyUnavailable(Unavailable):
    """The keys of personal values cannot be had: try again."""

    retry_after = 10


class NoKeys(KeyUnavailable):
    """The organization has no keys: there is none of that id, or it was ended."""


class KeyLost(KeyUnavailable):
    """The key of a personal value is not there, or is damaged, while its organization's others are: trying again helps nobody."""


class NewerRelease(Unavailable):
    """This was written by a newer release than the one that answers: try again when the update has reached it."""

    retry_after = 30


class SchemaDiffers(Unavailable):
    """The database has another release's schema, or other rights: `throughline migrate` mends it, and a restart of what still runs."""

    retry_after = 30


class IdempotencyKeyReused(Refusal):
    """This Idempotency-Key was used for another request: use a new one for each new request."""


class UnknownTenant(NotFound):
    """There is no such organization."""


class LogAltered(ValueError):
    """A search through the log came upon an event that is missing: somebody changed the log by hand."""


class EventUnreadable(LogAltered):
    """What is stored of an event does not decode, or does not follow from what stands before it: somebody changed the log by hand."""

    def __init__(self, stream: UUID, version: int, position: int) -> None:
        super().__init__(f"stream {stream}: version {version} at position {position} cannot be read")
        self.stream = stream
        self.version = version
        self.position = position


def is_outage(error: Exception) -> bool:
    """Whether it will pass, and is the fault of no event."""
    return isinstance(error, Unavailable) and not isinstance(error, KeyLost)


class SealBroken(Exception):
    """A sealed value does not open where it stands: it was moved, altered, or made with another key.

    Never shown to a user, and no outage either: somebody has to look at it.
    """
