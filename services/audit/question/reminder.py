"""Question 16: which reminders went out, to whom, and did anything follow within 72 hours?"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.event import Event
from domain.reminder.events import ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed, alone_told
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding

EFFECT: Final = timedelta(hours=72)


def reminder_effect(case: Case) -> Iterator[Finding]:
    """Nothing of one that only who is reminded knows of: it would tell how somebody rated a session."""
    happened = {subject: sorted(events, key=moment_of) for subject, events in mentions(case).items()}
    for fed in case.events:
        match fed.event:
            case event if alone_told(event) is not None:
                continue
            case ReminderSent() as event:
                yield sent(case, fed, event, happened.get(event.key.subject_id, []))
            case ReminderSuppressed() as event:
                yield finding("reminder_left_out", fed, rule=event.key.rule, subject=event.key.subject_id, why=event.why)
            case ReminderFailed() as event:
                yield finding("reminder_failed", fed, stands_out=True, rule=event.key.rule, subject=event.key.subject_id, why=event.why)


def sent(case: Case, fed: Fed, event: ReminderSent, happened: Sequence[Fed]) -> Finding:
    """What follows is the next event about the reminder's subject, whoever did it. One whose 72 hours go on is not judged."""
    key, place = event.key, bisect_right(happened, fed.occurred_at, key=moment_of)
    effect = next((one for one in happened[place : place + 1] if one.occurred_at <= fed.occurred_at + EFFECT), None)
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


def moment_of(fed: Fed) -> datetime:
    return fed.occurred_at


def mentions(case: Case) -> dict[UUID, list[Fed]]:
    """What happened to each thing, or names it, in the order of the log; what reminders say of each other does not count."""
    found: dict[UUID, list[Fed]] = defaultdict(list)
    for fed in case.events:
        if not isinstance(fed.event, ReminderPlanned | ReminderSent | ReminderSuppressed | ReminderFailed):
            for id in {fed.stream, *named(fed.event)}:
                found[id].append(fed)
    return found


def named(event: Event) -> Iterator[UUID]:
    return (value for field in event.__struct_fields__ if isinstance(value := getattr(event, field), UUID))
