"""A plan with a history of any length, for tests that fold it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.event import Event
from domain.plan.events import (
    BaselineRecorded,
    ClientInputRecorded,
    MeasurementCorrected,
    MilestoneAdjusted,
    MilestoneSet,
    ObjectiveDefined,
    PlanDrafted,
    ProgressMeasured,
    StrategyAdopted,
    StrategyDropped,
)
from domain.plan.smart.verdict import Features, Lint
from domain.plan.terms import Baseline, Links, Measure, ObjectiveTerms, Realism, StrategyTerms
from domain.values import OfAuthor, OfClient
from infra.eventstore.reading import Reading
from infra.eventstore.store import Change, Intent, Store
from tests.infra.told import actors, engagement, new_id, record

BEGUN = date(2026, 1, 5)
LINT = Lint(
    ruleset="smart-lint@1",
    language="en",
    features=Features(vague_verb=False, subjective_term=False, too_short=False),
    blocking=(),
    warnings=(),
    not_applicable=(),
)


async def tell_plan(log: Store, tenant: UUID, measurements: int) -> UUID:
    """Records a plan of 8 + `measurements` events in an engagement of its own, at most 500 an append; returns its id."""
    plan, engaged, client = new_id(), new_id(), new_id()
    await record(log, tenant, engaged, [engagement(engaged, client)], client=client)
    events = told(plan, engaged, client, measurements)
    for first in range(0, len(events), 500):
        await log.execute(tenant, [plan, engaged], attempt(plan, engaged, client, events[first : first + 500]))
    return plan


def attempt(plan: UUID, engaged: UUID, client: UUID, events: list[Event]) -> Callable[[Reading], Awaitable[Intent]]:
    async def wanted(reading: Reading) -> Intent:
        return Intent(actors(client), [Change(plan, events, engaged)], client=client)

    return wanted


def told(plan: UUID, engaged: UUID, client: UUID, measurements: int) -> list[Event]:
    objective, strategy, milestone = new_id(), new_id(), new_id()
    begin: list[Event] = [
        PlanDrafted(plan_id=plan, engagement_id=engaged, client_id=client, template=None, language="en"),
        ObjectiveDefined(objective_id=objective, terms=terms(), defined_by="client", lint=LINT, change_id=None),
        ClientInputRecorded(about="objective", about_id=objective, stance="agrees", text=OfClient("That is it."), quoted=True),
        StrategyAdopted(strategy_id=strategy, terms=practice(objective), evidence=(), adopted_by="coach", change_id=None),
        MilestoneSet(
            milestone_id=milestone,
            objective_id=objective,
            title=OfClient("First talk without notes"),
            due_on=BEGUN + timedelta(days=30),
            benchmark=None,
            evidence=None,
            set_by="coach",
            initiated_by="client",
        ),
        MilestoneAdjusted(
            milestone_id=milestone,
            from_=BEGUN + timedelta(days=30),
            to=BEGUN + timedelta(days=44),
            shift_days=14,
            adjusted_by="client",
            initiated_by="client",
            evidence=(),
            reason_code="capacity",
            reason=OfAuthor("Two colleagues are away."),
        ),
        BaselineRecorded(objective_id=objective, measure_version=1, from_=None, baseline=Baseline(value=Decimal(2), at=BEGUN)),
    ]
    end = StrategyDropped(
        strategy_id=strategy, leaves_bare=(objective,), dropped_by="client", change_id=None, reason_code="learning", reason=None
    )
    return [*begin, *(measured(objective, day) for day in range(measurements)), end]


def measured(objective: UUID, day: int) -> Event:
    """A measurement a day; every tenth day corrects the one of the day before instead."""
    if day % 10 == 9:
        return MeasurementCorrected(
            objective_id=objective, corrects_version=day + 7, from_=Decimal(day - 1), to=Decimal(day), reason_code="other", reason=None
        )
    return ProgressMeasured(
        objective_id=objective,
        measure_version=1,
        value=Decimal(day),
        at=datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=day),
        on=BEGUN + timedelta(days=day),
        source="client",
        comment=None,
    )


def terms() -> ObjectiveTerms:
    return ObjectiveTerms(
        title=OfClient("Speak in 8 of 10 meetings by June"),
        why=OfClient("I want to be heard."),
        language="en",
        outcome_area="presence",
        measure=Measure(
            name=OfClient("Meetings in which I spoke"),
            kind="numeric",
            unit="count",
            direction="increase",
            scope=None,
            band=None,
            source="client",
        ),
        baseline=None,
        baseline_by=BEGUN + timedelta(days=7),
        target=Decimal(8),
        due_on=BEGUN + timedelta(days=150),
        weight=4,
        confidence=6,
        confidence_comment=None,
        links=Links(),
    )


def practice(objective: UUID) -> StrategyTerms:
    realism = Realism(hours_per_week=Decimal("1.5"), obstacles=OfClient("Travel"))
    return StrategyTerms(
        title=OfClient("Prepare one point a meeting"), kind="practice", objective_ids=(objective,), realism=realism, client_fit=8
    )
