"""A needs assessment as it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.assessment.events import NeedClass
from domain.glossary import AssessmentKind
from domain.values import NIL, Code, OfClient


class Need(Struct, frozen=True, kw_only=True):
    """A gap or a strength that was found."""

    id: UUID
    competency: Code
    need_class: NeedClass
    client_agrees: bool | None


class AssessmentState(Struct, frozen=True, kw_only=True):
    """What is asked, what was answered (sealed), and what was found."""

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    kind: AssessmentKind = "self"
    instrument: Code = ""
    instrument_version: int = 0
    competencies: tuple[Code, ...] = ()
    opens_on: date = date.min
    closes_on: date = date.max
    answers: OfClient[dict[str, int]] | None = None
    needs: tuple[Need, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def is_complete(self) -> bool:
        """Whether everybody whom this kind asks has answered."""
        return self.answers is not None
