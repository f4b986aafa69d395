"""What happens to an evaluation. Each scheduled point is a stream of its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.evaluation.correction import Correction
from domain.evaluation.judgement import Benefit, LevelRating, ObjectiveRating
from domain.event import Event, stored
from domain.glossary import EvaluationKind, Party
from domain.values import OfAuthor, OfClient, StoredCode


@stored("evaluation.evaluation_scheduled")
class EvaluationScheduled(Event, frozen=True):
    """The plan is to be judged by that day. `from_program` tells a point of the program's terms from one of the engagement's own."""

    evaluation_id: UUID
    engagement_id: UUID
    client_id: UUID
    kind: EvaluationKind
    point: StoredCode
    due_on: date
    evaluators: tuple[Party, ...]
    from_program: bool


@stored("evaluation.evaluation_recorded")
class EvaluationRecorded(Event, frozen=True):
    """One evaluator judged one version of the plan; `effectiveness` is 1 useless to 5 excellent."""

    evaluator: Party
    plan_id: UUID
    plan_version: int
    effectiveness: int
    ratings: tuple[ObjectiveRating, ...]
    levels: tuple[LevelRating, ...]
    benefits: tuple[Benefit, ...]
    summary: OfClient[str] | None


@stored("evaluation.due_date_shifted")
class DueDateShifted(Event, frozen=True):
    """A pause of the engagement moved the day by which the plan is to be judged, by the `days` that it lasted."""

    days: int
    due_on: date


@stored("evaluation.evaluation_corrected")
class EvaluationCorrected(Event, frozen=True):
    """An evaluator's own judgement was wrong in one thing. `corrects_version` is the stream version that holds it; both values stay known."""

    evaluator: Party
    corrects_version: int
    correction: Correction
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("evaluation.evaluation_acknowledged")
class EvaluationAcknowledged(Event, frozen=True):
    """The client took note of what was judged, as they read it at that version of the stream."""

    by: Party
    seen: int
