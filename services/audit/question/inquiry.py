"""One question that was asked: by whom, about what, and how the log is read for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request

from domain.engagement.state import EngagementState
from infra.eventstore.feed import Fed
from infra.eventstore.stored import rows_of, stored
from projections import current
from projections.current import CURRENT
from projections.snapshot import Scope
from services.audit.moment import instant, read_time
from services.audit.question.answers import Parameters
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.index import Index
from services.permission import policy
from services.reading.decision import Decided
from services.reading.reads import Look, Reads
from services.reading.recorder import classes_of
from services.reading.view import sight
from services.report.files import Files

BATCH: Final = 20
"""Engagements whose events are in memory at a time."""
OF_ONESELF: Final = frozenset({"ask_seen_by_others", "ask_improper_reads"})
"""What a member of a group asks of it, too: who could read, and read, what tells of them. The rest is for its first client."""


class Inquiry(NamedTuple):
    """`kind` is the noun of what it is about, None for everything that the asker has to do with.

    `request` is None where nobody asked over HTTP. `examined` collects what was looked at, `broken` what of the log cannot be
    relied on for the answer, `things` what they are called.
    """

    reads: Reads
    files: Files
    look: Look
    request: Request[Any, Any, Any] | None
    asked: Parameters
    kind: str | None
    position: int
    now: datetime
    examined: set[UUID]
    broken: list[Finding]
    things: Index

    @property
    def tenant(self) -> UUID:
        return self.look.actor.tenant

    @property
    def zone(self) -> ZoneInfo:
        return self.look.organization.zone

    def others(self, engagement: UUID) -> frozenset[UUID]:
        """Who is or was coached there together with a client who asks: their own words, and what each decided, are not the asker's."""
        actor = self.look.actor
        return frozenset(self.things.coached[engagement]) - {actor.person_id} if actor.role == "client" else frozenset()


Find = Callable[[Inquiry], AsyncIterator[Finding]]


def each(find: Callable[[Case], Iterator[Finding]]) -> Find:
    """A question that is asked of one engagement after the other."""

    async def found(inquiry: Inquiry) -> AsyncIterator[Finding]:
        async for case in cases(inquiry):
            for one in judged(inquiry, case, find):
                yield one

    return found


def judged(inquiry: Inquiry, case: Case, find: Callable[[Case], Iterator[Finding]]) -> list[Finding]:
    """What is found in a case. Where an event tells of what there is not, because somebody gave it another id, it is noted."""
    try:
        return list(find(case))
    except LookupError:
        altered = [fed for fed in case.events if fed.faults]
        inquiry.broken.append(finding("does_not_fit", *altered, stands_out=True, engagement=case.engagement))
        return []


def moment(inquiry: Inquiry) -> datetime | None:
    """What was given as `at`. Raises `Unreadable` and `MomentAhead`."""
    given = inquiry.asked.at
    return None if given is None else instant(read_time(given, "/query/at"), inquiry.zone, inquiry.reads.clock(), "/query/at")


async def cases(inquiry: Inquiry) -> AsyncIterator[Case]:
    """The engagements that are asked about, as far as they can be judged.

    Where an event cannot be read, or is missing, nothing is said of its engagement but that: any answer might be wrong. What
    was altered and can be read is judged, and named beside the answer.
    """
    async for case in stored_cases(inquiry):
        if relied_on(inquiry, case):
            yield case


def relied_on(inquiry: Inquiry, case: Case) -> bool:
    """Whether the case can be judged; why not, or that some of it was altered, is noted."""
    broken = list(unreadable(case))
    marked = [finding("told_of_altered", fed, stands_out=True, about=place(fed)) for fed in case.events if fed.faults]
    inquiry.broken.extend(broken or marked)
    return not broken


def unreadable(case: Case) -> Iterator[Finding]:
    """Why the case cannot be judged: what cannot be read, and behind which event one is missing."""
    versions: Counter[UUID] = Counter()
    for fed in case.events:
        if not fed.is_readable:
            erased = "content_erased" in fed.faults
            yield finding("erased_event" if erased else "unreadable_event", fed, stands_out=not erased, about=place(fed))
        versions[fed.stream] += 1
        if fed.version != versions[fed.stream]:
            yield finding("event_missing", fed, stands_out=True, about=place(fed), expected=versions[fed.stream])
            versions[fed.stream] = fed.version
    if not versions[case.engagement]:
        yield finding("beginning_missing", case.events[0], stands_out=True, about=place(case.events[0]))


def place(fed: Fed) -> dict[str, Given]:
    return {"type": fed.type, "stream": fed.stream, "version": fed.version, "position": fed.position}


async def stored_cases(inquiry: Inquiry) -> AsyncIterator[Case]:
    """The engagements that are asked about, each with all that is stored of it up to the position; others are answered in between."""
    at, engagements = moment(inquiry), await engagements_of(inquiry)
    for begin in range(0, len(engagements), BATCH):
        some = engagements[begin : begin + BATCH]
        rows: dict[UUID, list[Any]] = {id: [] for id in some}
        for row in await rows_of(inquiry.reads.share(inquiry.tenant), inquiry.tenant, some, inquiry.position):
            rows[row["engagement_id"] or row["stream_id"]].append(row)
        for id, own in rows.items():
            if own:  # else it was begun later
                inquiry.examined.add(id)
                case = Case(id, [stored(row) for row in own], inquiry.zone, inquiry.now, at)
                for fed in case.events:
                    inquiry.things.take(fed)
                yield case
            await asyncio.sleep(0)


async def engagements_of(inquiry: Inquiry) -> list[UUID]:
    """Those that the question is about. That they are told of is noted, where `look` has not done it."""
    about = inquiry.asked.about
    if inquiry.look.engagement is not None:
        return [inquiry.look.engagement.id]
    scope = policy.scope(inquiry.look.actor)
    if inquiry.kind == "program" and about is not None:
        scope = Scope(program_ids=frozenset({about}), client_id=scope.client_id)
    elif inquiry.kind == "person":
        may = inquiry.look.actor.role != "client" or inquiry.look.action in OF_ONESELF
        scope = scope._replace(client_id=about, member_id=about if may else None)
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, CURRENT["engagement"], shown_by=Decided.PAST) as (rows, _):
        found = await current.listed(rows, "engagement", scope, after=None, limit=None, words=False)
    states: list[EngagementState] = [one.state for one in found]
    seen = sight(inquiry.look.actor)
    await inquiry.reads.note(inquiry.look, [(person, classes_of(seen)) for state in states for person in state.ever_coached])
    return [state.id for state in states]
