"""The execution that HTTP, the command line and the story share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from litestar import Litestar
from msgspec import inspect

from domain.command import Report
from domain.errors import NotPermitted, OccurredAtOutOfRange
from domain.organization.commands import SetOrganizationPolicy
from domain.person.commands import GrantMembership, RegisterPerson, RevokeMembership
from domain.plan.commands import MeasureProgress
from services.actor import Actor
from services.command.execution import Commands, Result
from services.command.table import TABLE
from services.contract.catalogue import cards
from services.problems import snake
from tests.database import Database, ask
from tests.services.firm import Firm, today

LONG_AGO = datetime(2020, 5, 4, 8, 30, tzinfo=UTC)


def actor(firm: Firm, who: str, **more: object) -> Actor:
    role = who if who != "stranger" else "coach"
    return Actor(firm.tenant, UUID(firm.ids[who]), role, UUID(firm.ids[who]), **more)  # type: ignore[arg-type]


def times(house: Database, stream: UUID) -> list[tuple[datetime, datetime]]:
    rows = ask(house.dsn("admin"), f"SELECT occurred_at, recorded_at FROM es.event WHERE stream_id = '{stream}' ORDER BY version")
    return [(row[0], row[1]) for row in rows]


def policies(house: Database, stream: UUID) -> list[int]:
    rows = ask(
        house.dsn("admin"), f"SELECT convert_from(meta, 'UTF8')::json ->> 'policy_version' FROM es.event WHERE stream_id = '{stream}'"
    )
    return [int(row[0]) for row in rows]


async def test_what_is_imported_has_the_time_of_its_clock(app: Litestar, firm: Firm, house: Database) -> None:
    then = Commands(app.state.commands.store, app.state.commands.directory, lambda: LONG_AGO)
    made = await then.execute(actor(firm, "admin", channel="import"), RegisterPerson(name="Old", email="old@example.org"))
    ((occurred, recorded),) = times(house, made.id)
    assert occurred == LONG_AGO
    assert recorded > LONG_AGO


async def test_everything_else_occurs_when_it_is_recorded(firm: Firm, house: Database) -> None:
    made = await firm.commands.execute(actor(firm, "admin"), RegisterPerson(name="New", email="new@example.org"))
    ((occurred, recorded),) = times(house, made.id)
    assert occurred == recorded


async def test_every_event_names_the_policy_under_which_it_was_decided(firm: Firm, house: Database) -> None:
    """Seen from the policy's own version: a person registered before it, and one after."""
    person = RegisterPerson(name="Early", email="early@example.org")
    before = await firm.commands.execute(actor(firm, "admin"), person)
    policy = await firm.commands.execute(actor(firm, "admin"), SetOrganizationPolicy(seen=0, review_cadence_days=14), firm.tenant)
    after = await firm.commands.execute(actor(firm, "admin"), RegisterPerson(name="Late", email="late@example.org"))
    assert [policies(house, made.id) for made in (before, after)] == [[0], [policy.version]]


async def test_a_report_has_its_own_time_and_none_ahead(planned: Firm, house: Database) -> None:
    plan = UUID(planned.ids["plan"])
    await active(planned)

    def measured(ahead: timedelta) -> MeasureProgress:
        when = planned.commands.clock() + ahead
        return MeasureProgress(objective_id=UUID(planned.ids["Meet"]), value=Decimal(3), source="calendar", occurred_at=when)

    near = measured(timedelta(minutes=4))
    await planned.commands.execute(actor(planned, "coach"), near, plan)
    assert times(house, plan)[-1][0] == near.occurred_at
    with pytest.raises(OccurredAtOutOfRange):
        await planned.commands.execute(actor(planned, "coach"), measured(timedelta(minutes=6)), plan)


async def test_a_report_of_a_time_when_the_role_was_held_is_not_taken_when_it_is_over(planned: Firm) -> None:
    plan, now = UUID(planned.ids["plan"]), planned.commands.clock()
    await active(planned)
    revoked = RevokeMembership(role="coach", reason="They have left the firm.")
    for command in (revoked, GrantMembership(role="coach", until=today())):
        await planned.commands.execute(actor(planned, "admin"), command, UUID(planned.ids["coach"]))
    later = Commands(planned.commands.store, planned.commands.directory, lambda: now + timedelta(days=3))
    report = MeasureProgress(
        objective_id=UUID(planned.ids["Meet"]), value=Decimal(3), source="calendar", occurred_at=planned.commands.clock()
    )
    with pytest.raises(NotPermitted):
        await later.execute(actor(planned, "coach"), report, plan)
    await planned.commands.execute(actor(planned, "coach"), report, plan)


async def active(firm: Firm) -> None:
    plan = await firm.propose()
    at = f"/v1/plans/{plan['id']}"
    for party in ("client", "coach"):
        await firm.done(party, f"{at}/approve-plan", {"plan_version": plan["plan_version"], "digest": plan["digest"]})
    await firm.done("coach", f"{at}/activate-plan", {})


def test_every_report_is_bounded_in_time() -> None:
    by_name = {card.name: card for card in cards()}
    reports = [snake(command.__name__) for command in TABLE if issubclass(command, Report)]
    assert len(reports) >= 6
    assert [name for name in reports if "occurred_at_out_of_range" not in by_name[name].refusals] == []


async def test_a_role_counts_from_the_moment_it_is_granted(firm: Firm) -> None:
    as_admin = actor(firm, "stranger")._replace(role="admin")
    command = RegisterPerson(name="X", email="x@example.org")
    with pytest.raises(NotPermitted):
        await firm.commands.execute(as_admin, command)
    await firm.commands.execute(actor(firm, "admin"), GrantMembership(role="admin"), UUID(firm.ids["stranger"]))
    assert (await firm.commands.execute(as_admin, command)).version == 1


async def test_a_role_in_a_program_ends_at_it(engaged: Firm) -> None:
    elsewhere = await engaged.done("program_manager", "/v1/programs", {**terms(), "name": "Elsewhere"})
    await engaged.enter("narrow", "client")
    grant = GrantMembership(role="program_manager", program_id=UUID(elsewhere["id"]))
    await engaged.commands.execute(actor(engaged, "admin"), grant, UUID(engaged.ids["narrow"]))
    made = await engaged.issuer.create(engaged.tenant, UUID(engaged.ids["narrow"]), "program_manager")
    engaged.keys["narrow"] = made.key
    assert [item["id"] for item in (await engaged.seen("narrow", "/v1/programs"))["items"]] == [elsewhere["id"]]
    assert (await engaged.seen("narrow", "/v1/engagements"))["items"] == []
    assert (await engaged.get("narrow", f"/v1/engagements/{engaged.ids['engagement']}")).status_code == 404
    assert (await engaged.post("narrow", "/v1/programs", terms())).status_code == 403
    pool = {"coach_id": engaged.ids["coach"], "max_engagements": 1}
    assert (await engaged.post("narrow", f"/v1/programs/{engaged.ids['program']}/add-coach-to-pool", pool)).status_code == 404
    assert (await engaged.post("narrow", f"/v1/programs/{elsewhere['id']}/add-coach-to-pool", pool)).status_code == 200


def terms() -> dict[str, object]:
    return {"name": "P", "starts_on": "2026-01-01", "ends_on": "2026-06-30", "capacity": 1, "sessions_per_engagement": 1}


def test_a_result_holds_no_text() -> None:
    """Ids, a version, and codes, of which there is a list."""
    assert Result.__struct_fields__ == ("id", "item_id", "version", "warnings")
    assert "StrType" not in repr(inspect.type_info(Result))
