"""Questionnaires of the organization's own, in text that it may use: added, in versions, and retired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from domain.errors import ItemUnknown
from domain.errors.organization import CompetencyNamedTwice, InstrumentCodeTaken
from domain.event import Event
from domain.organization.commands import AddInstrument, LicensedCompetencyBody, RetireInstrument
from domain.organization.context import OrganizationContext
from domain.organization.decide.table import decide
from domain.organization.events import InstrumentAdded, InstrumentRetired
from domain.organization.state import OrganizationState
from domain.questionnaire import LicensedCompetency, LicensedInstrument, LicensedStatement, current
from domain.rules import require_place

MOST_INSTRUMENTS: Final = 10
"""Of an organization, also of those that were retired: they are read with its policy, for every command."""


@decide.on(AddInstrument)
def add_instrument(state: OrganizationState, command: AddInstrument, context: OrganizationContext) -> Sequence[Event]:
    if current(command.code) is not None:
        raise InstrumentCodeTaken(pointer="/code")
    before = state.instruments.get(command.code)
    if before is None:
        require_place(MOST_INSTRUMENTS - len(state.instruments), "instruments")
    codes = [one.competency for one in command.competencies]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise CompetencyNamedTwice(pointer=f"/competencies/{place}/competency")
    added = licensed(command, command.language or state.locale, before)
    return () if before == added and command.code not in state.retired_instruments else (InstrumentAdded(instrument=added),)


def licensed(command: AddInstrument, language: str, before: LicensedInstrument | None) -> LicensedInstrument:
    """With the next version, and where the points are others the next of its scale; as it stood, where nothing is another."""
    made = LicensedInstrument(
        code=command.code,
        version=1 if before is None else before.version,
        label=command.label,
        language=language,
        licence=command.licence,
        scale_version=1 if before is None else before.scale_version,
        lowest=command.lowest,
        anchors=command.anchors,
        competencies=tuple(competency_of(one) for one in command.competencies),
    )
    if before is None or made == before:
        return made
    is_same_scale = (made.lowest, made.anchors) == (before.lowest, before.anchors)
    return replace(made, version=before.version + 1, scale_version=before.scale_version + (not is_same_scale))


def competency_of(given: LicensedCompetencyBody) -> LicensedCompetency:
    statements = tuple(LicensedStatement(own=one.own, of_others=one.of_others) for one in given.statements)
    return LicensedCompetency(competency=given.competency, label=given.label, statements=statements)


@decide.on(RetireInstrument)
def retire_instrument(state: OrganizationState, command: RetireInstrument, context: OrganizationContext) -> Sequence[Event]:
    if command.code not in state.instruments:
        raise ItemUnknown("The organization has added no such instrument.", pointer="/code", known=sorted(state.instruments))
    return () if command.code in state.retired_instruments else (InstrumentRetired(code=command.code),)
