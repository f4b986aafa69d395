"""An evaluation as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.evaluation.judgement import Judged
from domain.glossary import EvaluationKind, Party
from domain.values import NIL, Code


class EvaluationState(Struct, frozen=True, kw_only=True):
    """One scheduled point, with the judgements of those evaluators who have judged.

    `acknowledged` is the version of the stream of which the client took note last, 0 while of none.
    """

    id: UUID = NIL
    engagement_id: UUID = NIL
    client_id: UUID = NIL
    kind: EvaluationKind = "interim"
    point: Code = ""
    due_on: date = date.min
    evaluators: tuple[Party, ...] = ()
    scheduled_at: datetime | None = None
    judgements: tuple[Judged, ...] = ()
    acknowledged: int = 0

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

    @property
    def changed(self) -> int:
        """The stream version at which what was judged changed last, 0 while nobody has judged."""
        return max((one.touched for one in self.judgements), default=0)

    @property
    def is_acknowledged(self) -> bool:
        """The client took note of all that was judged."""
        return 0 < self.changed <= self.acknowledged
