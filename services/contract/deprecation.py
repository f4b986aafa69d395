"""Operations that will end, told with every answer of theirs (RFC 9745, RFC 8594) and in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Final, NamedTuple


class Ending(NamedTuple):
    """Since when an operation is deprecated, when it ends, and the path of what tells of its successor."""

    since: date
    ends: date
    link: str = "/docs"


DEPRECATED: Final[dict[str, Ending]] = {}
"""By operation id. Nothing is removed that did not stand here for a release; today nothing is to end."""


def endings(operation_id: str | None) -> Mapping[str, str]:
    """The headers of an operation's answers; none, when it stays."""
    ending = DEPRECATED.get(operation_id or "")
    if ending is None:
        return {}
    return {
        "Deprecation": f"@{int(midnight(ending.since).timestamp())}",
        "Sunset": format_datetime(midnight(ending.ends), usegmt=True),
        "Link": f'<{ending.link}>; rel="deprecation"',
    }


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
