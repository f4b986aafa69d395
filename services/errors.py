"""What the doors refuse before any rule of the domain is asked. The docstring is what a user reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from domain.errors import Refusal
from infra.eventstore.errors import EventUnreadable, LogAltered


class Fault(NamedTuple):
    """One thing that is wrong with a request: the JSON pointer of the field (of a parameter `/query/limit`), and what."""

    pointer: str
    code: str
    detail: str


class Unreadable(Refusal):
    """The request cannot be read as this operation's: see `errors` for every fault in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class Unauthenticated(Refusal):
    """Send an API key that is valid: `Authorization: Bearer tl_...`."""

    def __init__(self, detail: str | None = None, *, guessed: bool = True, **facts: Any) -> None:
        """`guessed`: something was sent, and it never opened anything. More is told only to who holds what once opened."""
        super().__init__(detail, **facts)
        self.guessed = guessed


class ScopeMissing(Refusal):
    """Your role may do this, but your key lacks the scope for it: see `facts`."""


class KeyExceedsMaker(Refusal):
    """A key never grants more than its maker may: leave out the scopes that you lack, or let the person make it themselves."""


class KeyEnded(Refusal):
    """This key has expired, or was revoked: it stays as it is. Make another one."""


class KeyReplaced(Refusal):
    """Another key was made instead of this one already: `facts` names it. Rotate that."""


class RoleNotGranted(Refusal):
    """The person does not hold that role today: grant it first, or choose another one."""


class ScopesRequired(Refusal):
    """A key for the role integration says what it is for: name its scopes."""


class ExpiryOutOfRange(Refusal):
    """A key expires ahead, one for the role integration within a year, and none after the key that it is made with."""


class PreconditionRequired(Refusal):
    """Say which version you change: read it, and send its ETag as If-Match."""


class PreconditionFailed(Refusal):
    """It is no longer at the version that If-Match names: read it again."""


class NotAcceptable(Refusal):
    """This is answered as `application/json`, and what can be a spreadsheet as `text/csv`, too: accept that."""


class PayloadTooLarge(Refusal):
    """The body is larger than this operation takes."""


class BodyTooSlow(Refusal):
    """The body did not arrive in time: send it again, all at once."""


class HeadTooLarge(Refusal):
    """The address and the headers together are larger than any request's may be: send fewer, or shorter ones."""


class UnsupportedMediaType(Refusal):
    """Send the body as `application/json` in UTF-8, without a content encoding."""


class NothingMade(Refusal):
    """The item of the batch that this one refers to was refused, or makes nothing: see its own outcome."""


class RowRefused(Exception):
    """A row of an import is refused, for the reason `why`: nothing of its stream was written."""

    def __init__(self, place: str, why: Refusal) -> None:
        super().__init__(f"{place}: {type(why).__name__}: {why}")
        self.place = place
        self.why = why


class MomentAhead(Refusal):
    """That moment lies ahead: ask for one up to now."""


class MomentUnknown(Refusal):
    """No approval or signature stands at that version: take the `version` that the timeline has of it, which is not `plan_version`."""


class MomentsReversed(Refusal):
    """`from` lies after `to`: exchange them."""


class NotBegun(Refusal):
    """It did not exist yet at that moment: ask for a later one."""


class NotNow(Refusal):
    """Not at this moment: ask again in `retry_after` seconds."""

    retry_after: int = 5


class AskedAlready(NotNow):
    """Something else that goes through all engagements is being worked out for this key: wait for its answer, or ask about less."""


class TooManyAsk(NotNow):
    """Too many wait for what goes through all engagements: ask again in some seconds, or about less."""

    retry_after: int = 15


class TooManyAttempts(NotNow):
    """Too many tries from your network that came to nothing, or for the same address: wait for as long as Retry-After says."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class TooManyRequests(NotNow):
    """Your key, or your organization, has sent as many requests as it may in a minute: go on after as many seconds as Retry-After says."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class LogUnreadable(Refusal):
    """This needs an event that cannot be read, or that is missing: somebody changed the log. Ask whether history was altered."""

    @classmethod
    def of(cls, error: LogAltered) -> LogUnreadable:
        """Names the event, where it is known."""
        if not isinstance(error, EventUnreadable):
            return cls()
        return cls(stream=error.stream, version=error.version, position=error.position)


class LinkExpired(Refusal):
    """The link was good for some minutes only: read the report again for a new one."""
