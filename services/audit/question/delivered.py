"""Question 14: how many hours did a coach deliver, paid and pro bono, and what backs them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from typing import Final, NamedTuple
from uuid import UUID

from domain.engagement.events import EngagementProposed, MemberAdded
from domain.person.state import PersonState
from domain.session.events import SessionCompleted, SessionRescheduled, SessionScheduled, SessionTimeCorrected, SessionTimeCountered
from infra.eventstore.feed import Fed
from infra.eventstore.reading import Reading
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding
from services.audit.question.inquiry import Inquiry, cases, judged

CHANGES: Final = (SessionTimeCorrected, SessionTimeCountered)


class Delivered(NamedTuple):
    """A session that was held: by whom, how long after all corrections, and the events that say so."""

    coach: UUID
    booked: SessionScheduled
    held: SessionCompleted
    minutes: int
    evidence: tuple[Fed, ...]

    @property
    def countered(self) -> bool:
        return any(isinstance(one.event, SessionTimeCountered) for one in self.evidence)


async def delivered_hours(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Session by session; then what it comes to for each coach. About somebody who coaches: what they held, wherever."""
    coach = inquiry.asked.about if inquiry.kind == "person" and coached(inquiry) else None
    every: dict[UUID, list[Delivered]] = defaultdict(list)
    async for case in cases(inquiry._replace(kind=None) if coach is not None else inquiry):
        people = await inquiry.reads.store.read(inquiry.tenant, *clients(case))

        def told(case: Case, people: Reading = people) -> Iterator[Finding]:
            for one in delivered(case):
                if coach in (None, one.coach):
                    every[one.coach].append(one)
                    yield session(case, one, people)

        for one in judged(inquiry, case, told):
            yield one
    for who, held in every.items():
        yield total(who, held)


def coached(inquiry: Inquiry) -> bool:
    assert inquiry.asked.about is not None  # it is about a person
    person: PersonState = inquiry.look.reading.state(inquiry.asked.about, "person")
    return any(held.role == "coach" for held in person.memberships)


def clients(case: Case) -> list[UUID]:
    """Everybody who was ever coached in it."""
    return [*(event.client_id for _, event in case.of(EngagementProposed)), *(event.client_id for _, event in case.of(MemberAdded))]


def delivered(case: Case) -> Iterator[Delivered]:
    """In the order in which they were held."""
    booked = {event.session_id: event for _, event in case.of(SessionScheduled)}
    coaches = {id: event.coach_id for id, event in booked.items()}
    coaches |= {fed.stream: event.coach_id for fed, event in case.of(SessionRescheduled)}
    changes: dict[UUID, list[Fed]] = defaultdict(list)
    for change in case.events:
        if isinstance(change.event, CHANGES):
            changes[change.stream].append(change)
    for fed, held in case.of(SessionCompleted):
        later = changes[fed.stream]
        minutes = [one.event.to for one in later if isinstance(one.event, CHANGES)]
        yield Delivered(coaches[fed.stream], booked[fed.stream], held, minutes[-1] if minutes else held.minutes, (fed, *later))


def session(case: Case, one: Delivered, people: Reading) -> Finding:
    """What was changed after a log was handed in stands out; so do hours that no client lets be listed, for nobody can ask them."""
    listed = any(people.exists(id) and one.coach in people.state(id, "person").listed_by for id in clients(case))
    kind = "hours_countered" if one.countered else "hours_backed" if listed else "hours_unlisted"
    return finding(
        kind,
        *one.evidence,
        stands_out=kind != "hours_backed",
        engagement=case.engagement,
        session=one.booked.session_id,
        session_no=one.booked.session_no,
        coach=one.coach,
        on=case.day(one.evidence[0].occurred_at),
        recorded_minutes=one.held.minutes,
        minutes=one.minutes,
        payment="pro bono" if one.held.pro_bono else "paid",
        head_count=one.held.participants,
        listed=listed,
    )


def total(coach: UUID, held: list[Delivered]) -> Finding:
    """By the events of the sessions, which stand with each of them."""
    paid = sum(one.minutes for one in held if not one.held.pro_bono)
    minutes = sum(one.minutes for one in held)
    return finding("hours_of_coach", coach=coach, sessions=len(held), minutes=minutes, paid_minutes=paid, pro_bono_minutes=minutes - paid)
