"""Commands that change several items of a plan at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, field

from domain.glossary import Party
from domain.plan.commands.part import Part, Reasoned


class MoveMilestone(Part, frozen=True, kw_only=True, tag_field="item", tag="milestone"):
    """A milestone to another day. `from` is the due date as you read it."""

    milestone_id: UUID
    from_: date = field(name="from")
    to: date


class MoveAction(Part, frozen=True, kw_only=True, tag_field="item", tag="action"):
    """An action to another day. `from` is the due date as you read it."""

    action_id: UUID
    from_: date = field(name="from")
    to: date


Move: TypeAlias = MoveMilestone | MoveAction


class MoveDueDates(Reasoned, frozen=True, kw_only=True):
    """Move several milestones and actions for one reason: all of them, or none. A refusal points to the one that it is about.

    What was moved has a change of its own in the plan's history. `initiated_by` is whose wish it is, if not your own.
    """

    moves: Annotated[tuple[Move, ...], Meta(min_length=1, max_length=100)]
    initiated_by: Party | None = None
