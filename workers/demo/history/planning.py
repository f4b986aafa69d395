"""How the plan of a client is laid out, agreed on and brought into force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.plan.commands import (
    ActivatePlan,
    AdoptStrategy,
    ApprovePlan,
    DefineAttainmentScale,
    DefineObjective,
    DraftPlan,
    ProposePlan,
    RecordClientInput,
    RefineObjective,
    SetMilestone,
)
from domain.plan.commands.part import BaselineBody, LevelBody, LinksBody, MeasureBody, RealismBody
from domain.plan.commands.refinement import RefineConfidence, RefineTitle, ReplaceMeasure
from domain.plan.terms import AttainmentLevel
from workers.demo.history.contract import UNREAD
from workers.demo.history.course import Aim, Course
from workers.demo.history.firm import Firm
from workers.demo.history.goal import INPUTS
from workers.demo.history.script import Person, Script


class Planning:
    """The plan's script up to its activation. `objectives`, `strategies` and `milestones` are the ids, in the order of the aims."""

    def __init__(self, firm: Firm, course: Course, engaged: UUID, needs: Mapping[str, UUID]) -> None:
        self.course, self.needs, self.luck = course, needs, course.luck
        self.script = Script(firm.tenant, f"plan {course.client.number}", self.day(7))
        self.script.on(self.day(7), course.client.coach, DraftPlan(engagement_id=engaged))
        self.objectives = [self.define(aim) for aim in course.aims]
        for number, aim in enumerate(course.aims):
            self.refine(number, aim)
        self.strategies = [self.adopt(number, aim) for number, aim in enumerate(course.aims)]
        self.milestones = [
            [(self.milestone(number, one, on), on) for one, on in marks(aim, course)] for number, aim in enumerate(course.aims)
        ]
        self.agree()

    def day(self, number: int) -> date:
        """So many days after the first one of the engagement."""
        return self.course.begins + timedelta(days=number)

    def either(self) -> Person:
        """The client where they take the lead, else the coach."""
        return self.course.client.person if self.luck.random() < self.course.client.habit.client_leads else self.course.client.coach

    def define(self, aim: Aim) -> UUID:
        """The client says what is to be reached; some say it vaguely at first."""
        known = None if aim.vague else measure(aim)
        measured_later = aim.vague or aim.late_baseline
        define = DefineObjective(
            title=aim.goal.vague if aim.vague else aim.title,
            why=aim.goal.why,
            measure=known,
            baseline=None if measured_later else self.baseline(aim, 7),
            baseline_by=self.course.active + timedelta(days=5) if aim.late_baseline else None,
            target=None if aim.vague else aim.target,
            due_on=aim.due,
            confidence=None if aim.unsure else self.luck.randint(5, 9),
            links=LinksBody(need_id=self.needs.get(aim.goal.competency)),
        )
        return self.script.on(self.day(7), self.course.client.person, define)

    def refine(self, number: int, aim: Aim) -> None:
        """What was vague gets its measure, and who was unsure says how sure. The plan's stream began with draft and definitions."""
        seen, objective = number + 2, self.objectives[number]
        client = self.course.client.person
        if aim.vague:
            told = ReplaceMeasure(to=measure(aim), baseline=self.baseline(aim, 9), target=aim.target, seen=seen)
            for refinement in (RefineTitle(to=aim.title, seen=seen), told):
                self.script.on(self.day(self.luck.randint(9, 10)), client, RefineObjective(objective_id=objective, refinement=refinement))
        if aim.unsure:
            sure = RefineConfidence(from_=None, to=self.luck.randint(4, 7))
            self.script.on(self.day(9), client, RefineObjective(objective_id=objective, refinement=sure))
        if aim.scaled:
            self.script.on(self.day(11), client, scale(aim, objective, self.luck.randint(1, 3), self.luck.randint(1, 3)))

    def adopt(self, number: int, aim: Aim) -> UUID:
        """Two ways to reach it, of which the first is returned."""
        adopted = []
        for kind, title in aim.goal.strategies:
            realism = RealismBody(hours_per_week=Decimal(self.luck.choice(("0.5", "1", "2"))))
            strategy = AdoptStrategy(
                title=title, kind=kind, objective_ids=(self.objectives[number],), realism=realism, client_fit=self.luck.randint(5, 10)
            )
            adopted.append(self.script.on(self.day(12), self.either(), strategy))
        if self.luck.random() < 0.4:
            said = RecordClientInput(about="strategy", about_id=adopted[0], stance="agrees", text=self.luck.choice(INPUTS))
            self.script.on(self.day(12), self.course.client.person, said)
        return adopted[0]

    def milestone(self, number: int, mark: int, due_on: date) -> UUID:
        aim = self.course.aims[number]
        last = mark == len(aim.goal.milestones) - 1
        benchmark = halfway(aim) if last else None
        told = SetMilestone(objective_id=self.objectives[number], title=aim.goal.milestones[mark], due_on=due_on, benchmark=benchmark)
        return self.script.on(self.day(12), self.either(), told)

    def agree(self) -> None:
        """The coach lays the plan before its parties; unless it stays unanswered, all approve it and it comes into force."""
        client = self.course.client
        approve = ApprovePlan(plan_version=1, digest=UNREAD)
        self.script.on(self.day(14), client.coach, ProposePlan())
        self.script.on(self.day(15), client.coach, approve)
        if self.course.fate == "unanswered":
            return
        self.script.on(self.day(self.luck.randint(15, 17)), client.person, approve)
        if client.program.sponsor_approves:
            self.script.on(self.day(17), client.program.sponsor, approve)
        self.script.on(self.course.active, client.coach, ActivatePlan())

    def baseline(self, aim: Aim, day: int) -> BaselineBody:
        return BaselineBody(value=aim.baseline, at=self.day(day), source=aim.goal.source)


def measure(aim: Aim) -> MeasureBody:
    goal = aim.goal
    return MeasureBody(name=goal.measure, unit=goal.unit, direction=goal.direction, source=goal.source)


def halfway(aim: Aim) -> Decimal:
    """Where the last milestone is reached: a bit more than half of the way."""
    return Decimal(round(aim.baseline + (aim.target - aim.baseline) * Decimal("0.6")))


def marks(aim: Aim, course: Course) -> list[tuple[int, date]]:
    """The milestones of an aim, each with its due date: a quarter, half and most of the way to its own."""
    time = aim.due - course.active
    return [(number, course.active + time * share) for number, share in enumerate((0.25, 0.5, 0.8))]


def scale(aim: Aim, objective: UUID, importance: int, difficulty: int) -> DefineAttainmentScale:
    """Five levels, of which two have a number: where the client stands, and what was agreed."""
    texts: tuple[tuple[AttainmentLevel, str, Decimal | None], ...] = (
        (-2, "Worse than today", None),
        (-1, f"As today: {aim.baseline}, {aim.goal.measure.lower()}", aim.baseline),
        (0, f"As agreed: {aim.target}, {aim.goal.measure.lower()}", aim.target),
        (1, "As agreed, and it has held for a month", None),
        (2, "It has become how we work, without my asking", None),
    )
    levels = tuple(LevelBody(level=level, text=text, anchor=anchor) for level, text, anchor in texts)
    return DefineAttainmentScale(objective_id=objective, levels=levels, importance=importance, difficulty=difficulty)
