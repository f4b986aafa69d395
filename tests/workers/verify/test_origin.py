"""What stands beside payload and meta, which no hash covers, against the command that meta names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.event import STORED
from domain.organization.commands import SetOrganizationPolicy
from domain.organization.events import OrganizationPolicySet
from domain.plan.commands import MeasureProgress
from domain.plan.events import MilestoneMissed, ProgressMeasured
from domain.plan.state import PlanState
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections.runner import Runner
from services.actor import Actor
from services.command.execution import Commands
from services.directory import Directory
from tests.database import Database
from tests.workers.verify.conftest import Place, Verifying
from tests.workers.verify.tampering import Tampering
from tests.workers.verify.test_log import at

DECIDED, REPORTED = STORED[OrganizationPolicySet].name, STORED[ProgressMeasured].name


@pytest.fixture
async def asked(told: Database, provider: FileKeyProvider, tampering: Tampering) -> None:
    """Today, the story's client measures progress, and the administrator sets the policy: the story itself was imported."""
    async with await pool(told.dsn("app")) as writers, await pool(told.dsn("projector")) as followers:
        store = Store(writers, Vault(provider))
        commands = Commands(store, Directory(writers))
        granted = {msgspec.json.decode(one.payload)["role"]: one for one in tampering.events("person.membership_granted")}
        admin = granted["admin"]
        plan: PlanState = (await store.read(admin.tenant, tampering.plan)).state(tampering.plan, "plan")
        objective = next(one.id for one in plan.open_objectives if one.terms.measure and one.terms.measure.kind == "numeric")
        client = Actor(admin.tenant, plan.client_id, "client", plan.client_id)
        await commands.execute(client, MeasureProgress(objective_id=objective, value=Decimal(5), source="told"), tampering.plan)
        seen = (await store.read(admin.tenant, admin.tenant)).state(admin.tenant).policy.version
        administrator = Actor(admin.tenant, admin.stream, "admin", admin.stream)
        await commands.execute(administrator, SetOrganizationPolicy(review_cadence_days=21, seen=seen), admin.tenant)
        await Runner(followers, Opener(Vault(provider))).catch_up()


def moved(t: Tampering, type: str, interval: str) -> Any:
    one = t.event(type, -1)
    t.run(f"UPDATE es.event SET occurred_at = occurred_at + interval '{interval}' WHERE position = %s", one.position)
    return one


def decision_dated_back(t: Tampering) -> Place:
    return at(moved(t, DECIDED, "-1 second"), "occurred_at", field="occurred_at")


def decision_dated_ahead(t: Tampering) -> Place:
    return at(moved(t, DECIDED, "1 second"), "occurred_at")


def report_before_its_stream(t: Tampering) -> Place:
    return at(moved(t, REPORTED, "-2 years"), "occurred_at")


def report_ahead(t: Tampering) -> Place:
    return at(moved(t, REPORTED, "1 hour"), "occurred_at")


def another_event_under_the_same_command(t: Tampering) -> Place:
    """Payload, hash and type: only meta still says that it was a measurement."""
    one = t.event(REPORTED, -1)
    milestone = msgspec.json.decode(t.event("plan.milestone_set", of=one.stream).payload)
    missed = {"milestone_id": milestone["milestone_id"], "due_on": milestone["due_on"]}
    t.write(one, "payload", msgspec.json.encode(missed), hashed=True)
    t.run("UPDATE es.event SET type = %s WHERE position = %s", STORED[MilestoneMissed].name, one.position)
    return at(one, "type", expected="an event that measure_progress leads to", found="plan.milestone_missed")


CASES: list[Callable[[Tampering], Place]] = [
    *(decision_dated_back, decision_dated_ahead, report_before_its_stream, report_ahead),
    another_event_under_the_same_command,
]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_what_was_changed_is_named_with_its_place(
    case: Callable[[Tampering], Place], tampering: Tampering, verify: Verifying
) -> None:
    assert await verify.kinds(case(tampering))


@pytest.mark.usefixtures("asked")
async def test_what_was_asked_over_http_is_whole(verify: Verifying) -> None:
    verdict = await verify()
    assert verdict.is_whole, [each.text for each in verdict.differences]
