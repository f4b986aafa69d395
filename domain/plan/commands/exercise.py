"""Commands about exercises."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.glossary import Visibility
from domain.plan.commands.part import Reasoned
from domain.plan.terms import ExerciseKind
from domain.values import Line, Prose

Questions = Annotated[tuple[Prose, ...], Meta(min_length=1, max_length=30)]
Answers = Annotated[tuple[Prose | None, ...], Meta(min_length=1, max_length=30)]
Served = Annotated[tuple[UUID, ...], Meta(max_length=20)]


class OfferExercise(Command, frozen=True, kw_only=True):
    """Offer the client a worksheet or a tool for reflection: questions to work on, for which objectives, and until when."""

    kind: ExerciseKind
    title: Line
    questions: Questions
    objective_ids: Served = ()
    due_on: date | None = None


class AnswerExercise(Command, frozen=True, kw_only=True):
    """Answer an exercise: each question in its place, null where you leave one out. Only the client answers.

    `visibility` is `shared` for you and your coach, or `private_client` for yourself: then your coach learns that you answered,
    and not what. Nobody else reads either, but for what is shared in an emergency.
    """

    exercise_id: UUID
    answers: Answers
    visibility: Visibility


class WithdrawExercise(Reasoned, frozen=True, kw_only=True):
    """Take an exercise back that was not answered yet."""

    exercise_id: UUID
