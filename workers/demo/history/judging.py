"""How the evaluators of a client's engagement judge it, midway and when it closes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.evaluation.commands import LevelRatingBody, ObjectiveRatingBody, RecordEvaluation, ScheduleEvaluation
from domain.glossary import EvaluationKind
from workers.demo.history.coaching import Coaching
from workers.demo.history.goal import SUMMARIES
from workers.demo.history.script import Script

POINTS: tuple[tuple[EvaluationKind, str, float], ...] = (("interim", "midway", 0.5), ("final", "close", 0.95))
"""Kind, point of the program, and when: as a share of the engagement's time."""


def evaluations(coaching: Coaching, engaged: UUID) -> list[Script]:
    """Scheduled when the plan comes into force; client and coach each judge, most of them in time, some only when all is over."""
    return [evaluation(coaching, engaged, *point) for point in POINTS]


def evaluation(coaching: Coaching, engaged: UUID, kind: EvaluationKind, point: str, share: float) -> Script:
    course, luck = coaching.course, coaching.luck
    due_on = course.begins + (course.ends - course.begins) * share
    script = Script(coaching.planning.script.tenant, f"evaluation {course.client.number} {point}", course.active)
    script.on(course.active, coaching.coach, ScheduleEvaluation(engagement_id=engaged, kind=kind, point=point, due_on=due_on))
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
