"""How needs are found, and how the plan gets its measures, strategies, actions and milestones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.assessment.commands import IdentifyNeed, LaunchNeedsAssessment, NeedEvidenceBody, SubmitSelfAssessment
from domain.plan.commands import (
    AdoptStrategy,
    CommitAction,
    DefineAttainmentScale,
    DefineObjective,
    RecordClientInput,
    RefineObjective,
    SetMilestone,
)
from domain.plan.commands.part import BandBody, BaselineBody, LevelBody, LinksBody, MeasureBody, RealismBody
from domain.plan.commands.refinement import RefineLinks, RefineTarget, ReplaceMeasure
from domain.questionnaire import current
from workers.demo.agreeing import approval
from workers.demo.so_far import Adopted, Assessed, Contracted, Draft, LaidOut
from workers.demo.teller import Teller


async def assess(teller: Teller, contracted: Contracted) -> Assessed:
    """Lena answers for herself; what she finds hard becomes a need, and she agrees that it is one."""
    await teller.turn_to(2)
    assessment = (await teller.does("Amir", LaunchNeedsAssessment(engagement_id=contracted.engagement))).id
    await teller.turn_to(3)
    instrument = current("throughline_leadership")
    if instrument is None:
        raise LookupError("the registry has lost its own instrument")
    low = {"delegation": 2, "feedback": 3}
    answers: dict[str, int | None] = {
        item: low.get(code, 4) for code, competency in instrument.competencies.items() for item in competency.items
    }
    await teller.does("Lena", SubmitSelfAssessment(answers=answers), assessment)
    await teller.turn_to(4)
    evidence = (NeedEvidenceBody(source="self_assessment", item=min(instrument.competencies["delegation"].items)),)
    found = IdentifyNeed(competency="delegation", need_class="challenge", evidence=evidence, client_agrees=True)
    need = (await teller.does("Amir", found, assessment)).item_id
    told = (NeedEvidenceBody(source="interview"),)
    strength = IdentifyNeed(competency="self_management", need_class="strength", evidence=told, client_agrees=True)
    await teller.does("Lena", strength, assessment)
    return Assessed(assessment, need)


async def lay_out(teller: Teller, contracted: Contracted, assessed: Assessed, draft: Draft) -> LaidOut:
    """A measure makes the sentence an objective; then come two more, the strategies, and milestones on the way."""
    today = await teller.turn_to(7)
    read_before = await approval(teller, "Tomasz", draft.plan)
    feedback, evenings = await objectives(teller, draft, assessed, today)
    scale = DefineAttainmentScale(
        objective_id=draft.objective,
        levels=tuple(LevelBody(level=level, text=text, anchor=Decimal(anchor)) for level, text, anchor in LEVELS),
        importance=3,
        difficulty=2,
    )
    await teller.does("Lena", scale, draft.plan)
    practice = await strategies(teller, draft.plan, draft.objective, feedback)
    charter, delivery, steering = [
        (await teller.does("Lena", SetMilestone(objective_id=draft.objective, title=title, due_on=due, benchmark=mark), draft.plan)).item_id
        for title, due, mark in (
            ("The team has agreed on a charter of its own", today + timedelta(days=18), None),
            ("Six of ten deliveries come on the agreed day", today + timedelta(days=42), Decimal(60)),
            ("The steering committee sees the second quarter", today + timedelta(days=63), None),
        )
    ]
    promise = CommitAction(
        text="Hand the weekly status meeting over to Priya",
        owner=contracted.people["Lena"],
        due_on=today + timedelta(days=10),
        strategy_id=practice.item_id,
        first_step="Ask Priya on Monday whether she wants it",
    )
    action = (await teller.does("Lena", promise, draft.plan)).item_id
    return LaidOut(
        *(draft.plan, draft.objective, feedback, evenings, charter, today + timedelta(days=18), delivery, steering),
        *(practice, action, read_before),
    )


LEVELS = (
    (-2, "Deliveries slip as often as not, and I learn of it afterwards", "30"),
    (-1, "Four of ten deliveries come on the agreed day, as today", "40"),
    (0, "Eight of ten deliveries come on the agreed day", "80"),
    (1, "Nine of ten, and the team names the risk before I do", "90"),
    (2, "Every delivery comes on the agreed day, without my asking", "100"),
)
"""What each level of attainment looks like, in Lena's words, and the value from which it holds."""


async def objectives(teller: Teller, draft: Draft, assessed: Assessed, today: date) -> tuple[UUID, UUID]:
    """Gives the first objective its measure, target and link, and defines two more, of which it returns the ids."""
    measure = ReplaceMeasure(
        to=MeasureBody(name="Deliveries on the agreed day", unit="percent", direction="increase", source="project_office"),
        baseline=BaselineBody(value=Decimal(40), at=today, source="project_office"),
        target=Decimal(75),
        seen=draft.seen,
    )
    for refinement in (
        measure,
        RefineTarget(from_=Decimal(75), to=Decimal(80)),
        RefineLinks(from_=LinksBody(), to=LinksBody(need_id=assessed.need)),
    ):
        await teller.does("Lena", RefineObjective(objective_id=draft.objective, refinement=refinement), draft.plan)
    feedback = DefineObjective(
        title="Give each of my six people one concrete piece of feedback a week",
        why="They hear from me only when something is wrong.",
        measure=MeasureBody(name="Pieces of feedback a week", unit="count", direction="increase", source="own_log"),
        baseline=BaselineBody(value=Decimal(2), at=today, source="own_log"),
        target=Decimal(6),
        due_on=today + timedelta(days=70),
        confidence=7,
    )
    evenings = DefineObjective(
        title="Keep at least two evenings a week free of work",
        why="I want to last longer than this project.",
        measure=MeasureBody(
            name="Evenings without work",
            unit="count",
            direction="maintain",
            band=BandBody(low=Decimal(2), high=Decimal(7)),
            source="own_log",
        ),
        baseline=BaselineBody(value=Decimal(1), at=today, source="own_log"),
        due_on=today + timedelta(days=90),
        confidence=5,
    )
    return (await teller.does("Lena", feedback, draft.plan)).item_id, (await teller.does("Lena", evenings, draft.plan)).item_id


async def strategies(teller: Teller, plan: UUID, on_time: UUID, feedback: UUID) -> Adopted:
    """Progress meetings, a training, and a practice, which Lena would rather begin small."""
    meetings = AdoptStrategy(
        title="Look at the three nearest deliveries every other Monday", kind="meeting", objective_ids=(on_time,), client_fit=9
    )
    training = AdoptStrategy(
        title="Two afternoons on giving feedback",
        kind="training",
        objective_ids=(feedback,),
        realism=RealismBody(hours_per_week=Decimal("1.5"), obstacles="The second afternoon falls into the release week"),
        client_fit=7,
    )
    practice = AdoptStrategy(
        title="Delegate one whole task a week and stay out of it",
        kind="practice",
        objective_ids=(on_time, feedback),
        realism=RealismBody(hours_per_week=Decimal(1)),
        client_fit=6,
    )
    await teller.does("Amir", meetings, plan)
    await teller.does("Lena", training, plan)
    adopted = await teller.does("Lena", practice, plan)
    doubt = RecordClientInput(
        about="strategy", about_id=adopted.item_id, stance="agrees", text="Yes, but with a small task first: I have taken work back before."
    )
    await teller.does("Lena", doubt, plan)
    return Adopted(adopted.item_id, adopted.version)
