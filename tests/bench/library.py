"""The `eventsourcing` library as its tutorial would have it: its own PostgreSQL recorder, its defaults, the same history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from tests.database import Database


class Plan(Aggregate):
    """Values measured day by day, every tenth time corrected."""

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


def library(database: Database, **settings: str) -> Application[UUID]:
    """An application with its tables in that database. To be used as a context manager, so that its pool ends."""
    return Application[UUID](environment(database) | settings)


def environment(database: Database) -> dict[str, str]:
    dsn = urlsplit(database.dsn("admin"))
    asked = parse_qs(dsn.query)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": dsn.path.removeprefix("/"),
        "POSTGRES_HOST": asked["host"][0],
        "POSTGRES_PORT": asked["port"][0],
        "POSTGRES_USER": dsn.username or "",
        "POSTGRES_PASSWORD": "",
    }


def told(application: Application[UUID], events: int) -> UUID:
    """Saves a plan with a history of that length; returns its id."""
    return coached(events, application.save).id


def coached(events: int, save: Callable[[Plan], object]) -> Plan:
    """A plan with a history of that length, saved piece by piece: the recorder waits for ever on very many events at once."""
    plan, objective = Plan(uuid4(), uuid4(), "en"), uuid4()
    for day in range(events - 1):
        if day % 10 == 9:
            plan.correct_measurement(objective, len(plan.measurements) - 1, Decimal(day - 1), Decimal(day), "other", None)
            save(plan)
        else:
            at = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=day)
            plan.measure_progress(objective, 1, Decimal(day), at, at.date().isoformat(), "client", None)
    save(plan)
    return plan
