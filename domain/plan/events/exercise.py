"""What happens to an exercise: a worksheet or a tool for reflection that the coach offers and the client answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.event import Event, stored
from domain.glossary import Visibility
from domain.plan.events.reason import ReasonedEvent
from domain.plan.terms import ExerciseKind
from domain.values import OfAuthor, OfClient


@stored("plan.exercise_offered")
class ExerciseOffered(Event, frozen=True, kw_only=True):
    """The coach put questions to the client, for these objectives; `due_on` is until when, if it matters."""

    exercise_id: UUID
    kind: ExerciseKind
    title: OfAuthor[str]
    questions: tuple[OfAuthor[str], ...]
    objective_ids: tuple[UUID, ...]
    due_on: date | None


@stored("plan.exercise_answered")
class ExerciseAnswered(Event, frozen=True, kw_only=True):
    """The client answered, each question in its place (null: left out). Private answers are nobody else's to read."""

    exercise_id: UUID
    answers: tuple[OfClient[str] | None, ...]
    visibility: Visibility
    answered_on: date


@stored("plan.exercise_withdrawn")
class ExerciseWithdrawn(ReasonedEvent, frozen=True, kw_only=True):
    """The coach took the offer back before it was answered."""

    exercise_id: UUID
