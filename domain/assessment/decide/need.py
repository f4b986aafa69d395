"""Naming what was found: needs and strengths, each with where it shows."""

from __future__ import annotations

from collections.abc import Sequence

from domain.assessment.commands import IdentifyNeed
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, instrument_of, require_active
from domain.assessment.events import NeedIdentified
from domain.assessment.need import NeedEvidence
from domain.assessment.result.whole import POOLED
from domain.assessment.state import AssessmentState
from domain.errors import ItemUnknown
from domain.errors.assessment import AssessmentNotReleased, EvidenceSuppressed, NeedAlreadyIdentified
from domain.event import Event


@decide.on(IdentifyNeed)
def identify(state: AssessmentState, command: IdentifyNeed, context: AssessmentContext) -> Sequence[Event]:
    require_active(context)
    if command.competency not in state.competencies:
        raise ItemUnknown("The assessment does not ask for that.", pointer="/competency", known=list(state.competencies))
    if any(need.competency == command.competency for need in state.needs):
        raise NeedAlreadyIdentified(pointer="/competency")
    for number, evidence in enumerate(command.evidence):
        _require_evidence(state, command.competency, evidence, pointer=f"/evidence/{number}")
    return (
        NeedIdentified(
            need_id=context.ids[0],
            competency=command.competency,
            need_class=command.need_class,
            evidence=command.evidence,
            client_agrees=command.client_agrees,
        ),
    )


def _require_evidence(state: AssessmentState, competency: str, evidence: NeedEvidence, pointer: str) -> None:
    if evidence.source == "self_assessment" and state.answers is None:
        raise ItemUnknown("Nothing was answered yet that could show this.", pointer=f"{pointer}/source")
    if evidence.item is not None and evidence.item not in instrument_of(state).items(state.competencies):
        raise ItemUnknown("The assessment has no such item.", pointer=f"{pointer}/item")
    if evidence.source == "rater_feedback":
        _require_shown(state, evidence.group or POOLED, evidence.item or competency, pointer)
    elif evidence.group is not None:
        raise ItemUnknown("Only raters are of a group.", pointer=f"{pointer}/group")


def _require_shown(state: AssessmentState, group: str, about: str, pointer: str) -> None:
    """The part of the results that is named: before they are released nothing of them can be named, and what is hidden never."""
    if state.released is None:
        raise AssessmentNotReleased(pointer=f"{pointer}/source")
    verdicts = {(one.group, one.about): one.verdict for one in state.released.decision}
    folded = {count.group for count in state.counts if count.folded is not None}
    if group in folded or verdicts.get((group, about), "shown") != "shown":
        raise EvidenceSuppressed(pointer=pointer, group=group, about=about)
    if (group, about) not in verdicts:
        raise ItemUnknown("No rater answered that.", pointer=pointer)
