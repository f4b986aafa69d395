"""The rules that every noun shares: when a reported fact may have happened, and when a reason is good enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from domain.context import Context, Policy
from domain.errors import OccurredAtOutOfRange, ReasonRequired
from domain.errors.organization import QuotaReached, TimeZoneUnknown
from domain.values import Code

CLOCKS_DIFFER: Final = timedelta(minutes=5)
REASON_LENGTH: Final = 10


def require_occurred_since(made: datetime, context: Context) -> None:
    """A report lies at most five minutes ahead of the server, and not before the thing it is about was made."""
    if not made <= context.occurred_at <= context.now + CLOCKS_DIFFER:
        raise OccurredAtOutOfRange(pointer="/occurred_at", earliest=made, latest=context.now + CLOCKS_DIFFER)


def require_reason(code: Code | None, reason: str | None, policy: Policy, *, at: str = "") -> None:
    """A code of the organization's list, or ten characters of reason. A code that is not on the list never passes.

    `at` points to the part of the command that the reason is in.
    """
    if code is not None and code not in policy.reason_codes:
        raise ReasonRequired("That reason code is not on the organization's list.", pointer=f"{at}/reason_code", known=policy.reason_codes)
    if code is None and len((reason or "").strip()) < REASON_LENGTH:
        raise ReasonRequired(pointer=f"{at}/reason", known=policy.reason_codes)


def require_place(left: int | None, quota: Code) -> None:
    """There is a place left of what the quota of that name counts; None: it has no end."""
    if left is not None and left <= 0:
        raise QuotaReached(quota=quota)


def require_time_zone(name: str, *, at: str = "/time_zone") -> None:
    """The time zone is one of the IANA list as this release carries it. `at` points to the field that names it."""
    if not is_time_zone(name):
        raise TimeZoneUnknown(pointer=at)


def is_time_zone(name: str) -> bool:
    return name in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})  # the zone of a machine, and the zone of nowhere
