"""Questions 1 and 6: what was signed, and whether the agreement was in force, with which terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from domain.digest import digest_of_nothing, extended
from domain.engagement.events import AgreementSigned, AgreementTerms, EngagementActivated, EngagementProposed
from domain.plan.digest import is_content
from domain.plan.events import PlanActivated, PlanApproved, PlanDrafted
from domain.values import Digest
from infra.eventstore.feed import Fed
from services.audit.question.case import IMPORTED, Case, delay
from services.audit.question.finding import Finding, finding

BACK: Final = timedelta(days=1)
"""What was written down longer than this after the time it is dated to was dated back."""


def signed_content(case: Case) -> Iterator[Finding]:
    """The content digest is chained anew from the stored events, and not taken from a folded state."""
    digests: dict[UUID, Digest] = {}
    active: set[UUID] = set()
    for fed in case.events:
        match fed.event:
            case PlanDrafted() | EngagementProposed():
                digests[fed.stream] = digest_of_nothing(fed.stream)
            case PlanApproved() as event:
                yield agreed(case, fed, event, digests[fed.stream], event.plan_version)
            case AgreementSigned() as event:
                yield agreed(case, fed, event, digests[fed.stream], event.agreement_version)
            case AgreementTerms():
                digests[fed.stream] = extended(digests[fed.stream], fed)
            case PlanActivated():
                active.add(fed.stream)
            case other if fed.stream in digests and is_content(other, active=fed.stream in active):
                digests[fed.stream] = extended(digests[fed.stream], fed)


def agreed(case: Case, fed: Fed, event: PlanApproved | AgreementSigned, recomputed: Digest, number: int) -> Finding:
    back = delay(fed) > BACK and fed.meta.channel != IMPORTED
    noun = "plan" if isinstance(event, PlanApproved) else "agreement"
    kind = "signed_other_content" if event.digest != recomputed else "signed_and_dated_back" if back else "signed_this_content"
    return finding(
        kind,
        fed,
        stands_out=kind != "signed_this_content",
        noun=noun,
        noun_id=fed.stream,
        number=number,
        party=event.party,
        actor=fed.meta.actor,
        signed_on=case.day(fed.occurred_at),
        recorded_on=case.day(fed.recorded_at),
        version=fed.version,
        signed_digest=event.digest,
        recomputed_digest=recomputed,
    )


class Signing(NamedTuple):
    """A version of the agreement with the signatures that it has so far."""

    draft: Fed
    terms: AgreementTerms
    signatures: tuple[Fed, ...] = ()

    @property
    def is_complete(self) -> bool:
        signed = {fed.event.party for fed in self.signatures if isinstance(fed.event, AgreementSigned)}
        return signed >= {one.party for one in self.terms.parties}


def agreement_in_force(case: Case) -> Iterator[Finding]:
    """By the times at which the parties signed; without a moment, now."""
    at = case.at or case.now
    signings = [one for one in signings_of(case) if one.draft.occurred_at <= at]
    until = [one._replace(signatures=tuple(fed for fed in one.signatures if fed.occurred_at <= at)) for one in signings]
    valid = next((one for one in reversed(until) if one.is_complete), None)
    start = next(((fed, event) for fed, event in case.of(EngagementActivated)), None)
    if valid is not None:
        yield in_force(case, valid)
        if until[-1] is not valid:
            yield finding(
                "recontracting_open", until[-1].draft, stands_out=True, number=until[-1].terms.agreement_version, engagement=case.engagement
            )
    elif start is None or start[1].starts_on > case.day(at):
        yield finding("no_agreement_yet", *(one.draft for one in until[-1:]), engagement=case.engagement, on=case.day(at))
    else:
        yield finding("coaching_without_agreement", start[0], stands_out=True, engagement=case.engagement, on=case.day(at))
    yield from begun_before(case, signings, start)


def signings_of(case: Case) -> list[Signing]:
    found: list[Signing] = []
    for fed in case.events:
        if isinstance(fed.event, AgreementTerms):
            found.append(Signing(fed, fed.event))
        elif isinstance(fed.event, AgreementSigned):
            found[-1] = found[-1]._replace(signatures=(*found[-1].signatures, fed))
    return found


def in_force(case: Case, valid: Signing) -> Finding:
    terms = valid.terms
    return finding(
        "agreement_in_force",
        valid.draft,
        *valid.signatures,
        engagement=case.engagement,
        number=terms.agreement_version,
        since=case.day(max(fed.occurred_at for fed in valid.signatures)),
        sessions=terms.sessions,
        cadence_days=terms.cadence_days,
        cancellation_hours=terms.cancellation_hours,
        termination_days=terms.termination_days,
        ai_use=terms.ai_use,
    )


def begun_before(case: Case, signings: list[Signing], start: tuple[Fed, EngagementActivated] | None) -> Iterator[Finding]:
    """Coaching whose first day lies before the day on which the last party signed."""
    first = next((one for one in signings if one.is_complete), None)
    if first is None or start is None:
        return
    signed_on = case.day(max(fed.occurred_at for fed in first.signatures))
    if start[1].starts_on < signed_on:
        days = (signed_on - start[1].starts_on).days
        yield finding(
            "coaching_before_agreement",
            first.signatures[-1],
            start[0],
            stands_out=True,
            engagement=case.engagement,
            starts_on=start[1].starts_on,
            signed_on=signed_on,
            days=days,
        )
