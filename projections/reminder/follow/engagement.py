"""How an engagement becomes the facts of its reminders: who takes part, what waits for a signature, when it begins and ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import structs

from domain.engagement import events as engagement
from domain.event import Recorded
from domain.glossary import CLIENT_ERASED
from projections.pause import Pause
from projections.reminder.facts import Agreement, Consented, Due, Facts
from projections.reminder.follow.session import rated_by
from projections.reminder.follow.table import follow, happened, since


@follow.on(engagement.EngagementProposed)
def engagement_proposed(facts: Facts, recorded: Recorded[engagement.EngagementProposed]) -> Facts:
    facts = structs.replace(facts, client_id=recorded.event.client_id, sponsor_id=recorded.event.sponsor_id)
    return managed(facts, recorded)


@follow.on(engagement.CoachAssigned)
def coach_assigned(facts: Facts, recorded: Recorded[engagement.CoachAssigned]) -> Facts:
    return managed(structs.replace(facts, coach_id=recorded.event.coach_id), recorded)


@follow.on(engagement.CoachReassigned)
def coach_reassigned(facts: Facts, recorded: Recorded[engagement.CoachReassigned]) -> Facts:
    event = recorded.event
    former = (facts.former | {event.from_coach_id}) - {event.coach_id}
    return structs.replace(facts, coach_id=event.coach_id, coach_since=recorded.occurred_at, former=former)


def agreement_drafted(facts: Facts, recorded: Recorded[engagement.AgreementTerms]) -> Facts:
    drafted = Agreement(happened(recorded), recorded.occurred_at, recorded.event.parties)
    return structs.replace(facts, agreement=drafted, drafted=recorded.event.sessions)


for terms in (engagement.AgreementDrafted, engagement.AgreementTermsRevised):
    follow.on(terms)(agreement_drafted)


@follow.on(engagement.AgreementSigned)
def agreement_signed(facts: Facts, recorded: Recorded[engagement.AgreementSigned]) -> Facts:
    assert facts.agreement is not None  # nobody signs what was not drafted
    unsigned = facts.agreement.unsigned
    facts = structs.replace(facts, signers=facts.signers | {recorded.meta.actor})
    same = [one for one in unsigned if one.party == recorded.event.party]
    signed = [one for one in same if one.person_id == recorded.meta.actor] if facts.present or facts.gone else same
    return awaiting(facts, tuple(one for one in unsigned if one not in signed))


def awaiting(facts: Facts, unsigned: tuple[engagement.Signatory, ...]) -> Facts:
    return structs.replace(facts, agreement=facts.agreement and structs.replace(facts.agreement, unsigned=unsigned))


@follow.on(engagement.MemberAdded)
def member_added(facts: Facts, recorded: Recorded[engagement.MemberAdded]) -> Facts:
    client = recorded.event.client_id
    return structs.replace(facts, present=facts.present | {client}, gone=facts.gone - {client})


@follow.on(engagement.MemberRemoved)
def member_removed(facts: Facts, recorded: Recorded[engagement.MemberRemoved]) -> Facts:
    """Nothing waits for them any more: no signature, and no rating."""
    client = recorded.event.client_id
    facts = structs.replace(facts, present=facts.present - {client}, gone=facts.gone | {client}, held=rated_by(facts.held, client))
    facts = structs.replace(facts, consents=tuple(one for one in facts.consents if one.by != client))
    unsigned = facts.agreement.unsigned if facts.agreement is not None else ()
    return awaiting(facts, tuple(one for one in unsigned if one.person_id != client))


@follow.on(engagement.EngagementActivated)
def engagement_activated(facts: Facts, recorded: Recorded[engagement.EngagementActivated]) -> Facts:
    event, at = recorded.event, since(recorded)
    begun = structs.replace(facts, begun=Due(event.starts_on, at), ends=Due(event.planned_end, at), agreed=facts.drafted)
    return managed(begun, recorded)


@follow.on(engagement.AgreementAmended)
def agreement_amended(facts: Facts, recorded: Recorded[engagement.AgreementAmended]) -> Facts:
    """Consents to what does not reach the sponsor any more have ended with the old terms."""
    sponsor = (engagement.Recipient(role="sponsor"), engagement.Recipient(person_id=facts.sponsor_id))
    kept = tuple(one for one in facts.consents if not (one.subject in recorded.event.narrowed and one.recipient in sponsor))
    return structs.replace(facts, agreed=facts.drafted, consents=kept)


@follow.on(engagement.DisclosureConsentGranted)
def consent_granted(facts: Facts, recorded: Recorded[engagement.DisclosureConsentGranted]) -> Facts:
    """The latest grant counts, also when it has no last day, or an earlier one."""
    event, by = recorded.event, consenter(facts, recorded)
    kept = consents_without(facts, event, by)
    if event.until is None or by is None:
        return structs.replace(facts, consents=kept)
    until = Due(event.until, since(recorded))
    return structs.replace(facts, consents=(*kept, *(Consented(by, subject, event.recipient, until) for subject in event.subjects)))


@follow.on(engagement.DisclosureConsentWithdrawn)
def consent_withdrawn(facts: Facts, recorded: Recorded[engagement.DisclosureConsentWithdrawn]) -> Facts:
    return structs.replace(facts, consents=consents_without(facts, recorded.event, consenter(facts, recorded)))


def consents_without(
    facts: Facts, event: engagement.DisclosureConsentGranted | engagement.DisclosureConsentWithdrawn, by: UUID | None
) -> tuple[Consented, ...]:
    ended = {(by, subject, event.recipient) for subject in event.subjects}
    return tuple(one for one in facts.consents if (one.by, one.subject, one.recipient) not in ended)


def consenter(facts: Facts, recorded: Recorded[Any]) -> UUID | None:
    """Whose consent it is: of a group that of the member who said it."""
    return recorded.meta.actor if recorded.meta.actor in facts.present else facts.client_id


def managed(facts: Facts, recorded: Recorded[Any]) -> Facts:
    """The program manager who dealt with it last is who looks after it."""
    return structs.replace(facts, manager_id=recorded.meta.actor) if recorded.meta.role == "program_manager" else facts


@follow.on(engagement.AlignmentMeetingHeld)
def alignment_held(facts: Facts, recorded: Recorded[engagement.AlignmentMeetingHeld]) -> Facts:
    return structs.replace(facts, aligned=facts.aligned | {recorded.event.kind})


@follow.on(engagement.EngagementPaused)
def engagement_paused(facts: Facts, recorded: Recorded[engagement.EngagementPaused]) -> Facts:
    return structs.replace(facts, pauses=(*facts.pauses, Pause(recorded.event.paused_on, None)))


@follow.on(engagement.EngagementResumed)
def engagement_resumed(facts: Facts, recorded: Recorded[engagement.EngagementResumed]) -> Facts:
    """The next review moves with the dates of the plan."""
    event, review = recorded.event, facts.review
    facts = structs.replace(facts, pauses=(*facts.pauses[:-1], Pause(event.paused_on, event.resumed_on)))
    if event.shifted_days:
        facts = structs.replace(facts, ends=Due(event.planned_end, since(recorded)))
    if event.shifted_days == 0 or review is None or review.on < event.paused_on:
        return facts
    return structs.replace(facts, review=Due(review.on + timedelta(days=event.shifted_days), since(recorded)))


def engagement_closed(facts: Facts, recorded: Recorded[engagement.Closing]) -> Facts:
    """Of who was erased nobody judges any more what lasts."""
    event = recorded.event
    is_erased = isinstance(event, engagement.ReasonedClosing) and event.reason_code == CLIENT_ERASED
    return structs.replace(facts, over=True, evaluations={} if is_erased else facts.evaluations)


for kind in (engagement.EngagementCompleted, engagement.EngagementEndedEarly, engagement.EngagementCancelled):
    follow.on(kind)(engagement_closed)
