"""Questions 7 and 10: what others could see of a person and were shown, and who read what they should not."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple, get_args
from uuid import UUID

from domain.engagement.events import AgreementAmended, DisclosureConsentGranted, DisclosureConsentWithdrawn
from domain.engagement.state import EngagementState
from domain.glossary import Disclosure
from domain.nouns import NOUNS
from domain.report.events import ReportGenerated, ReportRequested, ReportShared
from infra.eventstore.feed import Fed
from infra.eventstore.stored import feed_at
from projections.access_log import ACCESS_LOG, Access, about
from projections.snapshot import Row
from services.audit.access.query import of_engagement
from services.audit.question.case import Case
from services.audit.question.emergency import emergencies, was_open
from services.audit.question.finding import Finding, finding
from services.audit.question.inquiry import Inquiry, cases, moment, place
from services.reading.decision import Decided

A_TIME: Final = 200
"""Readings that are read at a time."""
DISCLOSURES: Final = frozenset(get_args(Disclosure))
CONSENTS: Final = (DisclosureConsentGranted, DisclosureConsentWithdrawn, AgreementAmended)


async def seen_by_others(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Of a person up to the end of a day, else up to now: what could be seen then, what was shown, and which reports were opened."""
    assert inquiry.asked.about is not None  # the table says that it needs one
    at = moment(inquiry)
    until = inquiry.position if at is None else await inquiry.reads.store.position_at(inquiry.tenant, at)
    day = inquiry.look.today if at is None else inquiry.look.organization.day(at)
    async for case in cases(inquiry):
        known = [fed for fed in case.events if fed.position <= until]
        state = next(iter(deque(folds([fed for fed in known if fed.stream == case.engagement]), maxlen=1)), None)
        seen = [*could_see(inquiry, case, known, state, day), *emergencies(case, known, state)] if state is not None else []
        for one in (*seen, *reports(known)):
            yield one
    async for some in readings(inquiry, inquiry.asked.about, until):
        for fed, row in await with_events(inquiry, some):
            yield shown(fed, row.document)


def could_see(inquiry: Inquiry, case: Case, known: Sequence[Fed], state: EngagementState, day: date) -> Iterator[Finding]:
    others = inquiry.others(case.engagement)
    consents = [fed for fed in known if isinstance(fed.event, CONSENTS) and fed.meta.actor not in others]
    for one in of_engagement(inquiry.tenant, state, day, inquiry.look.organization):
        proof = consents if one.role == "sponsor" else []
        classes = tuple(one.classes) or "nothing but that it is there"
        kind = "could_see" if one.person_id else "every_role_could_see"
        yield finding(kind, *proof, engagement=case.engagement, role=one.role, person=one.person_id, day=day, classes=classes)


def reports(known: Sequence[Fed]) -> Iterator[Finding]:
    """Files that were opened to somebody, by their hash."""
    asked: dict[UUID, tuple[Fed, ReportRequested]] = {}
    for fed in known:
        match fed.event:
            case ReportRequested() as event:
                asked[fed.stream] = (fed, event)
            case ReportGenerated() as event if fed.stream in asked:
                request, wish = asked[fed.stream]
                yield finding("report_made_for", request, fed, report=fed.stream, recipients=wish.recipients, sha256=event.sha256)
            case ReportShared() as event:
                yield finding("report_shared", fed, report=fed.stream, recipients=event.recipients, sha256=event.sha256)


def shown(fed: Fed, access: Access) -> Finding:
    return finding(
        "was_shown_in_emergency" if access.purpose == "emergency" else "was_shown",
        fed,
        reader=access.reader_id,
        role=access.role,
        action=access.action,
        record=access.record_id,
        at=access.at,
        classes=tuple(access.classes),
    )


class Own(NamedTuple):
    """An engagement of a client: its streams, and how it stood from each of its own events on, which say who might see what."""

    streams: frozenset[UUID]
    case: Case
    positions: Sequence[int]
    states: Sequence[EngagementState]

    def consents(self, position: int, at: datetime) -> frozenset[str]:
        """What the client disclosed when the log stood before a position."""
        stood = self.stood(position)
        return frozenset(stood.facts(self.case.day(at)).consents) if stood is not None else frozenset()

    def stood(self, position: int) -> EngagementState | None:
        """As it was when the log stood before a position; None where it had not begun."""
        place = bisect_left(self.positions, position)
        return self.states[place - 1] if place else None


async def improper_reads(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Words are for client and coach, whose readings are not noted: so none may be noted but what an emergency opened, and that is told.

    A sponsor sees what is consented.
    """
    clients: dict[UUID, list[Own]] = {}
    async for case in cases(inquiry):
        own = [fed for fed in case.events if fed.stream == case.engagement]
        states = list(folds(own))
        known = Own(frozenset(fed.stream for fed in case.events), case._replace(events=()), [fed.position for fed in own], states)
        for client in told_of(inquiry, states[-1]):
            clients.setdefault(client, []).append(known)
        for one in emergencies(case, own, states[-1]):
            yield one
    for client, engagements in clients.items():
        async for some in readings(inquiry, client, inquiry.position):
            wrong = {row.key: why for row in some if (why := beyond(row, judged_by(inquiry, row.document, engagements)))}
            for fed, row in await with_events(inquiry, [row for row in some if row.key in wrong]):
                access = row.document
                classes = tuple(sorted(wrong[row.key]))
                yield finding(
                    "read_without_right",
                    fed,
                    stands_out=True,
                    reader=access.reader_id,
                    role=access.role,
                    action=access.action,
                    record=access.record_id,
                    subject=access.subject_id,
                    at=access.at,
                    classes=classes,
                )


def told_of(inquiry: Inquiry, state: EngagementState) -> frozenset[UUID]:
    """Whose readings are judged: everybody's who is or was coached there, of a person's question their own."""
    actor, person = inquiry.look.actor, inquiry.asked.about if inquiry.kind == "person" else None
    one = actor.person_id if actor.role == "client" else person
    return state.ever_coached if one is None else frozenset({one})


def judged_by(inquiry: Inquiry, access: Access, engagements: Sequence[Own]) -> list[Own]:
    """The engagements whose consents the reading had to keep to; none when it is not about what is asked.

    That of the record that was read. A list, or a record of no engagement, is judged by all of the client's, where all are asked about.
    """
    found = [one for one in engagements if access.record_id in one.streams]
    if found or inquiry.kind not in (None, "person") or inquiry.look.actor.programs is not None:
        return found
    return list(engagements)


def beyond(row: Row[Access], judged: Sequence[Own]) -> set[str]:
    """The classes of a reading that were not for the reader at that moment."""
    access = row.document
    opened = any(was_open(access, one.stood(row.position)) for one in judged)
    wrong: set[str] = {"words"} & set(access.classes) if judged and not opened else set()
    if judged and access.role == "sponsor":
        consented = frozenset[str]().union(*(one.consents(row.position, access.at) for one in judged))
        wrong |= (set(access.classes) & DISCLOSURES) - consented
    return wrong


def folds(events: Sequence[Fed]) -> Iterator[EngagementState]:
    """The engagement as each of its events leaves it."""
    noun = NOUNS["engagement"]
    state: EngagementState = noun.initial
    for fed in events:
        state = noun.evolve(state, fed)
        yield state


async def readings(inquiry: Inquiry, person: UUID, until: int) -> AsyncIterator[list[Row[Access]]]:
    """What was shown of a person up to a position, some at a time, the latest first."""
    after: UUID | None = None
    while True:
        async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, ACCESS_LOG, shown_by=Decided.PAST) as (rows, _):
            some = await about(rows, person, until=until, after=after, limit=A_TIME)
        if some:
            inquiry.examined.update(row.key for row in some)
            yield some
        if len(some) < A_TIME:
            return
        after = some[-1].key


async def with_events(inquiry: Inquiry, rows: Sequence[Row[Access]]) -> list[tuple[Fed, Row[Access]]]:
    """Each reading with the event that noted it, where there still is one; else the log is broken there."""
    noted = await feed_at(inquiry.reads.share(inquiry.tenant), inquiry.tenant, [row.position for row in rows])
    inquiry.broken.extend(
        finding("reading_missing", stands_out=True, position=row.position, reader=row.document.reader_id, at=row.document.at)
        for row in rows
        if row.position not in noted
    )
    inquiry.broken.extend(finding("told_of_altered", fed, stands_out=True, about=place(fed)) for fed in noted.values() if fed.faults)
    return [(noted[row.position], row) for row in rows if row.position in noted]
