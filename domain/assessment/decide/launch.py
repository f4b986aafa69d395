"""Asking for needs: with what, how long, and from how many raters on something is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from domain.assessment.commands import LaunchNeedsAssessment
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, require_active
from domain.assessment.events import NeedsAssessmentLaunched, Statement
from domain.assessment.feedback import ANONYMITY
from domain.assessment.state import AssessmentState
from domain.errors import ItemUnknown
from domain.errors.assessment import StatementMissing
from domain.errors.organization import FloorTooLow
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.questionnaire import INSTRUMENTS, Instrument, current

OPEN_FOR: Final = timedelta(days=14)


@decide.on(LaunchNeedsAssessment)
def launch(state: AssessmentState, command: LaunchNeedsAssessment, context: AssessmentContext) -> Sequence[Event]:
    require_active(context)
    licensed = context.instruments.get(command.instrument)
    instrument = _instrument(command, context) if licensed is None else licensed.instrument
    competencies = _competencies(command, instrument)
    floor = context.policy.rater_min_group
    if command.rater_min_group is not None and command.rater_min_group < floor:
        raise FloorTooLow("The organization's policy sets a higher floor.", pointer="/rater_min_group", floor=floor)
    opens_on, closes_on = _days(command, context)
    return (
        NeedsAssessmentLaunched(
            assessment_id=context.ids[0],
            engagement_id=context.engagement.id,
            client_id=context.engagement.client_id,
            kind=command.kind,
            instrument=instrument.code,
            instrument_version=instrument.version,
            scale_version=instrument.scale_version,
            language=command.language,
            competencies=competencies,
            statements=_statements(command, instrument, competencies),
            rater_min_group=command.rater_min_group or floor,
            anonymity=None if command.kind == "self" else ANONYMITY,
            opens_on=opens_on,
            closes_on=closes_on,
            licensed=licensed,
        ),
    )


def _instrument(command: LaunchNeedsAssessment, context: AssessmentContext) -> Instrument:
    instrument = current(command.instrument)
    if instrument is None:
        known = sorted({code for code, _ in INSTRUMENTS} | context.instruments.keys())
        raise ItemUnknown(
            "There is no instrument of that code: GET /v1/instruments lists those there are.", pointer="/instrument", known=known
        )
    return instrument


def _competencies(command: LaunchNeedsAssessment, instrument: Instrument) -> tuple[str, ...]:
    competencies = tuple(dict.fromkeys(command.competencies)) or tuple(instrument.competencies)
    if unknown := [code for code in competencies if code not in instrument.competencies]:
        raise ItemUnknown(
            "The instrument does not ask for that.", pointer="/competencies", unknown=unknown, known=list(instrument.competencies)
        )
    return competencies


def _days(command: LaunchNeedsAssessment, context: AssessmentContext) -> tuple[date, date]:
    opens_on = command.opens_on or context.today
    closes_on = command.closes_on or opens_on + OPEN_FOR
    if closes_on < opens_on or closes_on < context.today:
        raise DatesInverted("An assessment closes on the day it opens or later, and not in the past.", pointer="/closes_on")
    return opens_on, closes_on


def _statements(command: LaunchNeedsAssessment, instrument: Instrument, competencies: tuple[str, ...]) -> tuple[Statement, ...]:
    asked = instrument.items(competencies)
    for number, statement in enumerate(command.statements):
        if statement.item not in asked:
            raise ItemUnknown("The assessment has no such item.", pointer=f"/statements/{number}/item")
    texts = {statement.item: statement.text for statement in command.statements}
    if command.language != instrument.language and (missing := sorted(asked - texts.keys())):
        raise StatementMissing(pointer="/statements", missing=missing)
    return tuple(Statement(item=item, text=text) for item, text in texts.items())
