"""Question 6: was the agreement in force at a moment, and when each session was held, and with which terms?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import AgreementAmended, AgreementSigned, AgreementTerms, EngagementActivated, RecontractingOpened
from domain.session.events import SessionCompleted, SessionRescheduled, SessionScheduled
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding


class Version(NamedTuple):
    """A version of the terms with the signatures that it has so far; `since` is from when on it ruled, None: it never did."""

    draft: Fed
    terms: AgreementTerms
    signatures: tuple[Fed, ...] = ()
    since: datetime | None = None

    @property
    def is_complete(self) -> bool:
        signed = {fed.event.party for fed in self.signatures if isinstance(fed.event, AgreementSigned)}
        return signed >= {one.party for one in self.terms.parties}


class Anew(NamedTuple):
    """That an agreement was opened to be agreed anew, and when the new terms came into force; None: they did not yet."""

    opened: Fed
    number: int
    amended: Fed | None = None


class Agreements(NamedTuple):
    """What was agreed in an engagement up to a moment, in order."""

    versions: tuple[Version, ...] = ()
    anew: tuple[Anew, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self.anew) and self.anew[-1].amended is None

    def at(self, moment: datetime) -> Version | None:
        """The terms that ruled then."""
        ruled = [(one.since, one) for one in self.versions if one.since is not None and one.since <= moment]
        return max(ruled, key=lambda one: one[0])[1] if ruled else None

    def was_open(self, moment: datetime) -> bool:
        """Whether the agreement was being agreed anew then."""
        return any(one.opened.occurred_at <= moment and (one.amended is None or moment < one.amended.occurred_at) for one in self.anew)


def agreements_of(case: Case, until: datetime) -> Agreements:
    """By the times at which the parties signed."""
    found = Agreements()
    for fed in case.events:
        if fed.occurred_at <= until:
            found = followed(found, fed)
    return found


def followed(found: Agreements, fed: Fed) -> Agreements:
    match fed.event:
        case AgreementTerms() as terms:
            return found._replace(versions=(*found.versions, Version(fed, terms)))
        case AgreementSigned() if found.versions:
            signed = found.versions[-1]._replace(signatures=(*found.versions[-1].signatures, fed))
            ruling = signed._replace(since=fed.occurred_at) if signed.is_complete and not found.is_open else signed
            return found._replace(versions=(*found.versions[:-1], ruling))
        case RecontractingOpened(agreement_version=number):
            return found._replace(anew=(*found.anew, Anew(fed, number)))
        case AgreementAmended() if found.versions and found.anew:
            ruling = found.versions[-1]._replace(since=fed.occurred_at)
            anew = tuple(one if one.amended else one._replace(amended=fed) for one in found.anew)
            return Agreements((*found.versions[:-1], ruling), anew)
    return found


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
    first = next((one for one in found.versions if one.is_complete), None)
    if first is None or start is None:
        return
    signed_on = case.day(max(fed.occurred_at for fed in first.signatures))
    if start[1].starts_on < signed_on:
        yield finding(
            "coaching_before_agreement",
            first.signatures[-1],
            start[0],
            stands_out=True,
            engagement=case.engagement,
            starts_on=start[1].starts_on,
            signed_on=signed_on,
            days=(signed_on - start[1].starts_on).days,
        )
