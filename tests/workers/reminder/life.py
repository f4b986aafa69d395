"""A quarter in the life of a small firm: what people do at random, done to the product and told to the oracle alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.evaluation.commands import RecordEvaluation, ScheduleEvaluation
from domain.plan.commands import (
    AcceptChange,
    AcknowledgeWin,
    AdjustMilestone,
    CommitAction,
    CompleteAction,
    DropAction,
    MeasureProgress,
    ProposeChange,
    ReachMilestone,
    RefineObjective,
    RescheduleAction,
    ReviewPlan,
    SetMilestone,
    WithdrawMilestone,
)
from domain.plan.commands.progress import DecisionBody
from domain.plan.commands.refinement import RefineConfidence
from domain.plan.state import PlanState
from tests.workers.reminder.office import Engaged, Office
from tests.workers.reminder.oracle import Oracle

BERLIN = ZoneInfo("Europe/Berlin")
ACTION, MILESTONE, REVIEW, EVALUATION = (-2, 0, 1, 7), (-7, 0, 3), (0, 3), (-7, 0, 7)
WHY = "capacity"


class Life:
    """One engagement. `act` does one thing, such as it comes."""

    def __init__(self, office: Office, oracle: Oracle, engaged: Engaged, random: Random) -> None:
        self.office = office
        self.oracle = oracle
        self.engaged = engaged
        self.random = random
        self.actions: dict[UUID, tuple[date, UUID]] = {}
        self.milestones: dict[UUID, date] = {}
        self.evaluations: dict[UUID, list[UUID]] = {}
        self.wins: list[tuple[str, UUID]] = []
        self.in_time = self.postponed = self.points = 0
        self.drifts, self.confidence = False, 7
        oracle.promise("review_due", engaged.plan, REVIEW, self.both, self.today + timedelta(days=30), self.now)
        oracle.promise("objective_unmeasured", engaged.objective, (21,), [engaged.client], self.today, self.now)

    @property
    def now(self) -> datetime:
        return self.office.clock.now

    @property
    def today(self) -> date:
        return self.now.astimezone(BERLIN).date()

    @property
    def both(self) -> list[UUID]:
        return [self.engaged.client, self.engaged.coach]

    def later(self, days: int = 20) -> date:
        return self.today + timedelta(days=self.random.randrange(days))

    async def act(self) -> None:
        await self.random.choice(
            [
                *[self.commit] * 3,
                *[self.complete] * 3,
                *(self.reschedule, self.drop, self.set_milestone, self.set_milestone, self.adjust, self.reach, self.withdraw),
                *(self.measure, self.review, self.doubt, self.acknowledge, self.schedule, self.judge),
            ]
        )()

    async def commit(self) -> None:
        owner, due_on = self.random.choice(self.both), self.later()
        command = CommitAction(text="Something", owner=owner, due_on=due_on, objective_id=self.engaged.objective)
        action = await self.office.made(self.engaged.coach, command, self.engaged.plan)
        self.actions[action] = (due_on, owner)
        self.oracle.promise("action_due", action, ACTION, [owner], due_on, self.now)

    async def complete(self) -> None:
        if not self.actions:
            return
        action = self.random.choice(list(self.actions))
        due_on, _ = self.actions.pop(action)
        await self.office.does(self.engaged.client, CompleteAction(action_id=action), self.engaged.plan)
        self.oracle.settle("action_due", action)
        self.in_time = self.in_time + 1 if self.today <= due_on else 0
        if self.in_time == 3:
            self.in_time = 0
            self.win("action_id", action)

    async def reschedule(self) -> None:
        if not self.actions:
            return
        action, to = self.random.choice(list(self.actions)), self.later()
        due_on, owner = self.actions[action]
        if to == due_on:
            return
        move = RescheduleAction(action_id=action, from_=due_on, to=to, reason_code=WHY)
        await self.office.does(self.engaged.client, move, self.engaged.plan)
        self.actions[action] = (to, owner)
        self.oracle.promise("action_due", action, ACTION, [owner], to, self.now)
        self.put_off(to > due_on)

    async def drop(self) -> None:
        if self.actions:
            action = self.random.choice(list(self.actions))
            del self.actions[action]
            await self.office.does(self.engaged.client, DropAction(action_id=action, reason_code=WHY), self.engaged.plan)
            self.oracle.settle("action_due", action)

    async def set_milestone(self) -> None:
        due_on = self.later(40)
        command = SetMilestone(objective_id=self.engaged.objective, title="Half way", due_on=due_on)
        milestone = await self.office.made(self.engaged.coach, command, self.engaged.plan)
        self.milestones[milestone] = due_on
        self.oracle.promise("milestone_due", milestone, MILESTONE, self.both, due_on, self.now)

    async def adjust(self) -> None:
        if not self.milestones:
            return
        milestone, to = self.random.choice(list(self.milestones)), self.later(40)
        due_on = self.milestones[milestone]
        if to == due_on:
            return
        move = AdjustMilestone(milestone_id=milestone, from_=due_on, to=to, reason_code=WHY)
        await self.office.does(self.engaged.coach, move, self.engaged.plan)
        self.milestones[milestone] = to
        self.oracle.promise("milestone_due", milestone, MILESTONE, self.both, to, self.now)
        self.put_off(to > due_on)

    async def reach(self) -> None:
        if self.milestones:
            milestone = self.random.choice(list(self.milestones))
            del self.milestones[milestone]
            await self.office.does(self.engaged.client, ReachMilestone(milestone_id=milestone), self.engaged.plan)
            self.oracle.settle("milestone_due", milestone)
            self.win("milestone_id", milestone)

    async def withdraw(self) -> None:
        if self.milestones:
            milestone = self.random.choice(list(self.milestones))
            del self.milestones[milestone]
            command = WithdrawMilestone(milestone_id=milestone, reason_code=WHY)
            await self.office.does(self.engaged.coach, command, self.engaged.plan)
            self.oracle.settle("milestone_due", milestone)

    async def measure(self) -> None:
        command = MeasureProgress(objective_id=self.engaged.objective, value=Decimal(3), source="calendar")
        await self.office.does(self.engaged.client, command, self.engaged.plan)
        self.oracle.promise("objective_unmeasured", self.engaged.objective, (21,), [self.engaged.client], self.today, self.now)

    async def review(self) -> None:
        following = self.today + timedelta(days=self.random.randrange(1, 30))
        command = ReviewPlan(decisions=(DecisionBody(decision="keep", objective_id=self.engaged.objective),), next_review_on=following)
        await self.office.does(self.engaged.coach, command, self.engaged.plan)
        self.oracle.promise("review_due", self.engaged.plan, REVIEW, self.both, following, self.now)
        self.oracle.forget("objective_drifting", self.engaged.objective)
        self.postponed, self.drifts = 0, False

    async def doubt(self) -> None:
        to = self.random.choice([2, 3, 4, 8])
        if to != self.confidence:
            refinement = RefineConfidence(from_=self.confidence, to=to, comment="As I see it now")
            change = RefineObjective(objective_id=self.engaged.objective, refinement=refinement)
            proposed = await self.office.made(self.engaged.client, ProposeChange(change=change, reason_code=WHY), self.engaged.plan)
            await self.office.does(self.engaged.coach, AcceptChange(change_id=proposed), self.engaged.plan)
            self.confidence = to
            if to < 4:
                self.drift()

    async def acknowledge(self) -> None:
        if self.wins:
            kind, item = self.wins.pop()
            await self.office.does(self.engaged.client, AcknowledgeWin(what="We did it", **{kind: item}), self.engaged.plan)  # type: ignore[arg-type]
            self.oracle.forget("small_win", item)

    async def schedule(self) -> None:
        if self.points < 3:
            due_on = self.later(30)
            self.points += 1
            point = f"point{self.points}"
            command = ScheduleEvaluation(
                engagement_id=self.engaged.engagement, kind="interim", point=point, due_on=due_on, evaluators=("client", "coach")
            )
            evaluation = (await self.office.does(self.engaged.coach, command)).id
            self.evaluations[evaluation] = self.both
            self.oracle.promise("evaluation_due", evaluation, EVALUATION, self.both, due_on, self.now)

    async def judge(self) -> None:
        waiting = [(evaluation, who) for evaluation, people in self.evaluations.items() for who in people]
        if waiting:
            evaluation, who = self.random.choice(waiting)
            plan: PlanState = (await self.office.commands.store.read(self.office.tenant, self.engaged.plan)).state(self.engaged.plan)
            command = RecordEvaluation(plan_version=plan.plan_version, effectiveness=4)
            await self.office.does(who, command, evaluation)
            self.evaluations[evaluation].remove(who)
            self.oracle.settle("evaluation_due", evaluation, who)

    def win(self, kind: str, item: UUID) -> None:
        self.wins.append((kind, item))
        self.oracle.happen("small_win", item, self.engaged.client, self.now)

    def put_off(self, later: bool) -> None:
        self.postponed += later
        if later and self.postponed >= 2:
            self.drift()

    def drift(self) -> None:
        if not self.drifts:
            self.drifts = True
            self.oracle.happen("objective_drifting", self.engaged.objective, self.engaged.coach, self.now)
