"""Question 13: what was handed over when the coach changed, with whose consent, and who could read what before and after."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.engagement.events import CoachAssigned, CoachReassigned, EngagementProposed, HandoverConsentGranted, HandoverConsentWithdrawn
from domain.session.events import SessionCancelled
from domain.values import personal_values
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding
from services.reading.handover import is_handed_over


def coach_change(case: Case) -> Iterator[Finding]:
    """By the log alone: whether the consent was there, whose it was, and that nobody acted as coach who had left."""
    for fed, event in case.of(CoachReassigned):
        yield changed(case, fed, event)
        yield from consented(case, fed, event)
        yield access(case, fed, event)
        yield from afterwards(case, fed, event)


def changed(case: Case, fed: Fed, event: CoachReassigned) -> Finding:
    called_off = [one for one, _ in case.of(SessionCancelled) if one.meta.correlation == fed.meta.correlation]
    return finding(
        "coach_changed",
        fed,
        *called_off,
        engagement=case.engagement,
        former=event.from_coach_id,
        coach=event.coach_id,
        role=fed.meta.role,
        on=event.effective_on,
        reason_code=event.reason_code,
        scope=event.handover_scope,
        sessions=len(called_off),
    )


def consented(case: Case, fed: Fed, event: CoachReassigned) -> Iterator[Finding]:
    """Shared notes need the client's own consent that stood until the change; what needs none has none."""
    if event.handover_scope != "shared_notes":
        return
    own = [one for one in case.events if one.stream == case.engagement]
    grant = next((one for one in own if one.version == event.consent_version), None)
    withdrawn = [one for one in own if isinstance(one.event, HandoverConsentWithdrawn)]
    about = {"engagement": case.engagement, "coach": event.coach_id}
    if grant is None or not is_consent(case, grant, event.coach_id) or any(grant.version < one.version < fed.version for one in withdrawn):
        yield finding("notes_without_consent", fed, *([grant] if grant else []), stands_out=True, about=about, on=event.effective_on)
        return
    yield finding("notes_with_consent", grant, fed, about=about, client=grant.meta.actor, on=case.day(grant.occurred_at))
    later = next((one for one, _ in case.of(CoachReassigned) if one.position > fed.position), None)
    for one in withdrawn:
        if fed.version < one.version and (later is None or one.version < later.version):
            yield finding("notes_consent_withdrawn", one, about=about, on=case.day(one.occurred_at))
            return


def is_consent(case: Case, grant: Fed, coach: UUID) -> bool:
    """Whether it is the client's own, and for this coach or for whoever would come."""
    client = next((event.client_id for _, event in case.of(EngagementProposed)), None)
    return isinstance(grant.event, HandoverConsentGranted) and grant.event.coach_id in (None, coach) and grant.meta.actor == client


def access(case: Case, fed: Fed, event: CoachReassigned) -> Finding:
    """How many texts there were, and how many of them went over: the former coach could read all but the client's own, and none since."""
    since = begun(case, fed)
    before = [(one, len(personal_values(one.event))) for one in case.events if one.position < fed.position]
    handed = sum(texts for one, texts in before if is_handed_over(one, event.handover_scope))
    return finding(
        "access_changed",
        since,
        fed,
        engagement=case.engagement,
        former=event.from_coach_id,
        coach=event.coach_id,
        since=case.day(since.occurred_at),
        until=event.effective_on,
        handed=handed,
        kept=sum(texts for _, texts in before) - handed,
    )


def begun(case: Case, fed: Fed) -> Fed:
    """The event by which the coach who left had come."""
    return next(
        one for one in reversed(case.events) if one.position < fed.position and isinstance(one.event, CoachAssigned | CoachReassigned)
    )


def afterwards(case: Case, fed: Fed, event: CoachReassigned) -> Iterator[Finding]:
    """What the former coach did in the engagement as a coach after they had left, and before they came again."""
    back = [one.position for one, again in case.of(CoachReassigned) if again.coach_id == event.from_coach_id]
    until = min((position for position in back if position > fed.position), default=case.events[-1].position + 1)
    for one in case.events:
        acted = (one.meta.actor, one.meta.role) == (event.from_coach_id, "coach")
        if acted and fed.position < one.position < until:
            yield finding(
                "acted_after_leaving", one, stands_out=True, engagement=case.engagement, former=event.from_coach_id, type=one.type
            )
