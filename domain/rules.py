"""The rules that every noun shares: when a reported fact may have happened, and when a reason is good enough."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from domain.context import Context, Policy
from domain.errors import OccurredAtOutOfRange, ReasonRequired
from domain.errors.organization import LocaleUnknown, QuotaReached, TimeZoneUnknown
from domain.values import Code

CLOCKS_DIFFER: Final = timedelta(minutes=5)
REASON_LENGTH: Final = 10
LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
"""Language, script, region and variants of BCP 47; its extensions and private tags choose nothing here."""


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


def require_locale(tag: str, *, at: str = "/locale") -> Code:
    """A language tag in the one form in which it is kept: lower case, for case says nothing in one (RFC 5646, 2.1.1), with hyphens."""
    found = tag.strip().replace("_", "-").lower()
    if not LANGUAGE_TAG.fullmatch(found):
        raise LocaleUnknown(pointer=at)
    return found


def require_time_zone(name: str, *, at: str = "/time_zone") -> None:
    """The time zone is one of the IANA list as this release carries it. `at` points to the field that names it."""
    if not is_time_zone(name):
        raise TimeZoneUnknown(pointer=at)


def is_time_zone(name: str) -> bool:
    return name in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})  # the zone of a machine, and the zone of nowhere
