"""Engagements and their evaluations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from domain.engagement import events as engagement
from domain.engagement.member import Member
from domain.evaluation import events as evaluation
from domain.evaluation.correction import BenefitCorrected, benefits_after
from domain.event import Recorded
from infra.eventstore.feed import Fed
from projections.kpi.coaching import Agreed, Consent, Evaluation, Judgement
from projections.kpi.facts import Facts
from projections.kpi.follow.table import follow, speaker
from projections.pause import Pause


@follow.on(engagement.EngagementProposed)
def engagement_proposed(facts: Facts, recorded: Recorded[engagement.EngagementProposed]) -> Facts:
    event = recorded.event
    return structs.replace(
        facts, client_id=event.client_id, sponsor_id=event.sponsor_id, program_id=event.program_id, enrolled_at=event.enrolled_at
    )


@follow.on(engagement.CoachAssigned)
def coach_assigned(facts: Facts, recorded: Recorded[engagement.CoachAssigned]) -> Facts:
    return structs.replace(facts, coach_id=recorded.event.coach_id)


@follow.on(engagement.CoachReassigned)
def coach_reassigned(facts: Facts, recorded: Recorded[engagement.CoachReassigned]) -> Facts:
    return structs.replace(facts, coach_id=recorded.event.coach_id)


def agreement_drafted(facts: Facts, recorded: Recorded[engagement.AgreementTerms]) -> Facts:
    return structs.replace(facts, drafted=Agreed(recorded.event.sessions, recorded.event.cadence_days))


for terms in (engagement.AgreementDrafted, engagement.AgreementTermsRevised):
    follow.on(terms)(agreement_drafted)


@follow.on(engagement.EngagementActivated)
def engagement_activated(facts: Facts, recorded: Recorded[engagement.EngagementActivated]) -> Facts:
    return structs.replace(facts, began_on=recorded.event.starts_on, agreed=facts.drafted)


@follow.on(engagement.MemberAdded)
def member_added(facts: Facts, recorded: Recorded[engagement.MemberAdded]) -> Facts:
    joined = Member(client_id=recorded.event.client_id, joined_on=recorded.event.joined_on)
    return structs.replace(facts, members=(*facts.members, joined))


@follow.on(engagement.MemberRemoved)
def member_removed(facts: Facts, recorded: Recorded[engagement.MemberRemoved]) -> Facts:
    """Their consent goes with them."""
    client, left_on = recorded.event.client_id, recorded.event.left_on
    members = tuple(
        structs.replace(one, left_on=left_on) if (one.client_id, one.left_on) == (client, None) else one for one in facts.members
    )
    own = {one.subject for one in facts.consents if one.by == client}
    return structs.replace(facts, members=members, consents=taken_back(facts, own, recorded.occurred_at, client))


@follow.on(engagement.AgreementAmended)
def agreement_amended(facts: Facts, recorded: Recorded[engagement.AgreementAmended]) -> Facts:
    """What the new terms do not let through ended with the old ones, whatever was consented to."""
    consents = taken_back(facts, recorded.event.narrowed, recorded.occurred_at)
    return structs.replace(facts, agreed=facts.drafted, consents=consents)


@follow.on(engagement.EngagementPaused)
def engagement_paused(facts: Facts, recorded: Recorded[engagement.EngagementPaused]) -> Facts:
    return structs.replace(facts, pauses=(*facts.pauses, Pause(recorded.event.paused_on, None)))


@follow.on(engagement.EngagementResumed)
def engagement_resumed(facts: Facts, recorded: Recorded[engagement.EngagementResumed]) -> Facts:
    """The next review moves with the dates of the plan: it is due in the engagement, and stands in nothing else."""
    event = recorded.event
    facts = structs.replace(facts, pauses=(*facts.pauses[:-1], Pause(event.paused_on, event.resumed_on)))
    if event.shifted_days == 0 or not facts.reviews or facts.reviews[-1].next_on < event.paused_on:
        return facts
    last = facts.reviews[-1]
    moved = structs.replace(last, next_on=last.next_on + timedelta(days=event.shifted_days))
    return structs.replace(facts, reviews=(*facts.reviews[:-1], moved))


def engagement_closed(facts: Facts, recorded: Recorded[engagement.Closing]) -> Facts:
    """Its end is a rest without end: no day from then on counts in any duration."""
    on = recorded.event.closed_on
    rests = bool(facts.pauses) and facts.pauses[-1].until is None
    pauses = facts.pauses if rests else (*facts.pauses, Pause(on, None))
    reason = getattr(recorded.event, "reason_code", None)
    return structs.replace(facts, closed_on=on, pauses=pauses, ending=ENDINGS[type(recorded.event)], ending_reason=reason)


ENDINGS: Final[dict[type[engagement.Closing], str]] = {
    engagement.EngagementCompleted: "completed",
    engagement.EngagementEndedEarly: "ended_early",
    engagement.EngagementCancelled: "cancelled",
}
for kind in ENDINGS:
    follow.on(kind)(engagement_closed)


@follow.on(engagement.DisclosureConsentGranted)
def consent_granted(facts: Facts, recorded: Recorded[engagement.DisclosureConsentGranted]) -> Facts:
    event, at = recorded.event, recorded.occurred_at
    if not reaches_sponsor(facts, event.recipient):
        return facts
    by = speaker(facts, recorded)
    granted = tuple(Consent(by=by, subject=subject, since=at, until=event.until) for subject in event.subjects)
    return structs.replace(facts, consents=(*taken_back(facts, event.subjects, at, by), *granted))


@follow.on(engagement.DisclosureConsentWithdrawn)
def consent_withdrawn(facts: Facts, recorded: Recorded[engagement.DisclosureConsentWithdrawn]) -> Facts:
    event = recorded.event
    if not reaches_sponsor(facts, event.recipient):
        return facts
    return structs.replace(facts, consents=taken_back(facts, event.subjects, recorded.occurred_at, speaker(facts, recorded)))


def reaches_sponsor(facts: Facts, recipient: engagement.Recipient) -> bool:
    return recipient.role == "sponsor" or (facts.sponsor_id is not None and recipient.person_id == facts.sponsor_id)


def taken_back(facts: Facts, subjects: Collection[str], at: datetime, by: UUID | None = None) -> tuple[Consent, ...]:
    """The consents with those about these subjects ended: one person withdrew or replaced theirs, or nobody's holds any more."""
    return tuple(
        structs.replace(one, withdrawn_at=at) if one.subject in subjects and one.withdrawn_at is None and by in (None, one.by) else one
        for one in facts.consents
    )


@follow.on(evaluation.DueDateShifted)
def evaluation_shifted(facts: Facts, recorded: Recorded[evaluation.DueDateShifted]) -> Facts:
    due_on = recorded.event.due_on
    assert isinstance(recorded, Fed)
    moved = structs.replace(facts.evaluations[recorded.stream], due_on=due_on)
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: moved})


@follow.on(evaluation.EvaluationScheduled)
def evaluation_scheduled(facts: Facts, recorded: Recorded[evaluation.EvaluationScheduled]) -> Facts:
    event = recorded.event
    scheduled = Evaluation(event.due_on, event.evaluators)
    return structs.replace(facts, evaluations={**facts.evaluations, event.evaluation_id: scheduled})


@follow.on(evaluation.EvaluationRecorded)
def evaluation_recorded(facts: Facts, recorded: Recorded[evaluation.EvaluationRecorded]) -> Facts:
    """Which evaluation it was is said by its stream."""
    event, at = recorded.event, recorded.occurred_at
    assert isinstance(recorded, Fed)
    written = None if recorded.meta.channel == "import" else recorded.recorded_at
    judgement = Judgement(event.evaluator, at, written, recorded.version, event.benefits)
    scheduled = facts.evaluations[recorded.stream]
    done = structs.replace(scheduled, judgements=(*scheduled.judgements, judgement))
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: done})


@follow.on(evaluation.EvaluationCorrected)
def evaluation_corrected(facts: Facts, recorded: Recorded[evaluation.EvaluationCorrected]) -> Facts:
    """Only what it was worth is counted of what a judgement says; when it was given stays as it was."""
    event = recorded.event
    assert isinstance(recorded, Fed)
    if not isinstance(event.correction, BenefitCorrected):
        return facts
    correction, scheduled = event.correction, facts.evaluations[recorded.stream]
    after = tuple(
        structs.replace(one, benefits=benefits_after(one.benefits, correction)) if one.version == event.corrects_version else one
        for one in scheduled.judgements
    )
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: structs.replace(scheduled, judgements=after)})
