"""What the comparison of two moments shows: the changes by reason and wish, each in a sentence with its latest event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from services.audit.difference import BoundAnswer, CauseAnswer, DifferenceAnswer, DifferencesAnswer, ReasonAnswer
from services.pages.plan import named
from services.pages.words import word, words
from services.reading.view import Text
from services.wording.spoken import say

MARKS: Final[Mapping[str, str]] = {
    "added": "over",
    "completed": "over",
    "reached": "over",
    "moved": "waiting",
    "refined": "waiting",
    "dropped": "late",
    "missed": "late",
    "withdrawn": "late",
}
"""The class that shows a kind of change; others are plain."""


class Change(NamedTuple):
    """One change; `last` is the event that made it what it is."""

    shown: DifferenceAnswer
    mark: str
    last: CauseAnswer | None


class Group(NamedTuple):
    """The changes of one reason, and of whose wish they were."""

    heading: str
    changes: Sequence[Change]


class Bound(NamedTuple):
    """One of the two moments, and the day that the form shows for it."""

    shown: BoundAnswer
    at: datetime | None
    on: date | None


class DifferenceView(NamedTuple):
    """The whole page; `counts` says how many changes there are of each kind, the most frequent first."""

    begin: Bound
    end: Bound
    groups: Sequence[Group]
    counts: Sequence[tuple[str, int]]
    names: Mapping[UUID, Text | None]
    zone: ZoneInfo


def difference_view(told: DifferencesAnswer, zone: ZoneInfo) -> DifferenceView:
    counted = Counter(item.kind for reason in told.reasons for item in reason.items)
    return DifferenceView(
        begin=bound(told.from_, zone),
        end=bound(told.to, zone),
        groups=[Group(heading(reason), [change(item) for item in reason.items]) for reason in told.reasons],
        counts=[(word(kind), n) for kind, n in counted.most_common()],
        names=named(told.people),
        zone=zone,
    )


def bound(shown: BoundAnswer, zone: ZoneInfo) -> Bound:
    at = shown.occurred_until or shown.recorded_at
    return Bound(shown, at, at.astimezone(zone).date() if at else None)


def heading(reason: ReasonAnswer) -> str:
    """Why, where somebody said so, and whose wish it was."""
    whose = word(reason.initiator) if reason.initiator else ""
    if reason.reason_code is None:
        return say("By the {initiator}", initiator=whose) if whose else say("Otherwise")
    why = words(reason.reason_code)
    return say("{reason}, wished by the {initiator}", reason=why, initiator=whose) if whose else why


def change(item: DifferenceAnswer) -> Change:
    return Change(item, MARKS.get(item.kind, ""), item.events[-1] if item.events else None)
