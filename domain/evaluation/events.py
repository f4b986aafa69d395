"""What happens to an evaluation. Each scheduled point is a stream of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import EvaluationKind, Party
from domain.values import OfClient, StoredCode


class ObjectiveRating(Struct, frozen=True, kw_only=True):
    """How far an objective was furthered, 1 not at all to 5 fully."""

    objective_id: UUID
    rating: int
    comment: OfClient[str] | None


class LevelRating(Struct, frozen=True, kw_only=True):
    """One of Kirkpatrick's levels (1 reaction, 2 learning, 3 behaviour, 4 results), rated 1 to 5."""

    level: int
    rating: int


class Benefit(Struct, frozen=True, kw_only=True):
    """What an objective's change was worth, in a currency, and how much of it the evaluator puts down to the coaching.

    Attribution and confidence are the evaluator's own estimates, in per cent; a report shows them beside the result.
    """

    objective_id: UUID
    value: Decimal
    currency: StoredCode
    attribution: int
    confidence: int


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
