"""One question that was asked: by whom, about what, and how the log is read for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request

from domain.engagement.state import EngagementState
from infra.eventstore.feed import Fed, fed, feed_of
from projections import current
from projections.current import CURRENT
from projections.snapshot import Scope
from services import policy
from services.audit.moment import instant, read_time
from services.audit.question.answers import Asked
from services.audit.question.case import Case
from services.audit.question.finding import Finding
from services.reading import Look, Reads
from services.recorder import classes_of
from services.report.files import Files
from services.view import sight

BATCH: Final = 50
"""Engagements whose events are in memory at a time."""


class Inquiry(NamedTuple):
    """`kind` is the noun of what it is about, None for everything that the asker has to do with.

    `request` is None where nobody asked over HTTP. `examined` collects what was looked at.
    """

    reads: Reads
    files: Files
    look: Look
    request: Request[Any, Any, Any] | None
    asked: Asked
    kind: str | None
    position: int
    examined: set[UUID]

    @property
    def tenant(self) -> UUID:
        return self.look.actor.tenant

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.look.organization.time_zone)


Find = Callable[[Inquiry], AsyncIterator[Finding]]


def each(find: Callable[[Case], Iterator[Finding]]) -> Find:
    """A question that is asked of one engagement after the other."""

    async def found(inquiry: Inquiry) -> AsyncIterator[Finding]:
        async for case in cases(inquiry):
            for one in find(case):
                yield one

    return found


def moment(inquiry: Inquiry) -> datetime | None:
    """What was given as `at`. Raises `Unreadable` and `MomentAhead`."""
    given = inquiry.asked.at
    return None if given is None else instant(read_time(given, "query at"), inquiry.zone, inquiry.reads.clock(), "query at")


async def cases(inquiry: Inquiry, as_read: Callable[[Any], Fed] = fed) -> AsyncIterator[Case]:
    """The engagements that are asked about, each with all that happened in it up to the position."""
    at, engagements = moment(inquiry), await engagements_of(inquiry)
    inquiry.examined.update(engagements)
    for begin in range(0, len(engagements), BATCH):
        some = engagements[begin : begin + BATCH]
        events: dict[UUID, list[Fed]] = {id: [] for id in some}
        for one in await feed_of(inquiry.reads.connections, inquiry.tenant, some, inquiry.position, as_read):
            events[one.engagement_id or one.stream].append(one)
        for id in some:
            yield Case(id, events[id], inquiry.zone, inquiry.reads.clock(), at)


async def engagements_of(inquiry: Inquiry) -> list[UUID]:
    """Those that the question is about. That they are told of is noted, where `look` has not done it."""
    about = inquiry.asked.about
    if inquiry.look.engagement is not None:
        return [inquiry.look.engagement.id]
    scope = policy.scope(inquiry.look.actor)
    if inquiry.kind == "program" and about is not None:
        scope = Scope(program_ids=frozenset({about}), client_id=scope.client_id)
    elif inquiry.kind == "person":
        scope = scope._replace(client_id=about)
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, CURRENT["engagement"]) as (rows, _):
        found = await current.listed(rows, "engagement", scope, after=None, limit=None, words=False)
    states: list[EngagementState] = [one.state for one in found]
    seen = sight(inquiry.look.actor)
    await inquiry.reads.note(inquiry.look, [(state.client_id, classes_of(seen)) for state in states])
    return [state.id for state in states]
