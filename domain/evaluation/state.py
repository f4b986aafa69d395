"""An evaluation as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.glossary import EvaluationKind, Party
from domain.values import NIL, Code


class EvaluationState(Struct, frozen=True, kw_only=True):
    """One scheduled point; `recorded` are the evaluators who have judged."""

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    kind: EvaluationKind = "interim"
    point: Code = ""
    due_on: date = date.min
    evaluators: tuple[Party, ...] = ()
    scheduled_at: datetime | None = None
    recorded: tuple[Party, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL
