"""What a report tells: one struct a template, which is its JSON, and what its CSV and PDF are made from.

It never holds more than all of its readers may see: what they may not is `{"withheld": true}`, missing, or suppressed, and
`left_out` says which and why.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.glossary import EngagementStage, EvaluationKind, Party
from domain.plan.terms import Outcome
from domain.report.events import ReportTemplate, Suppression
from domain.values import Code
from projections.kpi.help import Reason
from projections.kpi.period import Period
from projections.kpi.series import Month
from projections.kpi.value import Share
from services.audit.ledger.answers import LineAnswer, MovesAnswer
from services.plan.attainment import AttainmentAnswer
from services.plan.objective import Baseline, MeasureAnswer
from services.reading.view import Named, Text

VERSION: Final = 4
"""Of all templates: raise it when what a report tells, or how it looks, changes."""


class Point(Struct, frozen=True, kw_only=True):
    """One measured value."""

    on: date
    value: Decimal


class ObjectivePart(Struct, frozen=True, kw_only=True):
    """An objective; `number` is what the report calls it. `progress` runs from 0 to 1.5, null without data."""

    number: int
    title: Text | None
    due_on: date | None
    measure: MeasureAnswer | None
    baseline: Baseline | None
    target: Decimal | None
    progress: Decimal | None
    measurements: tuple[Point, ...]
    outcome: Outcome | None
    level: int | None


class MilestonePart(Struct, frozen=True, kw_only=True):
    """A dated benchmark of an objective, by the objective's number: its first date, its date now, and how it stands."""

    number: int
    objective: int | None
    title: Text | None
    original_due: date
    due_on: date
    times_moved: int
    reached_on: date | None
    state: Literal["open", "reached", "missed"]


class JudgementPart(Struct, frozen=True, kw_only=True):
    """What one side thinks of it, 1 useless to 5 excellent."""

    evaluator: Party
    effectiveness: int
    summary: Text | None


class EvaluationPart(Struct, frozen=True, kw_only=True):
    """A scheduled evaluation with the judgements that were given."""

    kind: EvaluationKind
    point: Code
    due_on: date
    judgements: tuple[JudgementPart, ...]


class WinPart(Struct, frozen=True, kw_only=True):
    """A small victory."""

    on: date
    what: Text | None


class IndicatorPart(Struct, frozen=True, kw_only=True):
    """An indicator with what it is made of: `n` things counted of `clients` people. Suppressed, it has no number at all."""

    kpi: int
    name: Code
    unit: Code
    value: Decimal | None
    n: int | None
    clients: int | None
    numerator: Decimal | None
    denominator: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mix: dict[Code, tuple[Share, ...]]
    ruleset: Code
    suppressed: Code | None


class ClientProgress(Struct, frozen=True, kw_only=True, tag_field="template", tag="client_progress"):
    """How one client has come on. Days up to `as_of` count; `as_of_position` is not for those who may not count events.

    `attainment` is null where it is not disclosed, and where there is no plan.
    """

    template_version: int = VERSION
    period: Code
    as_of: date
    as_of_position: int | UnsetType = UNSET
    organization: str
    program: str | None
    client: Text | None
    coach: Text | None
    sponsor: Text | None
    stage: EngagementStage
    starts_on: date | None
    planned_end: date | None
    objectives: tuple[ObjectivePart, ...]
    milestones: tuple[MilestonePart, ...]
    indicators: tuple[IndicatorPart, ...]
    attainment: AttainmentAnswer | None = None
    evaluations: tuple[EvaluationPart, ...]
    wins: tuple[WinPart, ...]
    left_out: tuple[Suppression, ...]


class HelpPart(Struct, frozen=True, kw_only=True):
    """An engagement that needs help, and why."""

    engagement_id: UUID
    client: Text | None
    coach: Text | None
    reasons: tuple[Reason, ...]


class ProgramReport(Struct, frozen=True, kw_only=True, tag_field="template", tag="program_report"):
    """How a program comes on. Under a floor it tells of no single engagement: small cells are suppressed."""

    template_version: int = VERSION
    period: Code
    as_of: date
    as_of_position: int | UnsetType = UNSET
    organization: str
    program: str
    starts_on: date
    ends_on: date
    enrolled: int | None
    engagements: int | None
    floor: int | None
    indicators: tuple[IndicatorPart, ...]
    months: tuple[Month, ...]
    needs_help: tuple[HelpPart, ...]
    left_out: tuple[Suppression, ...]


class ChangeLedger(Struct, frozen=True, kw_only=True, tag_field="template", tag="change_ledger"):
    """What was changed of what was agreed, the newest first, in one plan, one program or everywhere (`of`).

    `milestones` are those of one plan, their original dates against those in force. `is_cut`: there were more changes in the
    period, earlier than these.
    """

    template_version: int = VERSION
    of: ReportTemplate
    period: Code
    as_of: date
    as_of_position: int | UnsetType = UNSET
    organization: str
    program: str | None
    time_zone: str
    indicators: tuple[IndicatorPart, ...]
    milestones: tuple[MovesAnswer, ...]
    changes: tuple[LineAnswer, ...]
    is_cut: bool
    people: tuple[Named, ...]
    left_out: tuple[Suppression, ...]


Content: TypeAlias = ClientProgress | ProgramReport | ChangeLedger


def last_day(content: Content) -> date:
    """The last day that counts: the end of the period, or `as_of` while it runs."""
    return min(Period.of(content.period).last, content.as_of)
