"""A group beside the tale: four who begin to lead are coached together, and each signs, lets see, rates and promises for themselves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.engagement.commands import (
    ActivateEngagement,
    AddMember,
    AssignCoach,
    DraftAgreement,
    GrantDisclosureConsent,
    InformationFlowBody,
    ProposeEngagement,
    RecipientBody,
    SignAgreement,
)
from domain.glossary import Disclosure
from domain.plan.commands import (
    ActivatePlan,
    AdoptStrategy,
    AnswerExercise,
    CommitAction,
    CompleteAction,
    DefineObjective,
    DraftPlan,
    MeasureProgress,
    OfferExercise,
    ProposePlan,
    SetMilestone,
)
from domain.plan.commands.part import BaselineBody, MeasureBody
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, OpenProgram
from domain.session.commands import (
    CompleteSession,
    MakeSessionAgreement,
    RateSession,
    RecordReflection,
    RecordSessionNote,
    ScheduleSession,
)
from workers.demo.agreeing import approval
from workers.demo.cast import GROUP
from workers.demo.so_far import Grouped
from workers.demo.teller import Teller

TOGETHER: Final = tuple(member.first_name for member in GROUP)
COACH: Final = "Maren"
FIRST: Final = TOGETHER[0]
"""Who acts for the group where one has to."""
MEETINGS: Final = (TOGETHER, (*TOGETHER[:3],), TOGETHER)
"""Who came each time, every other week."""
SHARED: Final[tuple[Disclosure, ...]] = ("attendance", "objective_titles", "progress")
AT: Final = time(13)  # UTC
STEP: Final = timedelta(days=14)


async def coached_together(teller: Teller, people: dict[str, UUID]) -> Grouped:
    """From the program of their own to the last meeting so far, with the next one booked."""
    own = {member.first_name: await teller.enter(member) for member in GROUP}
    people = people | own
    program = await offered(teller, people)
    engagement = await begun(teller, people, program)
    plan, objective = await planned(teller, engagement)
    sessions = await met(teller, people, engagement)
    await worked(teller, people, plan, objective)
    return Grouped(program, engagement, plan, (*sessions, await booked_next(teller, engagement)), own)


async def offered(teller: Teller, people: dict[str, UUID]) -> UUID:
    today = await teller.turn_to(2)
    define = DefineProgram(
        name="New team leads",
        starts_on=today,
        ends_on=today + timedelta(days=300),
        capacity=8,
        sessions_per_engagement=6,
        sponsored=True,
        sponsor_ids=(people["Tomasz"],),
        outcomes=("New leads are still in their role after a year",),
    )
    program = (await teller.does("Dana", define)).id
    await teller.does("Dana", AddCoachToPool(coach_id=people[COACH], max_engagements=2), program)
    await teller.does("Dana", OpenProgram(), program)
    for name in TOGETHER:
        await teller.does("Dana", EnrolParticipant(client_id=people[name], cohort="autumn", department="Operations"), program)
    return program


async def begun(teller: Teller, people: dict[str, UUID], program: UUID) -> UUID:
    """Everybody signs; what all four let the sponsor see reaches him, and Emil lets less than the others."""
    propose = ProposeEngagement(client_id=people[FIRST], program_id=program, sponsor_id=people["Tomasz"], kind="group")
    engagement = (await teller.does("Dana", propose)).id
    for name in TOGETHER[1:]:
        await teller.does("Dana", AddMember(client_id=people[name]), engagement)
    await teller.does("Dana", AssignCoach(coach_id=people[COACH]), engagement)
    terms = DraftAgreement(
        sessions=6,
        cadence_days=STEP.days,
        information_flows=tuple(InformationFlowBody(about=about, to="sponsor") for about in SHARED),
        text="What one of us says here stays among the five of us. The sponsor hears what all four agree to share.",
    )
    await teller.does(COACH, terms, engagement)
    today = await teller.turn_to(5)
    for name in (*TOGETHER, COACH, "Tomasz"):
        await teller.does(name, SignAgreement(digest=await teller.agreement(name, engagement)), engagement)
    await teller.does(COACH, ActivateEngagement(starts_on=today, planned_end=today + timedelta(days=180)), engagement)
    for name in TOGETHER:
        seen = SHARED[:2] if name == "Emil" else SHARED
        await teller.does(name, GrantDisclosureConsent(subjects=seen, recipient=RecipientBody(role="sponsor")), engagement)
    return engagement


async def planned(teller: Teller, engagement: UUID) -> tuple[UUID, UUID]:
    """The plan is written by Aisha for the group and the coach, and is in force when both have approved it."""
    today = await teller.turn_to(7)
    plan = (await teller.does(COACH, DraftPlan(engagement_id=engagement))).id
    hour = DefineObjective(
        title="Hold a weekly half hour for questions in each of our four teams",
        why="Our people ask each other what they should ask us.",
        measure=MeasureBody(name="Teams with a weekly half hour", unit="count", direction="increase", source="calendar"),
        baseline=BaselineBody(value=Decimal(0), at=today, source="calendar"),
        target=Decimal(4),
        due_on=today + timedelta(days=90),
        confidence=8,
    )
    objective = (await teller.does(FIRST, hour, plan)).item_id
    half = SetMilestone(objective_id=objective, title="Two of our teams have held it three times", due_on=today + timedelta(days=40))
    await teller.does(FIRST, half, plan)
    case = AdoptStrategy(title="Each of us brings one case to every meeting", kind="practice", objective_ids=(objective,), client_fit=8)
    await teller.does(COACH, case, plan)
    await teller.does(COACH, ProposePlan(), plan)
    for name in (FIRST, COACH):
        await teller.does(name, await approval(teller, name, plan), plan)
    await teller.does(COACH, ActivatePlan(), plan)
    return plan, objective


async def met(teller: Teller, people: dict[str, UUID], engagement: UUID) -> tuple[UUID, ...]:
    """Three meetings, rated by each who came."""
    first = datetime.combine(await teller.turn_to(8) + timedelta(days=6), AT, UTC)
    booked = [first + STEP * number for number in range(len(MEETINGS))]
    sessions = []
    for number, (at, there) in enumerate(zip(booked, MEETINGS, strict=True)):
        await teller.turn_to(9 + STEP.days * number)
        session = (await teller.does(COACH, ScheduleSession(engagement_id=engagement, starts_at=at, minutes=90))).id
        sessions.append(session)
        agreed = MakeSessionAgreement(focus="A case of each of us", wanted_outcome="One sentence that each of us will say this week")
        await teller.does(FIRST, agreed, session)
        await teller.turn_to(15 + STEP.days * number)
        attended = tuple(people[name] for name in there)
        done = CompleteSession(minutes=90, attended=attended, steps=("agreement", "awareness", "actions"), occurred_at=at)
        await teller.does(COACH, done, session)
        await rated(teller, session, there, number)
    return tuple(sessions)


async def booked_next(teller: Teller, engagement: UUID) -> UUID:
    ahead = datetime.combine(await teller.turn_to(81) + timedelta(days=10), AT, UTC)
    return (await teller.does(COACH, ScheduleSession(engagement_id=engagement, starts_at=ahead, minutes=90))).id


async def rated(teller: Teller, session: UUID, there: tuple[str, ...], number: int) -> None:
    """What one of them writes is read by the coach, and by no other of them."""
    for place, name in enumerate(there):
        comment = "It helped to hear that I am not the only one." if place == number else None
        await teller.does(name, RateSession(scores={"stars": 5 - (place + number) % 2}, comment=comment), session)
    note = RecordSessionNote(text="Each of them left with a sentence of their own.", visibility="shared")
    await teller.does(COACH, note, session)
    writer = there[(number + 1) % len(there)]
    await teller.does(writer, RecordReflection(text="I talk too early. Next time I count to five.", visibility="private_client"), session)


async def worked(teller: Teller, people: dict[str, UUID], plan: UUID, objective: UUID) -> None:
    """Each says how far the group has come and keeps what they promised; Aisha answers for all what the coach has offered."""
    today = await teller.turn_to(44)
    promises = {}
    for name, text in (("Nadia", "Ask my team which day suits them"), ("Emil", "Move the half hour out of the lunch break")):
        promise = CommitAction(text=text, owner=people[name], due_on=today + timedelta(days=10), objective_id=objective)
        promises[name] = (await teller.does(COACH, promise, plan)).item_id
    offer = OfferExercise(
        kind="worksheet",
        title="A difficult talk, prepared",
        questions=("Whom do you put off?", "What is the first sentence?", "What would make it worth it for them?"),
        objective_ids=(objective,),
        due_on=today + timedelta(days=14),
    )
    exercise = (await teller.does(COACH, offer, plan)).item_id
    await teller.turn_to(50)
    await teller.does("Nadia", CompleteAction(action_id=promises["Nadia"], evidence="Thursday, at ten"), plan)
    answers = ("The one of us who is always late", "I need you there at nine, and I would like to know what is in the way", None)
    await teller.does(FIRST, AnswerExercise(exercise_id=exercise, answers=answers, visibility="shared"), plan)
    for name, day, value in (("Jonas", 52, 1), ("Nadia", 66, 2), (FIRST, 80, 3)):
        await teller.turn_to(day)
        await teller.does(name, MeasureProgress(objective_id=objective, value=Decimal(value), source="calendar"), plan)
