"""What is said beside the plan: the client's input, the sponsor's comments, and exercises with their answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.glossary import Visibility
from domain.plan.terms import CommentSubject, ExerciseKind, InputSubject, Stance
from domain.values import OfAuthor, OfClient


class Input(Struct, frozen=True, kw_only=True):
    """What the client thinks of something, in their own words or `quoted` by the coach. `version` is where it was recorded, `by` who did.

    In a group each speaks for themselves.
    """

    version: int
    about: InputSubject
    about_id: UUID | None
    stance: Stance
    text: OfClient[str]
    quoted: bool
    by: UUID
    at: datetime


class Comment(Struct, frozen=True, kw_only=True):
    """What a sponsor said about something that they may see."""

    id: UUID
    about: CommentSubject
    about_id: UUID
    text: OfAuthor[str]
    by: UUID
    at: datetime


class Answered(Struct, frozen=True, kw_only=True):
    """The client's answers, each in the place of its question."""

    answers: tuple[OfClient[str] | None, ...]
    visibility: Visibility
    on: date


class Exercise(Struct, frozen=True, kw_only=True):
    """What the coach offered, and what the client answered."""

    id: UUID
    kind: ExerciseKind
    title: OfAuthor[str]
    questions: tuple[OfAuthor[str], ...]
    objective_ids: tuple[UUID, ...]
    due_on: date | None
    answered: Answered | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """It waits for the client's answers."""
        return self.answered is None and not self.withdrawn
