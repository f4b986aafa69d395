"""Commands about objectives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from domain.command import Command, Report
from domain.plan.commands.part import BaselineBody, Cited, LevelBody, LinksBody, MeasureBody, Reasoned, Seen
from domain.plan.commands.refinement import FieldRefinement
from domain.plan.terms import AttainmentLevel, Confidence, Grade, InputSubject, Outcome, Stance, Weight
from domain.values import Code, Label, Line, Prose


class DefineObjective(Command, frozen=True, kw_only=True, tag_field="command", tag="define_objective"):
    """Put an objective into the plan: what the client wants to reach, why, how it will be known, and until when.

    Everything but the title may come later; the plan becomes active only when each objective is SMART. Give `baseline`, or
    in `baseline_by` the day by which it will be taken. `language` is that of the title, else the plan's.
    """

    title: Line
    why: Prose | None = None
    language: Code | None = None
    outcome_area: Code | None = None
    measure: MeasureBody | None = None
    baseline: BaselineBody | None = None
    baseline_by: date | None = None
    target: Decimal | None = None
    due_on: date | None = None
    weight: Weight = 1
    confidence: Confidence | None = None
    confidence_comment: Prose | None = None
    links: LinksBody = LinksBody()


class RefineObjective(Reasoned, frozen=True, kw_only=True, tag_field="command", tag="refine_objective"):
    """Change one thing about an objective. Once the plan is agreed, propose it as a change; then a reason is needed."""

    objective_id: UUID
    refinement: FieldRefinement
    evidence: Cited = ()


class ReprioritizeObjective(Reasoned, frozen=True, kw_only=True, tag_field="command", tag="reprioritize_objective"):
    """Let an objective count for more, or for less, among the others: from 1 to 9. Once the plan is agreed, propose it as a change.

    `from` is the weight as you read it. An attainment scale gives its objective the weight importance times difficulty.
    """

    objective_id: UUID
    from_: int = field(name="from")
    to: int


class RecordBaseline(Report, frozen=True, kw_only=True):
    """Record where the measured value begins. `at` is the day it was taken on, else that of `occurred_at`; `from` the value that it replaces."""

    objective_id: UUID
    value: Decimal
    source: Label
    at: date | None = None
    from_: Decimal | None = field(name="from", default=None)


class DefineAttainmentScale(Command, frozen=True, kw_only=True, tag_field="command", tag="define_attainment_scale"):
    """Describe five levels of attainment for an objective, from -2 (much less than expected) over 0 (expected) to 2.

    `baseline_level` is where the client starts: -1, or -2 where nothing worse can be thought of. `seen` is the stream
    version that was read, when the scale replaces another.
    """

    objective_id: UUID
    levels: Annotated[tuple[LevelBody, ...], Meta(max_length=10)]
    importance: Grade = 1
    difficulty: Grade = 1
    baseline_level: Literal[-2, -1] = -1
    seen: Seen = 0


class RecordClientInput(Command, frozen=True, kw_only=True):
    """Record what the client thinks of an objective, a strategy, the timeline or the plan. A coach who records it quotes them."""

    about: InputSubject
    about_id: UUID | None = None
    stance: Stance
    text: Prose


class ConcludeObjective(Reasoned, frozen=True, kw_only=True):
    """Judge an objective: attained, partly, not, or abandoned with a reason. A coach's judgement waits until the client has judged.

    With an attainment scale, `level` says which level was reached.
    """

    objective_id: UUID
    outcome: Outcome
    level: AttainmentLevel | None = None
    measured_value: Decimal | None = None
