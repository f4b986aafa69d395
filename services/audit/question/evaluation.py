"""Question 12: were evaluations done when promised, on which version of the plan, and by whom?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from domain.evaluation.events import EvaluationRecorded, EvaluationScheduled
from infra.eventstore.feed import Fed
from services.audit.question.case import IMPORTED, Case, delay
from services.audit.question.finding import Finding, finding

BACK: Final = timedelta(days=1)
"""What was written down longer than this after the time it is dated to was dated back."""


def promised_evaluations(case: Case) -> Iterator[Finding]:
    records = [(fed, event) for fed, event in case.of(EvaluationRecorded)]
    for promise, scheduled in case.of(EvaluationScheduled):
        given = [(fed, event) for fed, event in records if fed.stream == scheduled.evaluation_id]
        yield from (recorded(case, promise, scheduled, fed, event) for fed, event in given)
        for party in scheduled.evaluators:
            if party not in {event.evaluator for _, event in given}:
                overdue = case.today > scheduled.due_on
                yield finding(
                    "evaluation_missing" if overdue else "evaluation_waits",
                    promise,
                    stands_out=overdue,
                    evaluation=scheduled.evaluation_id,
                    point=scheduled.point,
                    due_on=scheduled.due_on,
                    evaluator=party,
                )


def recorded(case: Case, promise: Fed, scheduled: EvaluationScheduled, fed: Fed, event: EvaluationRecorded) -> Finding:
    """One that is dated to before the due day and was written down after it was late, whatever it says of itself."""
    happened, written = case.day(fed.occurred_at), case.day(fed.recorded_at)
    back = delay(fed) > BACK and fed.meta.channel != IMPORTED
    kind = "evaluation_dated_back" if back else "evaluation_late" if happened > scheduled.due_on else "evaluation_done"
    return finding(
        kind,
        promise,
        fed,
        stands_out=kind != "evaluation_done",
        evaluation=scheduled.evaluation_id,
        point=scheduled.point,
        due_on=scheduled.due_on,
        evaluator=event.evaluator,
        actor=fed.meta.actor,
        happened_on=happened,
        recorded_on=written,
        channel=fed.meta.channel,
        plan_version=event.plan_version,
        effectiveness=event.effectiveness,
    )
