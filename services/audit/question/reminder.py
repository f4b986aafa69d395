"""Question 16: which reminders went out, to whom, and did anything follow within 72 hours?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from domain.event import Event
from domain.reminder.events import ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding

EFFECT: Final = timedelta(hours=72)


def reminder_effect(case: Case) -> Iterator[Finding]:
    for fed in case.events:
        match fed.event:
            case ReminderSent() as event:
                yield sent(case, fed, event)
            case ReminderSuppressed() as event:
                yield finding("reminder_left_out", fed, rule=event.key.rule, subject=event.key.subject_id, why=event.why)
            case ReminderFailed() as event:
                yield finding("reminder_failed", fed, stands_out=True, rule=event.key.rule, subject=event.key.subject_id, why=event.why)


def sent(case: Case, fed: Fed, event: ReminderSent) -> Finding:
    """What follows is the next event about the reminder's subject, whoever did it. One whose 72 hours go on is not judged."""
    key = event.key
    effect = next(
        (one for one in case.events if fed.occurred_at < one.occurred_at <= fed.occurred_at + EFFECT and is_about(one, key.subject_id)),
        None,
    )
    about: dict[str, Given] = {
        "rule": key.rule,
        "subject": key.subject_id,
        "recipient": key.recipient_id,
        "sent_on": case.day(fed.occurred_at),
    }
    if effect is not None:
        hours = int((effect.occurred_at - fed.occurred_at).total_seconds() // 3600)
        return finding("reminder_was_followed", fed, effect, type=effect.type, actor=effect.meta.actor, hours=hours, about=about)
    waits = case.now - fed.occurred_at <= EFFECT
    return finding("reminder_waits" if waits else "reminder_without_effect", fed, stands_out=not waits, about=about)


def is_about(fed: Fed, subject: UUID) -> bool:
    """Whether an event happened to the subject, or names it; what reminders say of each other does not count."""
    if isinstance(fed.event, ReminderPlanned | ReminderSent | ReminderSuppressed | ReminderFailed):
        return False
    return fed.stream == subject or names(fed.event, subject)


def names(event: Event, subject: UUID) -> bool:
    return any(value == subject for value in structs.asdict(event).values() if isinstance(value, UUID))
