"""Commands about strategies and actions."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from domain.command import Command, Report
from domain.glossary import Party
from domain.plan.commands.part import Cited, RealismBody, Reasoned, Seen
from domain.plan.terms import Confidence, StrategyKind
from domain.values import Line, Prose

ObjectiveIds = Annotated[tuple[UUID, ...], Meta(max_length=20)]
"""The objectives that a strategy serves."""


class AdoptStrategy(Command, frozen=True, kw_only=True, tag_field="command", tag="adopt_strategy"):
    """Choose a way to reach one objective or several: training, practice, meetings, support or an experiment.

    Say how realistic it is and, from 0 to 10, how well it suits the client.
    """

    title: Line
    kind: StrategyKind
    objective_ids: ObjectiveIds
    realism: RealismBody = RealismBody()
    client_fit: Confidence | None = None
    evidence: Cited = ()


class ReviseStrategy(Reasoned, frozen=True, kw_only=True, tag_field="command", tag="revise_strategy"):
    """Go on with a strategy on other terms: what is left out stays. `seen` is the stream version that was read."""

    strategy_id: UUID
    seen: Seen
    title: Line | None = None
    kind: StrategyKind | None = None
    objective_ids: ObjectiveIds | None = None
    realism: RealismBody | None = None
    client_fit: Confidence | None = None
    evidence: Cited = ()


class DropStrategy(Reasoned, frozen=True, kw_only=True, tag_field="command", tag="drop_strategy"):
    """Give a strategy up. Objectives that are left without one are named in what is recorded."""

    strategy_id: UUID


class CommitAction(Command, frozen=True, kw_only=True):
    """Promise to do something until a day. `owner` and `accountable_to` are parties to the engagement."""

    text: Prose
    owner: UUID
    due_on: date
    strategy_id: UUID | None = None
    objective_id: UUID | None = None
    first_step: Prose | None = None
    accountable_to: UUID | None = None
    session_id: UUID | None = None


class CompleteAction(Report, frozen=True, kw_only=True):
    """Report an action as done. `effort_minutes` is what it took."""

    action_id: UUID
    evidence: Prose | None = None
    effort_minutes: Annotated[int, Meta(ge=0, le=60_000)] | None = None


class RescheduleAction(Reasoned, frozen=True, kw_only=True):
    """Move an action to another day. `from` is the due date as you read it; `initiated_by` is whose wish it is, if not your own."""

    action_id: UUID
    from_: date = field(name="from")
    to: date
    initiated_by: Party | None = None


class DropAction(Reasoned, frozen=True, kw_only=True):
    """Give an action up: it will not be done. `initiated_by` is whose wish it is, if not your own."""

    action_id: UUID
    initiated_by: Party | None = None
