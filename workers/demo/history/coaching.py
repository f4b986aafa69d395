"""What happens to a plan once it is in force: measured, moved, reached, missed, reviewed, changed, concluded."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.command import Command
from domain.glossary import Party
from domain.plan.commands import (
    AcceptChange,
    AcknowledgeWin,
    AdjustMilestone,
    CommitAction,
    CompleteAction,
    ConcludeObjective,
    DeclineChange,
    DropAction,
    MeasureProgress,
    MissMilestone,
    ProposeChange,
    ReachMilestone,
    RecordBaseline,
    RefineObjective,
    RescheduleAction,
    ReviewPlan,
    WithdrawMilestone,
)
from domain.plan.commands.progress import DecisionBody
from domain.plan.commands.refinement import RefineDue, RefineTarget
from domain.plan.terms import Outcome
from workers.demo.history.course import Aim
from workers.demo.history.goal import LATER, NOTES, WINS
from workers.demo.history.planning import Planning, halfway
from workers.demo.history.script import Person, worker

DAY = timedelta(days=1)


class Coaching:
    """Goes on with a plan's script. `versions` are the days on which the plan got a next version."""

    def __init__(self, planning: Planning) -> None:
        self.planning, self.course, self.luck = planning, planning.course, planning.luck
        self.client, self.coach = planning.course.client.person, planning.course.client.coach
        self.habit = planning.course.client.habit
        self.versions: list[date] = []
        for number, aim in enumerate(self.course.aims):
            self.measure(number, aim)
            for mark, (milestone, due_on) in enumerate(planning.milestones[number]):
                self.milestone(aim, mark, milestone, due_on)
            self.act(number, aim)
            self.conclude(number, aim)
        self.change(0, self.course.aims[0])
        self.review()

    def on(self, day: date, who: Person, command: Command) -> UUID | None:
        """As long as somebody still cares."""
        return self.planning.script.on(day, who, command) if day <= self.course.stops else None

    def after(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.luck.randint(least, most))

    def measure(self, number: int, aim: Aim) -> None:
        objective, source = self.planning.objectives[number], aim.goal.source
        if aim.late_baseline:
            self.on(self.course.active + 2 * DAY, self.client, RecordBaseline(objective_id=objective, value=aim.baseline, source=source))
        day = self.after(self.course.active, 4, self.habit.measures_every)
        while day < aim.ends:
            if self.luck.random() < self.habit.care:
                value = aim.value((day - self.course.active) / (aim.ends - self.course.active), self.luck)
                self.on(day, self.planning.either(), MeasureProgress(objective_id=objective, value=value, source=source))
            day = self.after(day, self.habit.measures_every - 2, self.habit.measures_every + 2)

    def milestone(self, aim: Aim, mark: int, milestone: UUID, due_on: date) -> None:
        """Moved, sometimes more than once; then reached, or missed and, when its objective ends, taken out."""
        last, due_on = self.moved(aim, milestone, due_on)
        slow = self.course.fate == "slow"
        reached = max(last + DAY, due_on + timedelta(days=round(self.luck.gauss(4 if slow else -3, 4))))
        short = mark == 2 and aim.attained < 0.7
        gone = short or self.luck.random() < (0.35 if slow else 0.06) or reached >= aim.ends
        closes = aim.ends if gone else reached
        if closes > self.course.stops:
            gone, closes = True, max(self.course.ends, due_on + DAY)
        if closes > due_on:
            missed = MissMilestone(milestone_id=milestone, due_on=due_on)
            self.planning.script.on(due_on + DAY, worker(self.planning.script.tenant), missed)
        if gone:
            self.planning.script.on(closes, self.client, WithdrawMilestone(milestone_id=milestone, reason_code="scope"))
            return
        value = halfway(aim) if mark == 2 else None
        self.on(
            reached, self.planning.either(), ReachMilestone(milestone_id=milestone, measured_value=value, evidence="Seen by both of us")
        )
        if self.luck.random() < 0.3:
            self.on(reached + DAY, self.coach, AcknowledgeWin(what=self.luck.choice(WINS), milestone_id=milestone))

    def moved(self, aim: Aim, milestone: UUID, due_on: date) -> tuple[date, date]:
        """The day of the last move, or of the plan's activation, and when it is due after all of them."""
        last = self.course.active
        while self.luck.random() < self.habit.moves * (1.3 if self.course.fate == "slow" else 0.7):
            day, to = due_on - timedelta(days=self.luck.randint(1, 9)), self.after(due_on, 5, 21)
            if not last < day <= self.course.stops or day >= aim.ends or to > aim.due:
                break
            code = self.luck.choices(list(LATER), (20, 35, 12, 15, 10, 8))[0]
            wish: Party = self.luck.choices(("client", "coach", "sponsor"), (55, 25, 20))[0]
            move = AdjustMilestone(milestone_id=milestone, from_=due_on, to=to, reason_code=code, reason=LATER[code], initiated_by=wish)
            self.on(day, self.planning.either(), move)
            last, due_on = day, to
        return last, due_on

    def act(self, number: int, aim: Aim) -> None:
        """A promise every three weeks; most are kept, some later, a few never."""
        for place, text in enumerate(aim.goal.actions):
            day = self.after(self.course.active, 1, 5) + timedelta(days=21 * place)
            due_on = self.after(day, 7, 14)
            if day >= aim.ends or due_on + 12 * DAY > self.course.ends:
                return
            promise = CommitAction(text=text, owner=self.client.id, due_on=due_on, strategy_id=self.planning.strategies[number])
            action = self.on(day, self.planning.either(), promise)
            if action is not None:
                self.keep(action, due_on)

    def keep(self, action: UUID, due_on: date) -> None:
        if self.luck.random() > self.habit.care:
            to = self.after(due_on, 4, 10)
            move = RescheduleAction(action_id=action, from_=due_on, to=to, reason_code="capacity", reason=LATER["capacity"])
            self.on(due_on - DAY, self.client, move)
            if self.luck.random() < 0.3:
                self.on(to, self.client, DropAction(action_id=action, reason_code="scope"))
                return
            due_on = to
        if self.luck.random() < 0.93:
            done = CompleteAction(action_id=action, effort_minutes=self.luck.randrange(30, 240, 15))
            self.on(self.after(due_on, -3, 2), self.client, done)

    def change(self, number: int, aim: Aim) -> None:
        """Somewhere in the middle one of the two wants other terms, and the other agrees, or does not, or forgets."""
        day = self.course.active + (aim.ends - self.course.active) * 0.4
        decided = self.after(day, 1, 4)
        if self.luck.random() > 0.4 or decided >= aim.ends or not self.course.active < day <= self.course.stops - 5 * DAY:
            return
        sign = 1 if aim.target > aim.baseline else -1
        refinement: RefineTarget | RefineDue = RefineTarget(from_=aim.target, to=aim.target + sign * aim.goal.step)
        if self.luck.random() < 0.5 and aim.due + 14 * DAY <= self.course.ends:
            refinement = RefineDue(from_=aim.due, to=aim.due + 14 * DAY)
        wanted = RefineObjective(objective_id=self.planning.objectives[number], refinement=refinement)
        proposer = self.planning.either()
        other = self.coach if proposer == self.client else self.client
        proposal = self.on(day, proposer, ProposeChange(change=wanted, reason_code="learning", reason=LATER["learning"]))
        assert proposal is not None  # it is not after the last day
        answer = self.luck.random()
        if answer < 0.82:
            self.on(decided, other, AcceptChange(change_id=proposal))
            self.versions.append(decided)
        elif answer < 0.94:
            self.on(decided, other, DeclineChange(change_id=proposal, reason="I would rather see how far we get with what we have"))

    def review(self) -> None:
        """Client and coach look at what is open, and agree when they do so again."""
        every, day = self.habit.reviews_every, self.course.active
        while (day := self.after(day, every - 3, every)) < max(aim.ends for aim in self.course.aims):
            still_open = [objective for objective, aim in zip(self.planning.objectives, self.course.aims, strict=True) if day < aim.ends]
            decisions = tuple(DecisionBody(decision="keep", objective_id=one, note=self.luck.choice(NOTES)) for one in still_open)
            self.on(day, self.coach, ReviewPlan(decisions=decisions, next_review_on=day + timedelta(days=every)))

    def conclude(self, number: int, aim: Aim) -> None:
        """The coach judges first, then the client, who does not always agree. What was left alone is given up after the engagement."""
        objective = self.planning.objectives[number]
        if aim.ends > self.course.stops or self.luck.random() < 0.05:
            late = ConcludeObjective(objective_id=objective, outcome="abandoned", reason_code="capacity")
            self.planning.script.on(self.after(self.course.ends, 5, 20), self.client, late)
            return
        outcome = outcome_of(aim.attained)
        verdict = ConcludeObjective(
            objective_id=objective,
            outcome=outcome,
            level=level_of(aim.attained) if aim.scaled else None,
            measured_value=aim.value(1.0, self.luck),
        )
        self.on(aim.ends, self.coach, verdict)
        if self.luck.random() < 0.1:
            other: Outcome = "partly_attained" if outcome == "attained" else "not_attained"
            verdict = ConcludeObjective(objective_id=objective, outcome=other, level=-1 if aim.scaled else None)
        self.on(aim.ends + 2 * DAY, self.client, verdict)


def outcome_of(attained: float) -> Outcome:
    return "attained" if attained >= 0.95 else "partly_attained" if attained >= 0.4 else "not_attained"


def level_of(attained: float) -> int:
    return sum(attained >= least for least in (0.4, 0.85, 1.08, 1.18)) - 2
