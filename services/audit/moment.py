"""The moments that somebody asks for, and where they lie in the log.

A moment stands on two clocks. The record clock says what was known: at a time (`recorded`), at a `position` of the log, or
when something was agreed (`approval` of the plan, `signature` of the agreement, by their version in the stream). The business
clock (`occurred`) says of what time: what had happened by then, by all that is known, or with both by what was known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.engagement.events import AgreementSigned
from domain.event import Event
from domain.plan.events import PlanApproved
from domain.rules import CLOCKS_DIFFER
from domain.values import Instant
from infra.eventstore.feed import events_at
from infra.eventstore.hindsight import At
from infra.eventstore.look import last_look
from services.entry.faults import YEARS
from services.errors import Fault, MomentAhead, MomentUnknown, NotBegun, Unreadable
from services.reading.reads import Look, Reads

RECORD_CLOCK: Final = ("recorded", "position", "approval", "signature")
CLOCKS: Final = (*RECORD_CLOCK, "occurred")
NOW: Final = "now"
LAST_LOOK: Final = "last-look"
NUMBER: Final = re.compile(r"0{0,17}[1-9][0-9]{0,17}")
MOST_VERSIONS: Final = 2**31 - 1
"""What the log has room for in one stream."""
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
BEFORE_THE_LOG: Final = (
    "Nothing was recorded by then: the organization's log begins later. What is said of that time stands on the other clock: "
    "ask with `occurred` in place of `recorded`."
)
CURE: Final[Mapping[str, str]] = {
    "time": "A day, such as 2026-03-01, or a moment with its offset, such as 2026-03-01T10:00:00Z (a + in a query is written %2B).",
    "number": "A whole number, such as 12.",
}


class Moment(NamedTuple):
    """A moment as it was asked for. Without a value on the record clock it is about all that is known.

    `looked`: when the reader looked last, before everything if they never did. `parameter` is where in the query it stood, for
    refusals.
    """

    recorded: datetime | date | None = None
    position: int | None = None
    approval: int | None = None
    signature: int | None = None
    occurred: datetime | date | None = None
    looked: bool = False
    parameter: str = ""

    def place(self, clock: str) -> str:
        """The parameter that a refusal of this clock's value names."""
        return f"/query/{self.parameter or clock}"


def given_moment(**given: str | None) -> Moment:
    """From one parameter a clock. Raises `Unreadable`, also when there is none."""
    clocks = {clock: value for clock, value in given.items() if value is not None}
    if not clocks:
        raise Unreadable([Fault("/query", "required", f"Name a moment by one of {', '.join(given)}.")])
    return moment_of(clocks, "")


def read_moment(text: str, parameter: str) -> Moment:
    """From one parameter: `now`, `last-look`, a day or a time of the record clock, or `clock:value`, both with a comma between.

    Raises `Unreadable`.
    """
    if text in (NOW, LAST_LOOK):
        return Moment(looked=text == LAST_LOOK, parameter=parameter)
    parts = [part.partition(":") if part.partition(":")[0] in CLOCKS else ("recorded", ":", part) for part in text.split(",")]
    clocks = {clock: value for clock, _, value in parts}
    if len(clocks) < len(parts):
        raise Unreadable([Fault(f"/query/{parameter}", "conflicting", "Give each clock once.")])
    return moment_of(clocks, parameter)


def moment_of(clocks: Mapping[str, str], parameter: str) -> Moment:
    known = [clock for clock in RECORD_CLOCK if clock in clocks]
    if len(known) > 1:
        where = f"/query/{parameter or known[1]}"
        raise Unreadable([Fault(where, "conflicting", f"Give one of {', '.join(RECORD_CLOCK)}; only occurred goes with each of them.")])
    read = {
        clock: read_time(value, f"/query/{parameter or clock}")
        if clock in ("recorded", "occurred")
        else read_number(value, f"/query/{parameter or clock}")
        for clock, value in clocks.items()
    }
    return Moment(**read, parameter=parameter)  # type: ignore[arg-type]  # each clock has the type of its reader


def read_time(value: str, where: str) -> datetime | date:
    try:
        found = date.fromisoformat(value) if DAY.fullmatch(value) else msgspec.convert(value, Instant, strict=False)
    except (ValueError, msgspec.ValidationError):
        raise Unreadable([Fault(where, "invalid", CURE["time"])]) from None
    if found.year not in YEARS:
        raise Unreadable([Fault(where, "out_of_range", f"The year must be between {YEARS.start} and {YEARS.stop - 1}.")])
    return found


def read_number(value: str, where: str) -> int:
    if not NUMBER.fullmatch(value):
        raise Unreadable([Fault(where, "invalid", CURE["number"])])
    return int(value)


async def at_moment(reads: Reads, look: Look, moment: Moment, *, plan: UUID | None = None, engagement: UUID | None = None) -> At:
    """Where the moment lies in the log, as it was when it was decided who may see it: what came since is not yet.

    Raises `MomentAhead` for what is not yet, and `MomentUnknown`.
    """
    head = look.reading.head
    assert head is not None  # who looks is in the log
    zone, now = look.organization.zone, reads.clock()
    occurred = instant(moment.occurred, zone, now, moment.place("occurred"))
    if moment.looked:
        return At(await last_look(reads.share(look.actor.tenant), look.actor.tenant, look.actor.person_id, plan)) if plan else At()
    if moment.recorded is not None:
        recorded = instant(moment.recorded, zone, now, moment.place("recorded"))
        reaches_head = recorded is not None and recorded >= head.recorded_at
        return At(position=head.position if reaches_head else None, recorded=recorded, occurred=occurred)
    if moment.position is not None and moment.position > head.position:
        raise MomentAhead(pointer=moment.place("position"), position=head.position)
    position = moment.position
    if moment.approval is not None:
        position = await position_of(reads, look, plan, moment.approval, PlanApproved, moment.place("approval"))
    elif moment.signature is not None:
        position = await position_of(reads, look, engagement, moment.signature, AgreementSigned, moment.place("signature"))
    return At(position=position or head.position, occurred=occurred)


def not_begun(position: int) -> NotBegun:
    """The refusal for a moment at which the record clock stood there; before the first record it says where to look instead."""
    return NotBegun(BEFORE_THE_LOG if position == 0 else None, position=position)


def instant(when: datetime | date | None, zone: ZoneInfo, now: datetime, where: str) -> datetime | None:
    """A day is its last instant in the organization's zone; today goes on until now."""
    if when is None:
        return None
    if isinstance(when, datetime):
        if when > now + CLOCKS_DIFFER:
            raise MomentAhead(pointer=where, now=now)
        return when
    if when > now.astimezone(zone).date():
        raise MomentAhead(pointer=where, now=now)
    return datetime.combine(when + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)


async def position_of(reads: Reads, look: Look, stream: UUID | None, version: int, kind: type[Event], where: str) -> int:
    """The position of what was agreed at a version of the stream."""
    found = (
        await events_at(reads.share(look.actor.tenant), look.actor.tenant, stream, [version])
        if stream is not None and version <= MOST_VERSIONS
        else []
    )
    head = look.reading.head
    assert head is not None  # who looks is in the log
    if not found or not isinstance(found[0].event, kind) or found[0].position > head.position:
        raise MomentUnknown(pointer=where, version=version)
    return found[0].position
