"""Commands of the sponsor."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.plan.terms import CommentSubject
from domain.values import Prose


class CommentAsSponsor(Command, frozen=True, kw_only=True):
    """Say something about an agreed objective, or about an evaluation that was recorded, as far as the client lets you see it.

    Client and coach read it.
    """

    about: CommentSubject
    about_id: UUID
    text: Prose
