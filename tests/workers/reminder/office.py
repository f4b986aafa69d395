"""A small firm under a clock that the test turns: its people act through the product's own execution."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.command import Command
from domain.engagement.commands import ActivateEngagement, AssignCoach, DraftAgreement, ProposeEngagement, SignAgreement
from domain.engagement.state import EngagementState
from domain.glossary import Role
from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from domain.plan.commands import ActivatePlan, ApprovePlan, DefineObjective, DraftPlan, ProposePlan
from domain.plan.commands.part import BaselineBody, MeasureBody
from domain.plan.state import PlanState
from domain.values import NIL
from services.actor import OPERATOR, Actor
from services.command.execution import Answer, Commands

END = date(2026, 12, 31)


def end_after(today: date) -> date:
    """The last day of what begins today: the same one for the stories of 2026, and a later one once that has come."""
    return max(END, today + timedelta(days=60))


class Clock:
    """Stands still until it is turned."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Engaged(NamedTuple):
    """An active engagement with its plan, which has one objective."""

    engagement: UUID
    plan: UUID
    objective: UUID
    client: UUID
    coach: UUID


class Office:
    """The organization is in Berlin, unless it opens elsewhere; everyone has the role and the zone that they entered with."""

    def __init__(self, commands: Commands, clock: Clock) -> None:
        self.commands = commands
        self.clock = clock
        self.tenant = uuid7()
        self.roles: dict[UUID, Role] = {}

    async def open(self, zone: str = "Europe/Berlin") -> None:
        who = Actor(self.tenant, NIL, OPERATOR, NIL)
        slug = f"firm-{self.tenant.hex[-12:]}"
        await self.commands.execute(who, RegisterOrganization(name="Northlight", slug=slug, time_zone=zone))
        self.manager = await self.enter("manager", "program_manager", zone)

    async def enter(self, name: str, role: Role, zone: str | None, until: date | None = None, locale: str | None = None) -> UUID:
        who = Actor(self.tenant, NIL, OPERATOR, NIL)
        made = await self.commands.execute(
            who, RegisterPerson(name=name.title(), email=f"{name}@example.org", time_zone=zone, locale=locale)
        )
        await self.commands.execute(who, GrantMembership(role=role, until=until), made.id)
        self.roles[made.id] = role
        return made.id

    async def does(self, who: UUID, command: Command, target: UUID | None = None) -> Answer:
        return await self.commands.execute(Actor(self.tenant, who, self.roles[who], who, "web"), command, target)

    async def made(self, who: UUID, command: Command, target: UUID) -> UUID:
        """What the command made inside of the stream."""
        answer = await self.does(who, command, target)
        assert answer.item_id is not None
        return answer.item_id

    async def propose(self, client: UUID, coach: UUID, sponsor: UUID | None = None) -> UUID:
        """An engagement whose agreement waits to be signed."""
        engagement = (await self.does(self.manager, ProposeEngagement(client_id=client, sponsor_id=sponsor))).id
        await self.does(self.manager, AssignCoach(coach_id=coach), engagement)
        await self.does(coach, DraftAgreement(sessions=8, cadence_days=14, text="What is said stays here."), engagement)
        return engagement

    async def sign(self, who: UUID, engagement: UUID) -> None:
        state: EngagementState = (await self.commands.store.read(self.tenant, engagement)).state(engagement)
        await self.does(who, SignAgreement(digest=state.digest), engagement)

    async def engage(self, client: UUID, coach: UUID, sponsor: UUID | None = None) -> Engaged:
        engagement = await self.propose(client, coach, sponsor)
        for party in (client, coach, *([sponsor] if sponsor else [])):
            await self.sign(party, engagement)
        today = self.clock.now.date()
        await self.does(coach, ActivateEngagement(starts_on=today, planned_end=end_after(today)), engagement)
        plan = (await self.does(coach, DraftPlan(engagement_id=engagement))).id
        objective = await self.made(coach, objective_of(today), plan)
        await self.does(coach, ProposePlan(), plan)
        state: PlanState = (await self.commands.store.read(self.tenant, plan)).state(plan)
        for party in (client, coach):
            await self.does(party, ApprovePlan(plan_version=state.plan_version, digest=state.digest), plan)
        await self.does(coach, ActivatePlan(), plan)
        return Engaged(engagement, plan, objective, client, coach)


def objective_of(today: date) -> DefineObjective:
    return DefineObjective(
        title="Hold a one-to-one with every team member each week",
        why="I want my team to be heard",
        measure=MeasureBody(name="One-to-ones held", unit="count", direction="increase", source="calendar"),
        baseline=BaselineBody(value=Decimal(2), at=today, source="calendar"),
        target=Decimal(12),
        due_on=end_after(today),
        confidence=7,
    )


def instant(text: str) -> datetime:
    """`2026-03-02 07:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
