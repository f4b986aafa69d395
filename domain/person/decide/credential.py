"""Deciding about a coach's credentials, and about handing in the log of their hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.credential import rules_of
from domain.errors import ItemUnknown, NotPermitted
from domain.errors.person import CredentialLevelUnknown, LogEmpty
from domain.errors.program import DatesInverted, NotACoach
from domain.event import Event
from domain.person.commands import ExportCredentialLog, RecordCoachCredential, RecordCoachDevelopment, WithdrawCoachDevelopment
from domain.person.context import PersonContext
from domain.person.decide.table import decide
from domain.person.events import CoachCredentialRecorded, CoachDevelopmentRecorded, CoachDevelopmentWithdrawn, CredentialLogExported
from domain.person.state import PersonState
from domain.rules import require_place, require_reason
from domain.values import OfPerson, of_author

MOST_DEVELOPMENT: Final = 1000
"""Entries of a coach, which are read with their record: some thirty years of them."""


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


@decide.on(RecordCoachDevelopment)
def record_development(state: PersonState, command: RecordCoachDevelopment, context: PersonContext) -> Sequence[Event]:
    if not state.holds("coach", context.today):
        raise NotACoach
    _require_past(command.held_on, "/held_on", context.today)
    require_place(MOST_DEVELOPMENT - len(state.development), "coach_development")
    return (CoachDevelopmentRecorded(development_id=context.ids[0], kind=command.kind, held_on=command.held_on, minutes=command.minutes),)


@decide.on(WithdrawCoachDevelopment)
def withdraw_development(state: PersonState, command: WithdrawCoachDevelopment, context: PersonContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    if all(one.id != command.development_id for one in state.development):
        raise ItemUnknown(pointer="/development_id")
    return (
        CoachDevelopmentWithdrawn(development_id=command.development_id, reason_code=command.reason_code, reason=of_author(command.reason)),
    )


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
