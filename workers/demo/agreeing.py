"""How client, coach and sponsor come to an agreement, and to a plan that all of them approve."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.engagement.commands import (
    ActivateEngagement,
    AssignCoach,
    DraftAgreement,
    GrantDisclosureConsent,
    InformationFlowBody,
    ProposeEngagement,
    RecipientBody,
    SignAgreement,
)
from domain.errors.engagement import ConsentMissing
from domain.errors.plan import ObjectiveNotSmart, PlanNotProposed, StalePlan
from domain.evaluation.commands import ScheduleEvaluation
from domain.plan.commands import ActivatePlan, ApprovePlan, DefineObjective, DraftPlan, ProposePlan, RefineObjective
from domain.plan.commands.refinement import RefineTitle
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, EvaluationPointBody, OpenProgram
from workers.demo.cast import EVERYBODY
from workers.demo.so_far import Contracted, Draft, LaidOut
from workers.demo.teller import Teller


async def contract(teller: Teller) -> Contracted:
    """Discover and align: a program, a client and a coach in it, terms that all three parties sign, and consent."""
    await teller.turn_to(0)
    people = {member.first_name: await teller.enter(member) for member in EVERYBODY}
    program = await offer(teller, people)
    engagement = await engage(teller, program, people, client="Lena", coach="Amir")
    return Contracted(program, engagement, people)


async def offer(teller: Teller, people: dict[str, UUID]) -> UUID:
    today = await teller.turn_to(0)
    define = DefineProgram(
        name="Leading projects",
        starts_on=today,
        ends_on=today + timedelta(days=365),
        capacity=12,
        sessions_per_engagement=8,
        sponsored=True,
        sponsor_ids=(people["Tomasz"],),
        sponsor_approves_plans=True,
        outcomes=("Projects arrive when they were promised", "Fewer people leave project teams"),
        required_assessments=("self",),
        evaluation_points=(
            EvaluationPointBody(code="close", kind="final", anchor="end"),
            EvaluationPointBody(code="lasting", kind="follow_up", anchor="end", offset_days=90),
        ),
    )
    program = (await teller.does("Dana", define)).id
    for coach in ("Amir", "Maren"):
        await teller.does("Dana", AddCoachToPool(coach_id=people[coach], max_engagements=6), program)
    await teller.does("Dana", OpenProgram(), program)
    return program


async def engage(teller: Teller, program: UUID, people: dict[str, UUID], *, client: str, coach: str) -> UUID:
    """Enrols a client and brings the engagement to its first day, signed by everybody."""
    enrol = EnrolParticipant(client_id=people[client], cohort="autumn", department="Product development", location="Hamburg")
    await teller.does("Dana", enrol, program)
    propose = ProposeEngagement(client_id=people[client], program_id=program, sponsor_id=people["Tomasz"])
    engagement = (await teller.does("Dana", propose)).id
    await teller.does("Dana", AssignCoach(coach_id=people[coach], chosen_by="client"), engagement)
    terms = DraftAgreement(
        sessions=8,
        cadence_days=14,
        information_flows=(
            InformationFlowBody(about="objective_titles", to="sponsor"),
            InformationFlowBody(about="progress", to="sponsor"),
            InformationFlowBody(about="attainment", to="sponsor"),
        ),
        text="What is said in a session stays between client and coach. The sponsor hears what the client agrees to share.",
    )
    await teller.does(coach, terms, engagement)
    today = await teller.turn_to(1)
    for signatory in (client, coach, "Tomasz"):
        await teller.does(signatory, SignAgreement(digest=await teller.agreement(signatory, engagement)), engagement)
    await teller.does(coach, ActivateEngagement(starts_on=today, planned_end=today + timedelta(days=180)), engagement)
    return engagement


async def draft_vaguely(teller: Teller, contracted: Contracted) -> Draft:
    """The vague objective is refused at activation, and so is its better sentence, for nothing says how it would be known."""
    today = await teller.turn_to(5)
    plan = (await teller.does("Amir", DraftPlan(engagement_id=contracted.engagement))).id
    vague = DefineObjective(
        title="I want to improve my leadership skills",
        why="My projects slip, and I notice it too late.",
        due_on=today + timedelta(days=90),
        confidence=6,
    )
    objective = await teller.does("Lena", vague, plan)
    await approve(teller, plan, "Lena", "Amir")
    await teller.is_refused("Tomasz", ConsentMissing, await approval(teller, "Lena", plan), plan)
    share = GrantDisclosureConsent(subjects=("objective_titles", "progress", "attainment"), recipient=RecipientBody(role="sponsor"))
    await teller.does("Lena", share, contracted.engagement)
    await teller.does("Tomasz", await approval(teller, "Tomasz", plan), plan)
    await teller.is_refused("Amir", ObjectiveNotSmart, ActivatePlan(), plan)
    await teller.turn_to(6)
    better = RefineTitle(to="I want to lead a successful project team in the next three months", seen=objective.version)
    refined = await teller.does("Lena", RefineObjective(objective_id=objective.item_id, refinement=better), plan)
    await approve(teller, plan, "Lena", "Amir", "Tomasz")
    await teller.is_refused("Amir", ObjectiveNotSmart, ActivatePlan(), plan)
    return Draft(plan, objective.item_id, refined.version)


async def agree_on_plan(teller: Teller, contracted: Contracted, laid_out: LaidOut) -> UUID:
    """The sponsor approves what they read; what they read before the plan changed is not it any more. Then the plan is in force."""
    today = await teller.turn_to(8)
    plan = laid_out.plan
    await teller.is_refused("Tomasz", PlanNotProposed, laid_out.read_before, plan)
    await teller.does("Amir", ProposePlan(), plan)
    await teller.is_refused("Tomasz", StalePlan, laid_out.read_before, plan)
    await approve(teller, plan, "Lena", "Amir", "Tomasz")
    await teller.does("Amir", ActivatePlan(), plan)
    midway = ScheduleEvaluation(engagement_id=contracted.engagement, kind="interim", point="midway", due_on=today + timedelta(days=36))
    return (await teller.does("Amir", midway)).id


async def approve(teller: Teller, plan: UUID, *parties: str) -> None:
    """The coach lays the plan before its parties, and each approves what they read."""
    await teller.does("Amir", ProposePlan(), plan)
    for party in parties:
        await teller.does(party, await approval(teller, party, plan), plan)


async def approval(teller: Teller, who: str, plan: UUID) -> ApprovePlan:
    version, digest = await teller.proposal(who, plan)
    return ApprovePlan(plan_version=version, digest=digest)
