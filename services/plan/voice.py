"""What is said beside the plan, as the API shows it: the client's input, the sponsor's comments, and exercises."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.glossary import Visibility
from domain.plan.state import Answered, Comment, Exercise, Input
from domain.plan.terms import CommentSubject, ExerciseKind, InputSubject, Stance
from domain.values import Personal
from services.reading.view import Hidden, Sight, Text, hidden, opened


class InputAnswer(Struct, frozen=True, kw_only=True):
    """What the client thinks of something: `stance` objects is an objection. `quoted` by the coach, or in their own words.

    `by` is who recorded it: in a group each speaks for themselves, and is told nothing of what the others said.
    """

    version: int
    about: InputSubject
    about_id: UUID | None
    stance: Stance
    text: Text | None
    quoted: bool
    by: UUID
    at: datetime


class CommentAnswer(Struct, frozen=True, kw_only=True):
    """What a sponsor said about an objective, or about an evaluation."""

    id: UUID
    about: CommentSubject
    about_id: UUID
    text: Text
    by: UUID
    at: datetime


class ExerciseAnswer(Struct, frozen=True, kw_only=True):
    """A worksheet or a tool for reflection. `answers` stand in the places of their questions, each null where it was left out.

    What the client answered for themselves alone (`visibility` private_client) is withheld from everybody else.
    """

    id: UUID
    kind: ExerciseKind
    title: Text | None
    questions: tuple[Text | None, ...]
    objective_ids: tuple[UUID, ...]
    due_on: date | None
    withdrawn: bool
    answered_on: date | None
    visibility: Visibility | None
    answers: tuple[Text | None, ...] | None


def input_answer(one: Input, seen: Sight) -> InputAnswer:
    return InputAnswer(
        version=one.version,
        about=one.about,
        about_id=one.about_id,
        stance=one.stance,
        text=seen.text(one.text),
        quoted=one.quoted,
        by=one.by,
        at=one.at,
    )


def comment_answer(one: Comment, seen: Sight, reader: UUID | None) -> CommentAnswer:
    """Its author reads it, too, who may see no other words."""
    text: Text = opened(one.text) if seen.words or one.by == reader else hidden(one.text)
    return CommentAnswer(id=one.id, about=one.about, about_id=one.about_id, text=text, by=one.by, at=one.at)


def exercise_answer(one: Exercise, seen: Sight, is_client: bool) -> ExerciseAnswer:
    said = one.answered
    return ExerciseAnswer(
        id=one.id,
        kind=one.kind,
        title=seen.text(one.title),
        questions=tuple(seen.text(question) for question in one.questions),
        objective_ids=one.objective_ids,
        due_on=one.due_on,
        withdrawn=one.withdrawn,
        answered_on=said.on if said else None,
        visibility=said.visibility if said else None,
        answers=None if said is None else tuple(answer_of(said, answer, seen, is_client) for answer in said.answers),
    )


def answer_of(said: Answered, answer: Personal[str] | None, seen: Sight, is_client: bool) -> str | Hidden | None:
    """Which question somebody left out is not told, where the answers are not for the reader."""
    is_open = is_client or said.visibility == "shared"
    return seen.text(answer) if is_open or answer is None else hidden(answer)
