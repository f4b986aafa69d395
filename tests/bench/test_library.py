"""What our own store gains over the library's: load and fold of one stream, side by side in interleaved rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from infra.eventstore.store import Store
from tests.database import Database
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id, register

EVENTS = 200
ROUNDS = 10
LOADS = 5  # of each engine, in each round
FASTER = 1.5  # times, at least; about 2 is usual


class Plan(Aggregate):
    """The same history as the library's tutorial would write it: values measured day by day, every tenth time corrected."""

    @event("Drafted")
    def __init__(self, engagement_id: UUID, client_id: UUID, language: str) -> None:
        self.engagement_id = engagement_id
        self.client_id = client_id
        self.language = language
        self.measurements: list[tuple[UUID, Decimal, str]] = []

    @event("ProgressMeasured")
    def measure_progress(
        self, objective_id: UUID, measure_version: int, value: Decimal, at: datetime, on: str, source: str, comment: str | None
    ) -> None:
        self.measurements.append((objective_id, value, on))

    @event("MeasurementCorrected")
    def correct_measurement(
        self, objective_id: UUID, place: int, previous: Decimal, to: Decimal, reason_code: str, reason: str | None
    ) -> None:
        self.measurements[place] = objective_id, to, self.measurements[place][2]


@pytest.fixture
def library(database: Database) -> Iterator[Application[UUID]]:
    """The library with its own PostgreSQL recorder and all its defaults, in the same database."""
    dsn = urlsplit(database.dsn("admin"))
    asked = parse_qs(dsn.query)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": dsn.path.removeprefix("/"),
        "POSTGRES_HOST": asked["host"][0],
        "POSTGRES_PORT": asked["port"][0],
        "POSTGRES_USER": dsn.username or "",
        "POSTGRES_PASSWORD": "",
    }
    with Application[UUID](env) as application:
        yield application


def told(library: Application[UUID]) -> UUID:
    plan = Plan(uuid4(), uuid4(), "en")
    objective = uuid4()
    for day in range(EVENTS - 1):
        if day % 10 == 9:
            plan.correct_measurement(objective, len(plan.measurements) - 1, Decimal(day - 1), Decimal(day), "other", None)
        else:
            at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=day)
            plan.measure_progress(objective, 1, Decimal(day), at, at.date().isoformat(), "client", None)
    library.save(plan)
    return plan.id


@pytest.mark.bench
async def test_load_and_fold_of_200_events(store: Store, library: Application[UUID]) -> None:
    """Ours: one round trip (which brings the engagement too), decode, fold, digest chain. The library's: its `Repository.get`."""
    tenant = new_id()
    await register(store, tenant)
    ours = await tell_plan(store, tenant, measurements=EVENTS - 8)
    theirs = told(library)
    ratios, times = [], []
    for _ in range(ROUNDS):
        begun = perf_counter()
        for _ in range(LOADS):
            plan: Plan = library.repository.get(theirs)
        between = perf_counter()
        for _ in range(LOADS):
            state = (await store.read(tenant, ours)).state(ours)
        done = perf_counter()
        ratios.append((between - begun) / (done - between))
        times.append((done - between) / LOADS)
    assert plan.version == EVENTS
    assert len(state.objectives) == 1
    print(f"\nload and fold of {EVENTS} events: ours {median(times) * 1000:.2f} ms, the library's {median(ratios):.1f} times that")
    assert median(ratios) >= FASTER
