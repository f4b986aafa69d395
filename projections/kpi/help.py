"""Engagements that need help, and why: each reason a code with its number, so that anyone can check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.values import Code
from projections.kpi.clock import lasted
from projections.kpi.facts import Facts
from projections.kpi.objective import active, pace
from projections.kpi.period import Asked
from projections.kpi.replan import MOST_CHANGES, RIGID_DAYS, rigid_days, thrash_changes
from projections.kpi.session import days_without_next
from projections.pause import after

QUIET_DAYS: Final = 21
WAITING_DAYS: Final = 7
ALONE_DAYS: Final = 14
LEAST_PACE: Final = Decimal("0.5")


class Reason(Struct, frozen=True):
    """Why: `number` is the worst of the items in `ids`, in `unit`, and `limit` what it should not have passed."""

    code: Code
    number: Decimal
    unit: Code
    limit: Decimal
    ids: tuple[UUID, ...]


class NeedsHelp(Struct, frozen=True):
    """An engagement with its reasons. `members` are who is or was coached in it together with the client."""

    engagement_id: UUID
    plan_id: UUID | None
    client_id: UUID | None
    coach_id: UUID | None
    program_id: UUID | None
    reasons: tuple[Reason, ...]
    members: tuple[UUID, ...] = ()

    @staticmethod
    def of(facts: Facts, *reasons: Reason) -> NeedsHelp:
        return NeedsHelp(facts.engagement_id, facts.plan_id, facts.client_id, facts.coach_id, facts.program_id, reasons, facts.beside)

    @property
    def coached(self) -> tuple[UUID | None, ...]:
        """Of whom it tells."""
        return (self.client_id, *self.members)


def days_over(code: Code, limit: int, days: dict[UUID, int]) -> Iterator[Reason]:
    """One reason for everything that has waited longer than the limit."""
    late = {item: n for item, n in days.items() if n > limit}
    if late:
        yield Reason(code, Decimal(max(late.values())), "days", Decimal(limit), tuple(sorted(late)))


def no_measurement(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """Active objectives not measured for three weeks; never measured counts from activation or definition."""
    quiet = {}
    for objective_id, objective in active(facts, asked):
        assert facts.activated_at is not None
        since = [m.on for m in objective.measured if m.on <= asked.until]
        begin = max(since, default=asked.day(max(facts.activated_at, objective.defined_at)))
        quiet[objective_id] = lasted(facts, begin, asked.until)
    yield from days_over("no_measurement", QUIET_DAYS, quiet)


def milestone_overdue(facts: Facts, asked: Asked) -> Iterator[Reason]:
    if asked.had(facts.activated_at):
        still_open = {i: m for i, m in facts.milestones.items() if m.reached_on is None and not asked.had(m.withdrawn_at)}
        days = {i: lasted(facts, m.current, asked.until) for i, m in still_open.items()}
        yield from days_over("milestone_overdue", 0, days)


def review_overdue(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """The next review that was agreed, or the cadence that was in force at activation, as for KPI 16."""
    if facts.activated_at is None or facts.plan_id is None or not any(active(facts, asked)):
        return
    last = max((r for r in facts.reviews if r.on <= asked.until), key=lambda r: (r.on, r.version), default=None)
    first = after(facts.pauses, asked.day(facts.activated_at), asked.cadences[facts.activated_under])
    due = last.next_on if last is not None else first
    yield from days_over("review_overdue", 0, {facts.plan_id: lasted(facts, due, asked.until)})


def slow_pace(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """Objectives that came less than half as far as the time that has passed."""
    paces = {i: p for i, o in active(facts, asked) if (p := pace(facts, o, asked)) is not None and p < LEAST_PACE}
    if paces:
        yield Reason("slow_pace", min(paces.values()).quantize(Decimal("0.01")), "ratio", LEAST_PACE, tuple(sorted(paces)))


def rigid(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """A plan that is behind and has not been thought over for two months."""
    days = rigid_days(facts, asked)
    if days is not None and facts.plan_id is not None:
        yield from days_over("rigid", RIGID_DAYS, {facts.plan_id: days})


def thrash(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """A plan that is changed more than once a week: nothing in it can take effect."""
    many = thrash_changes(facts, asked)
    if many is not None and facts.plan_id is not None:
        yield Reason("thrash", Decimal(many), "count", Decimal(MOST_CHANGES), (facts.plan_id,))


def approval_waiting(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """What the client was asked to agree to and has not answered: the plan itself, or a change of it."""
    waiting = {change: p for change, p in facts.proposals.items() if not (p.by_client or p.accepted_by_client or p.decided)}
    asked_for = {change: p.at for change, p in waiting.items()}
    if facts.plan_id is not None and facts.proposed_at is not None:
        asked_for[facts.plan_id] = facts.proposed_at
    yield from days_over("approval_waiting", WAITING_DAYS, {i: lasted(facts, asked.day(at), asked.until) for i, at in asked_for.items()})


def evaluation_overdue(facts: Facts, asked: Asked) -> Iterator[Reason]:
    days = {i: lasted(facts, e.due_on, asked.until) for i, e in facts.evaluations.items() if e.is_open}
    yield from days_over("evaluation_overdue", 0, days)


def no_next_session(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """Nothing booked for two weeks since the last session, while the coaching goes on and does not rest; a chemistry session begins none."""
    if facts.began_on is None or any(pause.holds(asked.until) for pause in facts.pauses):
        return
    days = days_without_next(facts, asked)
    if days is not None:
        yield from days_over("no_next_session", ALONE_DAYS, {facts.engagement_id: days})


CHECKS: Final[tuple[Callable[[Facts, Asked], Iterator[Reason]], ...]] = (
    no_measurement,
    milestone_overdue,
    review_overdue,
    slow_pace,
    rigid,
    thrash,
    approval_waiting,
    evaluation_overdue,
    no_next_session,
)


def needs_help(facts: Sequence[Facts], asked: Asked) -> list[NeedsHelp]:
    """Engagements with a reason, those with most reasons first."""
    found = [
        NeedsHelp.of(f, *reasons)
        for f in facts
        if not f.over_by(asked.until) and (reasons := tuple(reason for check in CHECKS for reason in check(f, asked)))
    ]
    return sorted(found, key=lambda row: (-len(row.reasons), row.engagement_id))
