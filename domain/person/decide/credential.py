"""Deciding about a coach's credentials, and about handing in the log of their hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.credential import rules_of
from domain.errors import NotPermitted
from domain.errors.person import CredentialLevelUnknown, LogEmpty
from domain.errors.program import DatesInverted, NotACoach
from domain.event import Event
from domain.person.commands import ExportCredentialLog, RecordCoachCredential
from domain.person.context import PersonContext
from domain.person.decide.table import decide
from domain.person.events import CoachCredentialRecorded, CredentialLogExported
from domain.person.state import PersonState
from domain.values import OfPerson


@decide.on(RecordCoachCredential)
def record_credential(state: PersonState, command: RecordCoachCredential, context: PersonContext) -> Sequence[Event]:
    if not state.holds("coach", context.today):
        raise NotACoach
    _require_level(command, context)
    _require_past(command.education_start, "/education_start", context.today)
    _require_past(command.issued_on, "/issued_on", context.today)
    _require_order(command.education_start, command.issued_on, "/issued_on")
    _require_order(command.issued_on, command.valid_until, "/valid_until")
    return (
        CoachCredentialRecorded(
            body=command.body,
            level=command.level,
            number=None if command.number is None else OfPerson(command.number, subject=state.id),
            issued_on=command.issued_on,
            valid_until=command.valid_until,
            education_start=command.education_start,
        ),
    )


def _require_level(command: RecordCoachCredential, context: PersonContext) -> None:
    """One that there is; and what belongs to a credential belongs to a level."""
    known = [level.code for level in rules_of(command.body, context.rulesets).levels]
    holds_one = (command.number, command.issued_on, command.valid_until) != (None, None, None)
    if command.level not in known and (command.level is not None or holds_one):
        raise CredentialLevelUnknown(pointer="/level", known=known)


def _require_past(day: date | None, pointer: str, today: date) -> None:
    if day is not None and day > today:
        raise DatesInverted("That day is still to come: record it once it has been.", pointer=pointer)


def _require_order(first: date | None, then: date | None, pointer: str) -> None:
    """Education begins before a credential is issued, and that before it expires."""
    if first is not None and then is not None and then < first:
        raise DatesInverted("Education begins first, then the credential is issued, then it expires.", pointer=pointer)


@decide.on(ExportCredentialLog)
def export_log(state: PersonState, command: ExportCredentialLog, context: PersonContext) -> Sequence[Event]:
    """Only one's own: what is handed in is the coach's word."""
    if context.actor != state.id:
        raise NotPermitted("A log is handed in by the coach whose hours it shows.")
    log = context.log
    if log is None or log.sessions == 0:
        raise LogEmpty
    return (
        CredentialLogExported(
            export_id=context.ids[0],
            body=command.body,
            ruleset=rules_of(command.body, context.rulesets).version,
            through=context.today,
            as_of_position=log.as_of_position,
            sessions=log.sessions,
            minutes=log.minutes,
            paid_minutes=log.paid_minutes,
            digest=log.digest,
        ),
    )
