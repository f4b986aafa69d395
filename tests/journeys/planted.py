"""A history with things planted in it that somebody who audits has to find, told as of a hundred days ago."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.access.commands import AccessRecord, ReadingBody
from domain.command import Command
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
from domain.evaluation.commands import RecordEvaluation, ScheduleEvaluation
from domain.glossary import Party
from domain.plan.commands import (
    AcceptChange,
    ActivatePlan,
    AdjustMilestone,
    CorrectMeasurement,
    DefineObjective,
    DraftPlan,
    MeasureProgress,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RefineObjective,
    SetMilestone,
    WithdrawEntry,
    WithdrawMilestone,
)
from domain.plan.commands.part import BaselineBody, MeasureBody, OverrideBody
from domain.plan.commands.refinement import RefineTarget, ReplaceMeasure
from domain.plan.smart.verdict import SmartCode
from domain.program.commands import EnrolParticipant
from domain.reminder.commands import DedupeKeyBody, PlanReminder, SendReminder
from domain.report.commands import CellBody, GenerateReport, RequestReport, SuppressionBody
from services.actor import worker
from workers.demo.agreeing import approval, contract
from workers.demo.planning import assess
from workers.demo.so_far import Contracted
from workers.demo.story import Playing

DAYS = 100
"""How long ago it begins."""
DELIVERIES = MeasureBody(name="Deliveries", unit="percent", direction="increase", source="office")
DELAYS = MeasureBody(name="Delays", unit="days", direction="decrease", source="office")


class Planted(NamedTuple):
    """Where things are planted. `left` is an objective that nobody touches after the plan came into force."""

    contracted: Contracted
    plan: UUID
    objective: UUID
    left: UUID
    milestones: tuple[UUID, ...]
    sponsors: UUID
    start: date


class Planting:
    def __init__(self, teller: Playing) -> None:
        self.teller = teller

    async def does(self, who: str, command: Command, target: UUID | None = None) -> UUID:
        return (await self.teller.does(who, command, target)).item_id

    async def works(self, command: Command, target: UUID | None = None) -> UUID:
        """As the worker does it, on the clock of the story."""
        return (await self.teller.commands.execute(worker(self.teller.tenant)._replace(channel="import"), command, target)).id

    async def plant(self) -> Planted:
        contracted = await contract(self.teller)
        await assess(self.teller, contracted)
        consent = GrantDisclosureConsent(subjects=("objective_titles",), recipient=RecipientBody(role="sponsor"))
        await self.does("Lena", consent, contracted.engagement)
        start = await self.teller.turn_to(5)
        plan = await self.does("Amir", DraftPlan(engagement_id=contracted.engagement))
        objective, left, milestones = await self.agreed(plan, start)
        client, sponsors = await self.scheduled(contracted, start)
        await self.happened(plan, objective, milestones, start)
        await self.teller.turn_to(40)
        await self.does("Lena", RecordEvaluation(plan_version=1, effectiveness=4), client)
        await self.too_early(contracted)
        await self.changed(plan, objective)
        await self.reminded(contracted, objective)
        await self.told(contracted)
        await self.read(contracted, plan)
        return Planted(contracted, plan, objective, left, milestones, sponsors, start)

    async def agreed(self, plan: UUID, start: date) -> tuple[UUID, UUID, tuple[UUID, ...]]:
        """In force with a code of the SMART check overridden, for an objective that has no measure."""
        due, why = start + timedelta(days=88), "It costs me nerves."
        baseline = BaselineBody(value=Decimal(40), at=start, source="office")
        measured = DefineObjective(
            title="Deliver on the promised day",
            why=why,
            due_on=due,
            confidence=6,
            measure=DELIVERIES,
            baseline=baseline,
            target=Decimal(80),
        )
        objective = await self.does("Lena", measured, plan)
        left = await self.does("Lena", DefineObjective(title="Hold two coaching talks a week", why=why, due_on=due, confidence=6), plan)
        stops = [
            SetMilestone(objective_id=objective, title=f"Stop {days}", due_on=start + timedelta(days=days)) for days in (20, 30, 40, 25)
        ]
        milestones = tuple([await self.does("Lena", stop, plan) for stop in stops])
        await self.does("Amir", ProposePlan(), plan)
        for party in ("Lena", "Amir", "Tomasz"):
            await self.does(party, await approval(self.teller, party, plan), plan)
        passed = OverrideBody(objective_id=left, code=SmartCode.NO_MEASURE, reason_code="scope")
        await self.does("Amir", ActivatePlan(overrides=(passed,)), plan)
        return objective, left, milestones

    async def scheduled(self, contracted: Contracted, start: date) -> tuple[UUID, UUID]:
        """The client will be late, the coach never judges, and what the sponsor does comes much later, dated back."""
        points = [
            ScheduleEvaluation(
                engagement_id=contracted.engagement,
                kind="interim",
                point=f"of_{party}",
                due_on=start + timedelta(days=days),
                evaluators=(party,),
            )
            for party, days in (("client", 25), ("coach", 45), ("sponsor", 55))  # type: ignore[misc]
        ]
        client, _, sponsor = [await self.does("Amir", point) for point in points]
        return client, sponsor

    async def happened(self, plan: UUID, objective: UUID, milestones: tuple[UUID, ...], start: date) -> None:
        """Milestones moved twice, by the coach alone and on the eve of their day; a value corrected; a report taken back."""
        eve, twice, alone, gone = milestones
        await self.teller.turn_to(10)
        first = await self.teller.does("Lena", MeasureProgress(objective_id=objective, value=Decimal(55), source="office"), plan)
        await self.does("Lena", MeasureProgress(objective_id=objective, value=Decimal(61), source="office"), plan)
        right = {"objective_id": objective, "corrects_version": first.version, "reason_code": "other"}
        await self.does("Lena", CorrectMeasurement(from_=Decimal(55), to=Decimal(50), **right), plan)
        await self.teller.turn_to(20)
        await self.moved("Lena", plan, twice, start + timedelta(days=30), start + timedelta(days=37))
        await self.teller.turn_to(21)
        await self.moved("Amir", plan, alone, start + timedelta(days=40), start + timedelta(days=50), wished_by="sponsor")
        await self.teller.turn_to(22)
        await self.moved("Lena", plan, twice, start + timedelta(days=37), start + timedelta(days=44))
        await self.teller.turn_to(24)
        await self.moved("Lena", plan, eve, start + timedelta(days=20), start + timedelta(days=28))
        await self.teller.turn_to(26)
        reached = await self.teller.does("Lena", ReachMilestone(milestone_id=gone, evidence="It was seen by all."), plan)
        await self.teller.turn_to(27)
        await self.does("Lena", WithdrawEntry(corrects_version=reached.version, reason_code="other"), plan)
        await self.teller.turn_to(30)
        await self.does("Amir", WithdrawMilestone(milestone_id=gone, reason_code="scope"), plan)

    async def moved(self, who: str, plan: UUID, milestone: UUID, was: date, to: date, wished_by: Party | None = None) -> None:
        move = AdjustMilestone(milestone_id=milestone, from_=was, to=to, reason_code="capacity", initiated_by=wished_by)
        await self.does(who, move, plan)

    async def too_early(self, contracted: Contracted) -> None:
        """Coaching that is dated from three weeks before anybody signed."""
        today = await self.teller.turn_to(41)
        client, sponsor, coach = (contracted.people[name] for name in ("Mateo", "Tomasz", "Maren"))
        await self.does("Dana", EnrolParticipant(client_id=client), contracted.program)
        engagement = await self.does("Dana", ProposeEngagement(client_id=client, program_id=contracted.program, sponsor_id=sponsor))
        await self.does("Dana", AssignCoach(coach_id=coach), engagement)
        flows = (InformationFlowBody(about="objective_titles", to="sponsor"),)
        await self.does("Maren", DraftAgreement(sessions=4, cadence_days=14, information_flows=flows), engagement)
        for party in ("Mateo", "Maren", "Tomasz"):
            await self.does(party, SignAgreement(digest=await self.teller.agreement(party, engagement)), engagement)
        begin = ActivateEngagement(starts_on=today - timedelta(days=21), planned_end=today + timedelta(days=100))
        await self.does("Maren", begin, engagement)

    async def changed(self, plan: UUID, objective: UUID) -> None:
        """A target lowered after results, a measure replaced after weeks of waiting, and a change that nobody answers."""
        await self.teller.turn_to(42)
        lower = await self.proposed(plan, objective, RefineTarget(from_=Decimal(80), to=Decimal(60)))
        await self.teller.turn_to(43)
        seen = await self.teller.does("Amir", AcceptChange(change_id=lower), plan)
        await self.teller.turn_to(44)
        baseline = BaselineBody(value=Decimal(9), at=await self.teller.turn_to(44), source="office")
        other = await self.proposed(plan, objective, ReplaceMeasure(to=DELAYS, baseline=baseline, target=Decimal(3), seen=seen.version))
        await self.teller.turn_to(70)
        await self.does("Amir", AcceptChange(change_id=other), plan)
        await self.teller.turn_to(71)
        await self.proposed(plan, objective, RefineTarget(from_=Decimal(3), to=Decimal(4)))

    async def proposed(self, plan: UUID, objective: UUID, refinement: RefineTarget | ReplaceMeasure) -> UUID:
        change = RefineObjective(objective_id=objective, refinement=refinement)
        return await self.does("Lena", ProposeChange(change=change, reason_code="scope"), plan)

    async def reminded(self, contracted: Contracted, objective: UUID) -> None:
        """A reminder that nothing follows."""
        await self.teller.turn_to(75)
        key = DedupeKeyBody(
            rule="objective_unmeasured", subject_id=objective, recipient_id=contracted.people["Lena"], anchor="2026-01-01", offset_days=21
        )
        planned = PlanReminder(engagement_id=contracted.engagement, key=key, due_at=self.teller.clock())
        await self.works(SendReminder(), await self.works(planned))

    async def told(self, contracted: Contracted) -> None:
        """Two reports that tell the sponsor of one client each, whom one may take from the other; the second counts a client wrongly."""
        lena, mateo, tomasz = (contracted.people[name] for name in ("Lena", "Mateo", "Tomasz"))
        for counted in ((lena,), (lena, mateo)):
            await self.teller.turn_to(80)
            ask = RequestReport(template="program_report", subject_id=contracted.program, recipients=(tomasz,), format="json")
            report = (await self.teller.does("Dana", ask)).id
            head = (await self.teller.commands.store.read(self.teller.tenant, self.teller.tenant)).head
            assert head is not None
            places = tuple(range(len(counted)))
            made = GenerateReport(
                template_version=1,
                as_of_position=head.position,
                suppressions=(SuppressionBody(what="needs_help", reason="below_floor"),),
                sha256="ab" * 32,
                size=1,
                blob_key="0" * 64,
                counted=counted,
                cells=(CellBody(what="smart_rate", places=places),),
            )
            await self.works(made, report)

    async def read(self, contracted: Contracted, plan: UUID) -> None:
        """Words that were shown to a manager, and progress to a sponsor to whom the client never consented to show it."""
        await self.teller.turn_to(85)
        readings = (
            ReadingBody(
                reader_id=contracted.people[who],
                role=role,
                action="read_plan",
                record_id=plan,
                subject_id=contracted.people["Lena"],
                classes=classes,
                purpose="role",
            )
            for who, role, classes in (("Dana", "program_manager", ("words",)), ("Tomasz", "sponsor", ("progress",)))
        )
        await self.works(AccessRecord(readings=tuple(readings)))  # type: ignore[arg-type]
