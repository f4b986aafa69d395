"""What a superuser changed beside the log: claims, snapshots, checkpoints, read models."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.report.events import ReportRequested, ReportTemplate
from infra.eventstore.opening import Opener
from infra.eventstore.store import Attempt, Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections import rebuild
from projections.catalogue import PROJECTIONS
from projections.current import CURRENT
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.plan_timeline import PLAN_TIMELINE
from projections.projection import Projection
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.plan_told import tell_plan
from tests.infra.told import new_id, recording
from tests.projections.rebuilding import rebuild_all
from tests.workers.verify.conftest import Place, Verifying, found
from tests.workers.verify.tampering import Tampering


def table(projection: Projection[Any]) -> str:
    return f"rm.{projection.name}_g{projection.version}"


PLANS, PEOPLE, TIMELINE, BOARD = (table(each) for each in (CURRENT["plan"], MEMBERS, PLAN_TIMELINE, KPI_BOARD))


def claim_removed(t: Tampering) -> Place:
    one = t.event("plan.plan_drafted")
    t.run("DELETE FROM es.claim WHERE kind = 'plan' AND stream_id = %s", one.stream)
    return {"kind": "claim", "stream": one.stream, "version": 1, "position": one.position, "table": "es.claim", "found": "none"}


def personal_claim_removed(t: Tampering) -> Place:
    """What is claimed of an address is a keyed hash: derived again from the sealed address."""
    one = t.event("person.person_registered")
    t.run("DELETE FROM es.claim WHERE kind = 'email@1' AND stream_id = %s", one.stream)
    return {"kind": "claim", "stream": one.stream, "position": one.position, "found": "none"}


def claim_added(t: Tampering) -> Place:
    one = t.event("plan.plan_drafted")
    t.run("INSERT INTO es.claim (tenant_id, kind, key, stream_id) VALUES (%s, 'plan', '\\x00', %s)", one.tenant, one.stream)
    return {"kind": "claim", "stream": one.stream, "expected": "none", "found": "plan 00"}


def claim_moved(t: Tampering) -> Place:
    one, other = t.event("plan.plan_drafted", 0), t.event("plan.plan_drafted", 1)
    t.run("UPDATE es.claim SET stream_id = %s WHERE kind = 'plan' AND stream_id = %s", other.stream, one.stream)
    return {"kind": "claim", "stream": one.stream, "found": "none"}


def claim_of_no_stream(t: Tampering) -> Place:
    one = t.event("plan.plan_drafted")
    t.run("INSERT INTO es.claim (tenant_id, kind, key, stream_id) VALUES (%s, 'plan', '\\x00', gen_random_uuid())", one.tenant)
    return {"kind": "claim", "tenant": one.tenant, "expected": "a stream", "found": "plan"}


def snapshot_changed(t: Tampering) -> Place:
    """Who loads the plan would see it; its rows are right."""
    changed = "convert_to(jsonb_set(convert_from(state, 'utf8')::jsonb, '{reviews}', '41')::text, 'utf8')"
    t.run(f"UPDATE es.snapshot SET state = {changed} WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan, "field": ".reviews", "found": "41"}


def snapshot_of_another_version(t: Tampering) -> Place:
    t.run("UPDATE es.snapshot SET version = version - 3 WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan}


def snapshot_before_the_newest(t: Tampering) -> Place:
    t.run("INSERT INTO es.snapshot SELECT tenant_id, stream_id, shape, version - 3, state FROM es.snapshot WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan}


def snapshot_of_the_future(t: Tampering) -> Place:
    t.run("UPDATE es.snapshot SET version = 5000 WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan, "version": 5000, "found": "5000"}


def snapshot_of_nonsense(t: Tampering) -> Place:
    t.run("UPDATE es.snapshot SET state = '[' WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan, "expected": "a state that decodes"}


def row_changed(t: Tampering) -> Place:
    t.run(f"UPDATE {PLANS} SET doc = jsonb_set(doc, '{{state,plan_version}}', '9') WHERE key = %s", t.plan)
    return {"kind": "row", "table": PLANS, "key": str(t.plan), "field": "doc.state.plan_version", "found": "9"}


def row_with_more(t: Tampering) -> Place:
    """A field that readers ignore, too."""
    t.run(f"UPDATE {BOARD} SET doc = doc || '{{\"more\": 1}}'")
    return {"kind": "row", "table": BOARD, "field": "doc.more", "expected": "nothing", "found": "1"}


def row_removed(t: Tampering) -> Place:
    t.run(f"DELETE FROM {PLANS} WHERE key = %s", t.plan)
    return {"kind": "row", "table": PLANS, "key": str(t.plan), "expected": "a row", "found": "none"}


def row_added(t: Tampering) -> Place:
    key = "ffffffff-ffff-7fff-8fff-ffffffffffff"
    t.run(f"INSERT INTO {TIMELINE} (tenant_id, key, position, doc) SELECT tenant_id, '{key}', 1, doc FROM {TIMELINE} LIMIT 1")
    return {"kind": "row", "table": TIMELINE, "key": key, "expected": "none"}


def position_of_a_row(t: Tampering) -> Place:
    t.run(f"UPDATE {PLANS} SET position = 3 WHERE key = %s", t.plan)
    return {"kind": "row", "table": PLANS, "field": "position", "found": "3"}


def text_changed(t: Tampering) -> Place:
    t.run(f"UPDATE {PEOPLE}_text SET text = '\"Somebody else\"'")
    return {"kind": "text", "table": f"{PEOPLE}_text", "found": "another text"}


def text_removed(t: Tampering) -> Place:
    t.run(f"DELETE FROM {PEOPLE}_text")
    return {"kind": "text", "table": f"{PEOPLE}_text", "found": "none"}


def text_of_another(t: Tampering) -> Place:
    """Erasing the person would miss it."""
    t.run(f"UPDATE {PEOPLE}_text SET subject_id = gen_random_uuid()")
    return {"kind": "text", "table": f"{PEOPLE}_text", "found": "others"}


def text_of_nothing(t: Tampering) -> Place:
    columns = "tenant_id, key, ref, subject_id, realm_id, text"
    t.run(f"INSERT INTO {PEOPLE}_text ({columns}) SELECT tenant_id, key, '\\x00', subject_id, realm_id, text FROM {PEOPLE}_text LIMIT 1")
    return {"kind": "text", "table": f"{PEOPLE}_text", "field": "00", "expected": "none"}


def text_of_no_row(t: Tampering) -> Place:
    key = "ffffffff-ffff-7fff-8fff-ffffffffffff"
    columns = "tenant_id, key, ref, subject_id, realm_id, text"
    values = f"tenant_id, '{key}', ref, subject_id, realm_id, text"
    t.run(f"INSERT INTO {PEOPLE}_text ({columns}) SELECT {values} FROM {PEOPLE}_text LIMIT 1")
    return {"kind": "text", "table": f"{PEOPLE}_text", "key": key}


def text_that_was_not_purged(t: Tampering) -> Place:
    """The key is destroyed, but the words are still there to be read."""
    one = t.event("person.person_registered")
    t.run("SELECT es.destroy_key(%s, %s, NULL)", one.tenant, one.stream)
    return {"kind": "text", "expected": "nothing, since its key is destroyed"}


def checkpoint_beyond_the_log(t: Tampering) -> Place:
    t.run("UPDATE es.checkpoint SET position = 9000 WHERE projection = 'kpi_board'")
    return {"kind": "checkpoint", "position": 9000, "table": "es.checkpoint", "found": "kpi_board at 9000"}


def checkpoint_moved_back(t: Tampering) -> Place:
    """The rows hold more than it says: what comes would be counted twice."""
    before = t.event("plan.%", -1).position - 1
    t.run("UPDATE es.checkpoint SET position = %s WHERE projection = 'kpi_board'", before)
    return {"kind": "checkpoint", "table": BOARD, "position": before, "found": str(before)}


def checkpoint_moved_on(t: Tampering) -> Place:
    """Over an event that is then in no row."""
    one = t.event("plan.%", -1)
    t.run(f"DELETE FROM {TIMELINE} WHERE position = %s", one.position)
    return {"kind": "row", "table": TIMELINE, "position": one.position, "found": "none"}


CASES: list[Callable[[Tampering], Place]] = [
    *(claim_removed, personal_claim_removed, claim_added, claim_moved, claim_of_no_stream),
    *(snapshot_changed, snapshot_of_another_version, snapshot_before_the_newest, snapshot_of_the_future, snapshot_of_nonsense),
    *(row_changed, row_with_more, row_removed, row_added, position_of_a_row),
    *(text_changed, text_removed, text_of_another, text_of_nothing, text_of_no_row, text_that_was_not_purged),
    *(checkpoint_beyond_the_log, checkpoint_moved_back, checkpoint_moved_on),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_what_was_changed_is_named_with_its_place(
    case: Callable[[Tampering], Place], tampering: Tampering, verify: Verifying
) -> None:
    place = case(tampering)
    assert await verify.kinds(place) == {place["kind"]}


async def test_without_read_models_only_the_log_is_compared(tampering: Tampering, verify: Verifying) -> None:
    row_removed(tampering)
    assert (await verify(with_rows=False)).is_whole


async def test_a_model_that_is_being_filled_is_compared_as_far_as_it_has_come(tampering: Tampering, verify: Verifying) -> None:
    tampering.run("UPDATE es.projection SET state = 'building'")
    verdict = await verify()
    assert (verdict.is_whole, verdict.not_compared) == (True, [])
    row_removed(tampering)
    assert {each.kind for each in (await verify()).differences} == {"row"}


async def test_a_model_that_nobody_made_is_a_difference(tampering: Tampering, verify: Verifying) -> None:
    tampering.run("DELETE FROM es.projection WHERE projection = 'members'")
    verdict = await verify()
    assert verdict.not_compared == ["members"]
    assert [(each.kind, each.key) for each in verdict.differences] == [("model", "members")]


async def test_who_was_erased_and_purged_is_no_difference(tampering: Tampering, told: Database, verify: Verifying) -> None:
    one = tampering.event("person.person_registered")
    tampering.run("SELECT es.destroy_key(%s, %s, NULL)", one.tenant, one.stream)
    async with await pool(told.dsn("projector")) as connections:
        await rebuild.purge(connections, one.tenant, subject=one.stream)
    verdict = await verify()
    assert verdict.is_whole, [each.text for each in verdict.differences]


async def test_reports_belong_to_what_they_are_about(
    told: Database, provider: FileKeyProvider, tampering: Tampering, verify: Verifying
) -> None:
    engagement, program = tampering.event("engagement.%"), tampering.event("program.%")
    async with await pool(told.dsn("app")) as writers, await pool(told.dsn("projector")) as followers:
        store = Store(writers, Vault(provider))
        await store.execute(engagement.tenant, [engagement.stream], report("client_progress", engagement.stream, of=engagement.stream))
        await store.execute(engagement.tenant, [], report("program_report", program.stream, of=None))
        await Runner(followers, Opener(Vault(provider))).catch_up()
    verdict = await verify()
    assert verdict.is_whole, [each.text for each in verdict.differences]
    tampering.run("UPDATE es.stream SET engagement_id = NULL WHERE type = 'report' AND engagement_id IS NOT NULL")
    assert found(await verify(), "stream").expected == str(engagement.stream)


def report(template: ReportTemplate, subject: UUID, *, of: UUID | None) -> Attempt:
    id = new_id()
    requested = ReportRequested(
        report_id=id, template=template, subject_id=subject, period="to_date", as_of=date(2026, 5, 31), format="pdf", recipients=()
    )
    return recording(id, requested, engagement=of)


async def test_who_was_ended_is_left_out(told: Database, verify: Verifying) -> None:
    """Its keys and its head are gone, its rows wait for the end of its grace."""
    ask(told.dsn("admin"), "SELECT es.end_tenant('demo')")
    verdict = await verify()
    assert (verdict.tenants, verdict.differences) == (0, [])


async def test_what_is_consistent_in_all_places_cannot_be_seen(
    tampering: Tampering, told: Database, provider: FileKeyProvider, verify: Verifying
) -> None:
    """The limit that the command's help names: payload and hash, no digest, and everything that is made of it made anew."""
    one = tampering.event("plan.progress_measured", -1)
    tampering.change(one, "payload", hashed=True, value="77")
    tampering.run("DELETE FROM es.snapshot")
    verdict = await verify()
    assert {each.kind for each in verdict.differences} == {"row"}
    async with await pool(told.dsn("projector")) as connections:
        for projection in PROJECTIONS:
            await rebuild_all(connections, Opener(Vault(provider)), projection)
    assert (await verify()).is_whole


async def test_writers_and_projectors_go_on_meanwhile(
    told: Database, provider: FileKeyProvider, tampering: Tampering, verify: Verifying
) -> None:
    tenant = tampering.event("%").tenant
    async with await pool(told.dsn("app")) as writers, await pool(told.dsn("projector")) as followers:
        store = Store(writers, Vault(provider))
        runner = Runner(followers, Opener(Vault(provider)), page=3, patience=0.0)
        following = asyncio.create_task(runner.run())
        writing = asyncio.create_task(write(store, tenant))
        try:
            verdicts = [await verify() for _ in range(3)]
        finally:
            writing.cancel()
            runner.stop()
            await asyncio.gather(writing, following, return_exceptions=True)
    assert [[each.text for each in verdict.differences] for verdict in verdicts] == [[], [], []]
    assert verdicts[0].events < verdicts[1].events < verdicts[2].events


async def write(store: Store, tenant: UUID) -> None:
    while True:
        await tell_plan(store, tenant, measurements=20)
