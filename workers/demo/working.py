"""What happens once the plan is in force: work, moved dates, an evaluation, an agreed change, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.evaluation.commands import LevelRatingBody, ObjectiveRatingBody, RecordEvaluation
from domain.plan.commands import (
    AcceptChange,
    AdjustMilestone,
    CompleteAction,
    ConcludeObjective,
    MeasureProgress,
    ProposeChange,
    ReachMilestone,
    RefineObjective,
    ReviewPlan,
    ReviseStrategy,
)
from domain.plan.commands.part import EvidenceBody
from domain.plan.commands.progress import DecisionBody
from domain.plan.commands.refinement import RefineTarget
from workers.demo.so_far import LaidOut
from workers.demo.teller import Teller


async def work(teller: Teller, plan: LaidOut) -> None:
    """The first promise is kept, and the first numbers come in."""
    await teller.turn_to(17)
    done = CompleteAction(action_id=plan.action, evidence="Priya ran it twice, the second time without me", effort_minutes=90)
    await teller.does("Lena", done, plan.plan)
    await teller.turn_to(20)
    await measure(teller, plan, on_time="45", feedback="3", evenings="1")


async def adjust(teller: Teller, plan: LaidOut) -> None:
    """One milestone moves twice: Lena was ill, then the sponsor's reorganization came. Then it is reached, and reviewed."""
    await teller.turn_to(22)
    later, last = plan.charter_due + timedelta(days=7), plan.charter_due + timedelta(days=12)
    ill = AdjustMilestone(
        milestone_id=plan.charter, from_=plan.charter_due, to=later, reason_code="absence", reason="I was ill the week it was planned for"
    )
    await teller.does("Lena", ill, plan.plan)
    await teller.turn_to(28)
    moved = AdjustMilestone(
        milestone_id=plan.charter,
        from_=later,
        to=last,
        reason_code="org_change",
        reason="Two of the six join another team on the first; the charter waits for the new ones",
        initiated_by="sponsor",
    )
    await teller.does("Amir", moved, plan.plan)
    today = await teller.turn_to(35)
    reached = ReachMilestone(milestone_id=plan.charter, evidence="Signed by all six, on the wall of the project room")
    await teller.does("Lena", reached, plan.plan)
    await review(teller, plan, today, "The meetings help, the practice needs a rule")


async def evaluate(teller: Teller, plan: LaidOut, evaluation: UUID) -> None:
    """Midway, client and coach each judge the plan that they agreed on."""
    await teller.turn_to(40)
    await measure(teller, plan, on_time="55", feedback="4", evenings="2")
    await teller.turn_to(44)
    version, _ = await teller.proposal("Lena", plan.plan)
    for who, effectiveness, rating, summary in (
        ("Lena", 4, 4, "Deliveries are better; delegating still costs me nerves."),
        ("Amir", 4, 3, "Steady. The practice works where the task is whole, and not where it is a step."),
    ):
        judgement = RecordEvaluation(
            plan_version=version,
            effectiveness=effectiveness,
            ratings=(ObjectiveRatingBody(objective_id=plan.on_time, rating=rating),),
            levels=(LevelRatingBody(level=1, rating=5), LevelRatingBody(level=3, rating=rating)),
            summary=summary,
        )
        await teller.does(who, judgement, evaluation)


async def change(teller: Teller, plan: LaidOut, evaluation: UUID) -> None:
    """What the evaluation showed becomes a change: the coach proposes it, the client accepts, and the plan has its next version."""
    today = await teller.turn_to(45)
    evidence = (EvidenceBody(kind="evaluation", ref=str(evaluation), value=Decimal(4), as_of=today),)
    revise = ReviseStrategy(
        strategy_id=plan.practice.item_id,
        seen=plan.practice.version,
        title="Delegate one whole task a week, with its result agreed in one sentence",
    )
    proposed = ProposeChange(
        change=revise, reason_code="learning", reason="Whole tasks came back done, single steps came back", evidence=evidence
    )
    whole = await teller.does("Amir", proposed, plan.plan)
    higher = ProposeChange(
        change=RefineObjective(objective_id=plan.on_time, refinement=RefineTarget(from_=Decimal(80), to=Decimal(85))),
        reason="With the new practice I can promise more",
        evidence=evidence,
    )
    target = await teller.does("Lena", higher, plan.plan)
    await teller.turn_to(46)
    await teller.does("Lena", AcceptChange(change_id=whole.item_id), plan.plan)
    await teller.does("Amir", AcceptChange(change_id=target.item_id), plan.plan)


async def conclude(teller: Teller, plan: LaidOut) -> None:
    """The numbers arrive where they were meant to; client and coach conclude the objective together."""
    await teller.turn_to(50)
    await measure(teller, plan, on_time="66", feedback="5", evenings="3")
    await teller.does("Lena", ReachMilestone(milestone_id=plan.delivery, measured_value=Decimal(66)), plan.plan)
    await review(teller, plan, await teller.turn_to(62), "Both numbers rise; nothing to change")
    await teller.turn_to(69)
    await teller.does("Lena", ReachMilestone(milestone_id=plan.steering, evidence="Minutes of the committee"), plan.plan)
    await teller.turn_to(77)
    await measure(teller, plan, on_time="88", feedback="6", evenings="2")
    await teller.turn_to(80)
    verdict = ConcludeObjective(objective_id=plan.on_time, outcome="attained", level=0, measured_value=Decimal(88))
    await teller.does("Amir", verdict, plan.plan)
    await teller.does("Lena", verdict, plan.plan)
    await review(teller, plan, await teller.turn_to(83), "One reached; the two others go on")


async def measure(teller: Teller, plan: LaidOut, *, on_time: str, feedback: str, evenings: str) -> None:
    numbers = ((plan.on_time, on_time, "project_office"), (plan.feedback, feedback, "own_log"), (plan.evenings, evenings, "own_log"))
    for objective, value, source in numbers:
        await teller.does("Lena", MeasureProgress(objective_id=objective, value=Decimal(value), source=source), plan.plan)


async def review(teller: Teller, plan: LaidOut, today: date, note: str) -> None:
    """Client and coach look at the plan together, keep it as it is, and meet again in four weeks."""
    decisions = (DecisionBody(decision="keep", objective_id=plan.on_time, note=note),)
    await teller.does("Amir", ReviewPlan(decisions=decisions, next_review_on=today + timedelta(days=28)), plan.plan)
