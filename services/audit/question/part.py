"""Question 5: did the client take part in each change?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from domain.event import Event
from domain.plan.events import (
    ActionDropped,
    ActionRescheduled,
    ChangeAccepted,
    ChangeDeclined,
    ChangeProposed,
    MilestoneAdjusted,
    MilestoneSet,
    MilestoneWithdrawn,
    PlanActivated,
    PlanApproved,
)
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding

PENDING: Final = timedelta(days=14)
"""A change that waits longer than this for an answer stands out."""

Direct = MilestoneSet | MilestoneAdjusted | MilestoneWithdrawn | ActionRescheduled | ActionDropped
"""What changes a plan in force without the agreement of the other side."""


def client_part(case: Case) -> Iterator[Finding]:
    """Once a plan is in force. Before that the client's approval covers everything in it, or the plan was activated without."""
    approved: dict[int, Fed] = {}
    active = False
    for fed in case.events:
        match fed.event:
            case PlanApproved(party="client") as event:
                approved[event.plan_version] = fed
            case PlanActivated() as event:
                active = True
                yield from activated(fed, event, approved.get(event.plan_version))
            case Event() as event if active and isinstance(event, Direct):
                yield direct(fed, event)
    yield from proposed(case)


def activated(fed: Fed, event: PlanActivated, approval: Fed | None) -> Iterator[Finding]:
    version = event.plan_version
    if approval is not None:
        yield finding("activated_with_client", approval, fed, plan=fed.stream, plan_version=version)
    else:
        yield finding("activated_without_client", fed, stands_out=True, plan=fed.stream, plan_version=version)
    if not event.smart_gate:
        yield finding("gate_was_off", fed, stands_out=True, plan=fed.stream, plan_version=version)
    for one in event.overrides:
        yield finding("gate_overridden", fed, stands_out=True, objective=one.objective_id, code=one.code, reason_code=one.reason_code)


def direct(fed: Fed, event: Direct) -> Finding:
    """Whose wish it was is what was said; who did it is certain."""
    wished = event.set_by if isinstance(event, MilestoneSet) and event.initiated_by != "client" else event.initiated_by
    own = fed.meta.role == "client"
    kind = "changed_by_client" if own else "changed_for_client" if wished == "client" else "changed_without_client"
    return finding(
        kind, fed, stands_out=kind == "changed_without_client", type=fed.type, actor=fed.meta.actor, role=fed.meta.role, initiator=wished
    )


def proposed(case: Case) -> Iterator[Finding]:
    answers: dict[UUID, list[tuple[Fed, ChangeAccepted | ChangeDeclined]]] = {}
    for fed in case.events:
        if isinstance(fed.event, ChangeAccepted | ChangeDeclined):
            answers.setdefault(fed.event.change_id, []).append((fed, fed.event))
    for proposal, event in case.of(ChangeProposed):
        yield from decided(case, proposal, event, answers.get(event.change_id, []))


def decided(case: Case, fed: Fed, event: ChangeProposed, answers: list[tuple[Fed, ChangeAccepted | ChangeDeclined]]) -> Iterator[Finding]:
    given = [one for one, _ in answers]
    end = next((one for one, answer in answers if isinstance(answer, ChangeDeclined) or answer.plan_version is not None), None)
    took_part = event.proposed_by == "client" or any(answer.party == "client" for _, answer in answers)
    about = {"change": event.change_id, "proposed_by": event.proposed_by, "reason_code": event.reason_code}
    waited = (end.occurred_at if end else case.now) - fed.occurred_at
    if waited > PENDING:
        yield finding(
            "change_pending_long" if end is None else "change_decided_late", fed, *given, stands_out=True, days=waited, about=about
        )
    if end is not None:
        kind = "change_with_client" if took_part else "change_without_client"
        yield finding(kind, fed, *given, stands_out=not took_part, answers=len(answers), about=about)
    for one, answer in answers:
        for passed in answer.overrides if isinstance(answer, ChangeAccepted) else ():
            yield finding(
                "gate_overridden", one, stands_out=True, objective=passed.objective_id, code=passed.code, reason_code=passed.reason_code
            )
