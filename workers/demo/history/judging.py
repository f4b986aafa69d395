"""How the evaluators of a client's engagement judge it, midway and when it closes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.engagement.commands import ActivateEngagement
from domain.evaluation.commands import LevelRatingBody, ObjectiveRatingBody, RecordEvaluation
from domain.program.commands import EvaluationPointBody
from domain.program.point import day_of
from services.evaluation.promise import evaluation_id
from workers.demo.history.coaching import Coaching
from workers.demo.history.firm import POINTS
from workers.demo.history.goal import SUMMARIES
from workers.demo.history.script import Script


def evaluations(coaching: Coaching, engaged: Script) -> list[Script]:
    """Scheduled by the program's rules when the coaching begins; client and coach each judge, most in time, some only when all is over."""
    activated = next(told.id for told in engaged.told if isinstance(told.command, ActivateEngagement))
    return [evaluation(coaching, point, evaluation_id(activated, number)) for number, point in enumerate(POINTS, start=1)]


def evaluation(coaching: Coaching, point: EvaluationPointBody, stream: UUID) -> Script:
    course, luck = coaching.course, coaching.luck
    due_on = day_of(point, course.begins, course.ends)
    script = Script(coaching.planning.script.tenant, f"evaluation {course.client.number} {point.code}", course.active, stream)
    for evaluator in (coaching.client, coaching.coach):
        on_time = coaching.after(due_on, -4, 3)
        day = on_time if on_time <= course.stops else coaching.after(course.ends, 5, 20)
        if luck.random() < 0.75 + 0.25 * coaching.habit.care:
            script.on(day, evaluator, judgement(coaching, day))
    return script


def judgement(coaching: Coaching, day: date) -> RecordEvaluation:
    """Of the plan as it was on that day."""
    luck = coaching.luck
    ratings = tuple(
        ObjectiveRatingBody(objective_id=objective, rating=min(5, max(1, round(4.2 * aim.attained + luck.gauss(0, 0.6)))))
        for objective, aim in zip(coaching.planning.objectives, coaching.course.aims, strict=True)
    )
    return RecordEvaluation(
        plan_version=1 + sum(changed < day - timedelta(days=1) for changed in coaching.versions),
        effectiveness=min(5, max(1, round(luck.gauss(3.9, 0.8)))),
        ratings=ratings,
        levels=(LevelRatingBody(level=1, rating=luck.randint(3, 5)), LevelRatingBody(level=3, rating=ratings[0].rating)),
        summary=luck.choice(SUMMARIES),
    )
