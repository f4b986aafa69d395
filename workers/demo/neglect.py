"""A second engagement, begun as well as the first and then left alone: what a director's board is for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from domain.assessment.commands import LaunchNeedsAssessment, SubmitSelfAssessment
from domain.engagement.commands import GrantDisclosureConsent, RecipientBody
from domain.plan.commands import ActivatePlan, AdoptStrategy, DefineObjective, DraftPlan, MeasureProgress, ProposePlan, SetMilestone
from domain.plan.commands.part import BaselineBody, MeasureBody
from workers.demo.agreeing import approval, engage
from workers.demo.so_far import Contracted
from workers.demo.teller import Teller


async def neglected(teller: Teller, contracted: Contracted) -> None:
    """Mateo's plan comes into force; one number comes in, and then nothing more."""
    await teller.turn_to(9)
    engagement = await engage(teller, contracted.program, contracted.people, client="Mateo", coach="Maren")
    assessment = (await teller.does("Maren", LaunchNeedsAssessment(engagement_id=engagement, competencies=("communication",)))).id
    answers = {"communication_1": 2, "communication_2": 3, "communication_3": None}
    await teller.does("Mateo", SubmitSelfAssessment(answers=answers), assessment)
    consent = GrantDisclosureConsent(subjects=("objective_titles",), recipient=RecipientBody(role="sponsor"))
    await teller.does("Mateo", consent, engagement)
    today = await teller.turn_to(12)
    plan = (await teller.does("Maren", DraftPlan(engagement_id=engagement))).id
    shorter = DefineObjective(
        title="Bring the weekly planning meeting down to thirty minutes",
        why="The team dreads Mondays.",
        measure=MeasureBody(name="Length of the meeting", unit="minutes", direction="decrease", source="calendar"),
        baseline=BaselineBody(value=Decimal(75), at=today, source="calendar"),
        target=Decimal(30),
        due_on=today + timedelta(days=80),
        confidence=6,
    )
    objective = (await teller.does("Mateo", shorter, plan)).item_id
    agenda = SetMilestone(objective_id=objective, title="Every meeting has an agenda the day before", due_on=today + timedelta(days=21))
    await teller.does("Mateo", agenda, plan)
    await teller.does("Maren", AdoptStrategy(title="Send the agenda on Friday", kind="practice", objective_ids=(objective,)), plan)
    await teller.does("Maren", ProposePlan(), plan)
    for party in ("Mateo", "Maren", "Tomasz"):
        await teller.does(party, await approval(teller, party, plan), plan)
    await teller.does("Maren", ActivatePlan(), plan)
    await teller.turn_to(16)
    await teller.does("Mateo", MeasureProgress(objective_id=objective, value=Decimal(70), source="calendar"), plan)
