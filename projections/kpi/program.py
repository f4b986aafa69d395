"""Whether a program gets going (21) and to its end (31), and whether clients let its sponsors see what they reach (32)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from msgspec import structs

from projections.kpi.clock import lasted
from projections.kpi.coaching import Consent
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_moment, of_period
from projections.kpi.value import Group, Kpi, Share, middle, rate


def days_to_session(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The median of the days from enrolment to the first session that took place, which lies in the period."""
    return middle(21, "days_to_first_session", "days", asked.position, list(first_sessions(facts, asked)))


def first_sessions(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Decimal]]:
    for people, f in of_period(facts, asked):
        first = min((one.held_at for one in f.sessions.values() if one.held_at is not None), default=None)
        if f.enrolled_at is not None and first is not None and asked.holds(first):
            yield people, Decimal(lasted(f, asked.day(f.enrolled_at), asked.day(first)))


def days_to_plan(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The same to the day on which the plan came into force."""
    return middle(21, "days_to_plan", "days", asked.position, list(plans(facts, asked)))


def plans(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Decimal]]:
    for people, f in of_period(facts, asked):
        if f.enrolled_at is not None and f.activated_at is not None and asked.holds(f.activated_at):
            yield people, Decimal(lasted(f, asked.day(f.enrolled_at), asked.day(f.activated_at)))


def completion(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Engagements completed in the period, of those completed or ended early in it; beside it why they ended early.

    One that was given up before its coaching began is neither.
    """
    over = [
        (people, f)
        for people, f in of_period(facts, asked)
        if f.ending in ("completed", "ended_early") and f.closed_on is not None and asked.holds_day(f.closed_on)
    ]
    reasons = Counter(f.ending_reason or "none" for _, f in over if f.ending == "ended_early")
    found = rate(31, "engagement_completion", asked.position, [(people, f.ending == "completed") for people, f in over])
    return structs.replace(found, mix={"reason_code": tuple(Share(code, count) for code, count in reasons.most_common())})


def consent_health(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Sponsored engagements under way on the last day that counts whose client lets the sponsor see something, of all of these.

    Of a group something that everybody who is coached in it on that day lets the sponsor see.
    """
    return rate(32, "consent_health", asked.position, sponsored(facts, asked))


def sponsored(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    for people, f in of_moment(facts, asked):
        if f.sponsor_id is not None and f.began_on is not None and f.began_on <= asked.until and not f.over_by(asked.until):
            valid = [one for one in f.consents if is_valid(one, asked)]
            yield people, bool(frozenset.intersection(*(consented(valid, person) for person in f.coached_on(asked.until))))


def consented(valid: Sequence[Consent], person: UUID) -> frozenset[str]:
    """The classes of content that one person lets the sponsor see."""
    return frozenset(one.subject for one in valid if one.by == person)


def is_valid(consent: Consent, asked: Asked) -> bool:
    """Whether it was granted by the last day that counts, not taken back by then, and its own last day is not over."""
    lasts = consent.until is None or asked.until <= consent.until
    return lasts and asked.had(consent.since) and not asked.had(consent.withdrawn_at)
