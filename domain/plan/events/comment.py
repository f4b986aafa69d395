"""What the sponsor says about what is disclosed to them."""

from __future__ import annotations

from uuid import UUID

from domain.event import Event, stored
from domain.plan.terms import CommentSubject
from domain.values import OfAuthor


@stored("plan.sponsor_commented")
class SponsorCommented(Event, frozen=True, kw_only=True):
    """The sponsor said something about an agreed objective, or about an evaluation that was recorded."""

    comment_id: UUID
    about: CommentSubject
    about_id: UUID
    text: OfAuthor[str]
