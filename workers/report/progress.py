"""The content of a client's progress report, from the read models, as far as its readers may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import UNSET

from domain.engagement.state import EngagementState
from domain.evaluation.state import EvaluationState
from domain.organization.state import OrganizationState
from domain.plan.state import PlanState
from domain.report.state import ReportState
from projections import current
from projections.current import Current
from projections.kpi.board import indicators
from projections.kpi.facts import Facts
from projections.kpi.objective import progress
from projections.kpi.period import Asked, Period
from projections.kpi.value import Kpi
from projections.kpi_board import KPI_BOARD
from projections.snapshot import Snapshot
from services.evaluation.answers import evaluation_answer
from services.plan.answers import PlanAnswer, plan_answer
from services.plan.item import MilestoneAnswer
from services.plan.objective import ObjectiveAnswer
from services.reading.reads import names
from services.reading.view import Sight, disclosed
from services.report.audience import left_out
from workers.report.content import (
    ClientProgress,
    EvaluationPart,
    IndicatorPart,
    JudgementPart,
    MilestonePart,
    ObjectivePart,
    Point,
    WinPart,
)


class Wanted(NamedTuple):
    """Which report, for whose eyes, in which organization, from which position of the log."""

    report: ReportState
    seen: Sight
    organization: OrganizationState
    position: int

    @property
    def asked(self) -> Asked:
        """Its period, and its last day as today."""
        return Asked.of(self.organization, Period.of(self.report.period), self.report.as_of, self.position)


async def client_progress(rows: Snapshot, wanted: Wanted, engagement: EngagementState) -> ClientProgress:
    seen, asked = wanted.seen, wanted.asked
    known = await names(rows, [engagement.client_id, engagement.coach_id, engagement.sponsor_id])
    facts = [row.document for row in await rows.opened(KPI_BOARD, "some", keys=[engagement.id])]
    plan = await plan_of(rows, wanted, engagement.id, facts)
    program = await current.one(rows, "program", engagement.program_id, words=False) if engagement.program_id else None
    objectives = disclosed(plan.objectives) or () if plan else ()
    numbers = {one.id: number for number, one in enumerate(objectives, 1)}
    return ClientProgress(
        period=wanted.report.period,
        as_of=wanted.report.as_of,
        as_of_position=wanted.position if seen.drafts else UNSET,
        organization=wanted.organization.name,
        program=program.state.name if program else None,
        client=seen.name(known.get(engagement.client_id)),
        coach=seen.name(known.get(engagement.coach_id)) if engagement.coach_id else None,
        sponsor=seen.name(known.get(engagement.sponsor_id)) if engagement.sponsor_id else None,
        stage=engagement.stage,
        starts_on=engagement.starts_on,
        planned_end=engagement.planned_end,
        objectives=tuple(objective_part(numbers[one.id], one, asked.until) for one in objectives),
        milestones=milestone_parts(disclosed(plan.milestones) or (), numbers, asked.until) if plan else (),
        indicators=tuple(map(indicator_part, indicators(facts, asked))) if seen.drafts else (),
        attainment=disclosed(plan.attainment) if plan else None,
        evaluations=await evaluations(rows, wanted, engagement.id),
        wins=tuple(WinPart(on=win.on, what=win.what) for win in disclosed(plan.wins) or () if win.on <= asked.until) if plan else (),
        left_out=left_out(wanted.report, seen),
    )


async def plan_of(rows: Snapshot, wanted: Wanted, engagement: UUID, facts: Sequence[Facts]) -> PlanAnswer | None:
    """The engagement's plan as its readers see it; None while there is none."""
    plans: Sequence[Current[PlanState]] = await belonging(rows, wanted, "plan", engagement)
    if not plans:
        return None
    reached = {id: progress(one, wanted.asked.until) for each in facts for id, one in each.objectives.items()}
    return plan_answer(plans[-1], reached, (), wanted.seen, reader=None, counts=False)


async def belonging(rows: Snapshot, wanted: Wanted, noun: str, engagement: UUID) -> list[Current[Any]]:
    """The engagement's streams of a noun, oldest first."""
    page = {"engagement_ids": [engagement], "after": None, "at_most": None}
    return await current.read(rows, noun, wanted.seen.opens, "in_engagements", **page)


def indicator_part(kpi: Kpi) -> IndicatorPart:
    return IndicatorPart(**{name: getattr(kpi, name) for name in IndicatorPart.__struct_fields__})


def objective_part(number: int, one: ObjectiveAnswer, until: date) -> ObjectivePart:
    given = disclosed(one.conclusion)
    judged = given if given is not None and given.holds else None
    measured = (point for point in disclosed(one.measurements) or () if point.measure_version == one.measure_version)
    points = sorted((point.on, point.version, point.value) for point in measured)
    return ObjectivePart(
        number=number,
        title=one.title,
        due_on=disclosed(one.due_on),
        measure=disclosed(one.measure),
        baseline=disclosed(one.baseline),
        target=disclosed(one.target),
        progress=disclosed(one.progress),
        measurements=tuple(Point(on=on, value=value) for on, _, value in points if on <= until),
        outcome=judged.outcome if judged else None,
        level=judged.level if judged else None,
    )


def milestone_parts(milestones: Sequence[MilestoneAnswer], numbers: dict[UUID, int], until: date) -> tuple[MilestonePart, ...]:
    """Those that stand, by their date now."""
    standing = sorted((one for one in milestones if not one.withdrawn), key=lambda one: (one.due_on, one.id))
    return tuple(milestone_part(number, one, numbers.get(one.objective_id), until) for number, one in enumerate(standing, 1))


def milestone_part(number: int, one: MilestoneAnswer, objective: int | None, until: date) -> MilestonePart:
    reached_on = one.reached_on if one.reached_on is not None and one.reached_on <= until else None
    return MilestonePart(
        number=number,
        objective=objective,
        title=one.title,
        original_due=one.original_due,
        due_on=one.due_on,
        times_moved=len(one.adjustments),
        reached_on=reached_on,
        state="reached" if reached_on else "missed" if one.due_on < until else "open",
    )


async def evaluations(rows: Snapshot, wanted: Wanted, engagement: UUID) -> tuple[EvaluationPart, ...]:
    found: Sequence[Current[EvaluationState]] = await belonging(rows, wanted, "evaluation", engagement)
    if "evaluation_summary" not in wanted.seen.classes:
        return ()
    answers = [evaluation_answer(one, wanted.seen, counts=False) for one in found]
    return tuple(
        EvaluationPart(
            kind=one.kind,
            point=one.point,
            due_on=one.due_on,
            judgements=tuple(
                JudgementPart(evaluator=each.evaluator, effectiveness=each.effectiveness, summary=each.summary)
                for each in disclosed(one.judgements) or ()
            ),
        )
        for one in sorted(answers, key=lambda one: (one.due_on, one.id))
    )
