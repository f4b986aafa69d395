"""An evaluation as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.evaluation.events import EvaluationRecorded
from domain.glossary import EvaluationKind, Party
from domain.values import NIL, Code


class EvaluationState(Struct, frozen=True, kw_only=True):
    """One scheduled point, with the judgements of those evaluators who have judged."""

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    kind: EvaluationKind = "interim"
    point: Code = ""
    due_on: date = date.min
    evaluators: tuple[Party, ...] = ()
    scheduled_at: datetime | None = None
    judgements: tuple[EvaluationRecorded, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def recorded(self) -> tuple[Party, ...]:
        """The evaluators who have judged."""
        return tuple(judgement.evaluator for judgement in self.judgements)

    @property
    def is_open(self) -> bool:
        """Somebody has not judged yet."""
        return not set(self.evaluators) <= set(self.recorded)
