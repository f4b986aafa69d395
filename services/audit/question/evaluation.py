"""Question 12: were evaluations done when promised, on which version of the plan, and by whom?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from domain.evaluation.events import DueDateShifted, EvaluationCorrected, EvaluationRecorded, EvaluationScheduled
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
        yield from corrected(case, promise, scheduled)
        for party in scheduled.evaluators:
            if party not in {event.evaluator for _, event in given}:
                due_on = due(case, scheduled)
                overdue = case.today > due_on
                yield finding(
                    "evaluation_missing" if overdue else "evaluation_waits",
                    promise,
                    stands_out=overdue,
                    evaluation=scheduled.evaluation_id,
                    point=scheduled.point,
                    due_on=due_on,
                    evaluator=party,
                )


def recorded(case: Case, promise: Fed, scheduled: EvaluationScheduled, fed: Fed, event: EvaluationRecorded) -> Finding:
    """One that is dated to before the due day and was written down after it was late, whatever it says of itself."""
    due_on = due(case, scheduled, fed)
    happened, written = case.day(fed.occurred_at), case.day(fed.recorded_at)
    back = delay(fed) > BACK and fed.meta.channel != IMPORTED
    kind = "evaluation_dated_back" if back else "evaluation_late" if happened > due_on else "evaluation_done"
    return finding(
        kind,
        promise,
        fed,
        stands_out=kind != "evaluation_done",
        evaluation=scheduled.evaluation_id,
        point=scheduled.point,
        due_on=due_on,
        evaluator=event.evaluator,
        actor=fed.meta.actor,
        happened_on=happened,
        recorded_on=written,
        channel=fed.meta.channel,
        plan_version=event.plan_version,
        effectiveness=event.effectiveness,
    )


def corrected(case: Case, promise: Fed, scheduled: EvaluationScheduled) -> Iterator[Finding]:
    """What was said otherwise afterwards: what was recorded stays the evidence of whether it was in time, and by whom."""
    for fed, event in case.of(EvaluationCorrected):
        if fed.stream == scheduled.evaluation_id:
            yield finding(
                "evaluation_corrected",
                promise,
                fed,
                evaluation=scheduled.evaluation_id,
                point=scheduled.point,
                evaluator=event.evaluator,
                actor=fed.meta.actor,
                recorded_on=case.day(fed.recorded_at),
                corrects_version=event.corrects_version,
                field=str(event.correction.__struct_config__.tag),
                reason_code=event.reason_code,
            )


def due(case: Case, scheduled: EvaluationScheduled, before: Fed | None = None) -> date:
    """When it was due: a pause moves that, for what is recorded after it."""
    moved = [
        event.due_on
        for fed, event in case.of(DueDateShifted)
        if fed.stream == scheduled.evaluation_id and (before is None or fed.position < before.position)
    ]
    return moved[-1] if moved else scheduled.due_on
