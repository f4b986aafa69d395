"""Question 6: was the agreement in force at a moment, and when each session was held, and with which terms?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from domain.engagement.events import AgreementTerms, EngagementActivated
from domain.session.events import SessionCompleted, SessionRescheduled, SessionScheduled
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.ruling import Agreements, Anew, Version, agreements_of


def agreement_in_force(case: Case) -> Iterator[Finding]:
    """Without a moment, now."""
    at = case.at or case.now
    found = agreements_of(case, at)
    valid, drafts = found.at(at), [one.draft for one in found.versions[-1:]]
    start = next(((fed, event) for fed, event in case.of(EngagementActivated)), None)
    if valid is not None:
        yield in_force(case, valid)
        if found.is_open:
            opened, number = found.anew[-1].opened, valid.terms.agreement_version
            yield finding("recontracting_open", opened, stands_out=True, number=number, engagement=case.engagement)
    elif start is None or start[1].starts_on > case.day(at):
        yield finding("no_agreement_yet", *drafts, engagement=case.engagement, on=case.day(at))
    else:
        yield finding("coaching_without_agreement", start[0], stands_out=True, engagement=case.engagement, on=case.day(at))
    yield from (took(case, one, one.amended) for one in found.anew if one.amended is not None)
    yield from sessions_held(case, found, at)
    yield from begun_before(case, agreements_of(case, case.now), start)


def in_force(case: Case, valid: Version) -> Finding:
    assert valid.since is not None  # it ruled
    return finding(
        "agreement_in_force",
        valid.draft,
        *valid.signatures,
        engagement=case.engagement,
        number=valid.terms.agreement_version,
        since=case.day(valid.since),
        about=terms_of(valid.terms),
    )


def terms_of(terms: AgreementTerms) -> dict[str, Given]:
    return {
        "sessions": terms.sessions,
        "cadence_days": terms.cadence_days,
        "cancellation_hours": terms.cancellation_hours,
        "termination_days": terms.termination_days,
        "ai_use": terms.ai_use,
    }


def took(case: Case, one: Anew, amended: Fed) -> Finding:
    """How long the old terms went on although they were to be otherwise."""
    opened_on, amended_on = case.day(one.opened.occurred_at), case.day(amended.occurred_at)
    return finding(
        "recontracting_took",
        one.opened,
        amended,
        engagement=case.engagement,
        number=one.number,
        opened_on=opened_on,
        amended_on=amended_on,
        days=(amended_on - opened_on).days,
    )


def sessions_held(case: Case, found: Agreements, at: datetime) -> Iterator[Finding]:
    """Each by the terms that ruled when it began."""
    begins: dict[UUID, datetime] = {}
    numbers: dict[UUID, int] = {}
    for fed in case.events:
        match fed.event:
            case SessionScheduled(starts_at=starts_at, session_no=number):
                begins[fed.stream], numbers[fed.stream] = starts_at, number
            case SessionRescheduled(to=to):
                begins[fed.stream] = to
            case SessionCompleted() if fed.occurred_at <= at:
                yield session_held(case, found, fed, begins[fed.stream], numbers[fed.stream])


def session_held(case: Case, found: Agreements, held: Fed, begun: datetime, number: int) -> Finding:
    valid = found.at(begun)
    given: dict[str, Given] = {
        "engagement": case.engagement,
        "session_no": number,
        "on": case.day(begun),
        "recontracting": found.was_open(begun),
    }
    if valid is None:
        return finding("session_without_agreement", held, stands_out=True, about=given)
    terms = terms_of(valid.terms)
    return finding("session_under_agreement", held, valid.draft, number=valid.terms.agreement_version, about={**given, **terms})


def begun_before(case: Case, found: Agreements, start: tuple[Fed, EngagementActivated] | None) -> Iterator[Finding]:
    """Coaching whose first day lies before the day on which the last party signed."""
    first = next((one for one in found.versions if one.signed_at is not None), None)
    if first is None or first.signed_at is None or start is None:
        return
    signed_on, last = case.day(first.signed_at), [fed for fed in first.signatures if fed.occurred_at <= first.signed_at]
    if start[1].starts_on < signed_on:
        yield finding(
            "coaching_before_agreement",
            *last[-1:],
            start[0],
            stands_out=True,
            engagement=case.engagement,
            starts_on=start[1].starts_on,
            signed_on=signed_on,
            days=(signed_on - start[1].starts_on).days,
        )
