"""Deciding what a sponsor may comment on: what the client's consent shows them at this moment, of what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.errors import NotPermitted
from domain.errors.plan import NotDisclosed
from domain.event import Event
from domain.glossary import Disclosure
from domain.plan.commands import CommentAsSponsor
from domain.plan.context import PlanContext
from domain.plan.decide.table import decide
from domain.plan.events import SponsorCommented
from domain.plan.state import PlanState
from domain.plan.terms import CommentSubject
from domain.values import OfAuthor

DISCLOSED_BY: Final[dict[CommentSubject, Disclosure]] = {"objective": "objective_titles", "evaluation": "evaluation_summary"}
"""What a comment is about -> the class of consent that shows it."""


@decide.on(CommentAsSponsor)
def comment_as_sponsor(state: PlanState, command: CommentAsSponsor, context: PlanContext) -> Sequence[Event]:
    """Whether there is nothing of that id or nothing that they may see: the answer is the same."""
    if context.party != "sponsor":
        raise NotPermitted("Only the sponsor comments so; the client and the coach write in the plan.")
    if DISCLOSED_BY[command.about] not in context.engagement.consents or not stands(state, command, context):
        raise NotDisclosed(pointer="/about_id")
    return [SponsorCommented(comment_id=context.ids[0], about=command.about, about_id=command.about_id, text=OfAuthor(command.text))]


def stands(state: PlanState, command: CommentAsSponsor, context: PlanContext) -> bool:
    """Whether it is in what was agreed: an objective of an active plan, an evaluation that somebody recorded."""
    if command.about == "evaluation":
        return command.about_id in context.recorded_evaluations
    return state.status == "active" and command.about_id in state.objectives
