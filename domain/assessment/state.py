"""A needs assessment as it stands."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.assessment.events import GroupCount, Statement
from domain.assessment.feedback import Feedback
from domain.assessment.need import NeedClass
from domain.assessment.result.whole import Results, Verdict
from domain.glossary import AssessmentKind, RaterGroup
from domain.questionnaire import LicensedInstrument
from domain.values import NIL, Code, Digest, OfClient, OfNobody, OfPerson

AssessmentStage: TypeAlias = Literal["open", "closed", "released", "debriefed"]
"""Where an assessment stands: it is answered, it is not any more, its results are shown, they were gone through."""


class Need(Struct, frozen=True, kw_only=True):
    """A gap or a strength that was found."""

    id: UUID
    competency: Code
    need_class: NeedClass
    client_agrees: bool | None


class Rater(Struct, frozen=True, kw_only=True):
    """Somebody who was nominated; `approved` is None until that is decided."""

    id: UUID
    group: RaterGroup
    approved: bool | None
    name: OfPerson[str]
    email: OfPerson[str]


class Released(Struct, frozen=True, kw_only=True):
    """What was released, sealed, with the decision on each cell, the rules that it follows, and the report's hash."""

    ruleset: Code
    decision: tuple[Verdict, ...]
    results: OfClient[Results]
    result_hash: Digest


class AssessmentState(Struct, frozen=True, kw_only=True):
    """What is asked, of whom, what was answered (sealed), and what was found. `counts` are the raters' groups, from the closing on."""

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    kind: AssessmentKind = "self"
    instrument: Code = ""
    instrument_version: int = 0
    licensed: LicensedInstrument | None = None
    language: Code = "en"
    competencies: tuple[Code, ...] = ()
    statements: tuple[Statement, ...] = ()
    rater_min_group: int = 0
    anonymity: Code | None = None
    opens_on: date = date.min
    closes_on: date = date.max
    raters: dict[UUID, Rater] = {}
    answers: OfClient[dict[str, int]] | None = None
    closed_on: date | None = None
    answered: int = 0
    counts: tuple[GroupCount, ...] = ()
    reminders: int = 0
    feedback: tuple[OfNobody[Feedback], ...] = ()
    released: Released | None = None
    debriefed_on: date | None = None
    needs: tuple[Need, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def is_complete(self) -> bool:
        """Whether everybody whom this kind asks has answered, or cannot any more."""
        return self.answers is not None and (self.kind == "self" or self.closed_on is not None)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is answered any more."""
        return self.closed_on is not None or (self.kind == "self" and self.answers is not None)

    @property
    def stage(self) -> AssessmentStage:
        if self.debriefed_on is not None:
            return "debriefed"
        return "released" if self.released is not None else "closed" if self.is_closed else "open"

    def is_open(self, today: date) -> bool:
        """Whether it can be answered on that day."""
        return not self.is_closed and self.opens_on <= today <= self.closes_on

    @property
    def approved(self) -> dict[UUID, Rater]:
        return {rater.id: rater for rater in self.raters.values() if rater.approved}
