"""What a superuser planted beside the log that nothing in it led to: keys, API keys, bookmarks, snapshots of other shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

import pytest

from domain.claims import REFUSALS
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from tests.database import Database
from tests.infra.told import new_id, person, record
from tests.workers.verify.conftest import Place, Verifying
from tests.workers.verify.tampering import Tampering

NOBODY: Final = UUID("ffffffff-ffff-7fff-8fff-ffffffffffff")
LOOK: Final = "INSERT INTO es.look (tenant_id, person_id, stream_id, position, looked_at) VALUES (%s, %s, %s, %s, clock_timestamp())"


def key_of_nobody(t: Tampering) -> Place:
    """Planted: the organization's wrapping key does not open it."""
    columns = "tenant_id, subject_id, realm_id, key_v, wrapped"
    t.run(f"INSERT INTO es.subject_key ({columns}) SELECT tenant_id, %s, %s, 1, sha256(wrapping) FROM es.tenant_key", NOBODY, NOBODY)
    return {"kind": "key", "stream": NOBODY, "table": "es.subject_key", "expected": "one that the organization's wrapping key opens"}


def destroyed_key_of_nobody(t: Tampering) -> Place:
    """Whoever has this id one day could not be written about."""
    columns = "tenant_id, subject_id, realm_id, key_v, destroyed_at"
    t.run(f"INSERT INTO es.subject_key ({columns}) SELECT tenant_id, %s, %s, 1, clock_timestamp() FROM es.tenant_key", NOBODY, NOBODY)
    return {"kind": "key", "stream": NOBODY, "table": "es.subject_key", "found": "a destroyed key"}


def role_of_a_key(t: Tampering) -> Place:
    """Sponsor becomes auditor: refused at use, but it should not stand there."""
    t.run("UPDATE directory.api_key SET role = 'auditor' WHERE role = 'sponsor'")
    return {"kind": "api_key", "table": "directory.api_key", "field": "role", "found": "auditor"}


def api_key_of_nobody(t: Tampering) -> Place:
    t.run("UPDATE directory.api_key SET person_id = %s WHERE role = 'sponsor'", NOBODY)
    return {"kind": "api_key", "stream": NOBODY, "found": "sponsor"}


def look_beyond_the_log(t: Tampering) -> Place:
    """Who reads on from there would never see what comes."""
    person = t.event("person.person_registered")
    t.run(LOOK, person.tenant, person.stream, t.plan, 9000)
    return {"kind": "look", "stream": t.plan, "position": 9000, "found": "9000"}


def look_of_nobody(t: Tampering) -> Place:
    t.run(LOOK, t.event("%").tenant, t.plan, t.plan, 1)
    return {"kind": "look", "stream": t.plan, "found": "a reader"}


def link_to_nothing(t: Tampering) -> Place:
    columns = "tenant_id, stream_id, hash, rater_id, made_at, ends_at"
    tenant = t.event("%").tenant
    t.run(f"INSERT INTO es.rater_token ({columns}) VALUES (%s, %s, '\\x01', %s, now(), now())", tenant, NOBODY, NOBODY)
    return {"kind": "answer", "stream": NOBODY, "table": "es.rater_token", "found": "links or answers"}


def look_at_nothing(t: Tampering) -> Place:
    person = t.event("person.person_registered")
    t.run(LOOK, person.tenant, person.stream, NOBODY, 1)
    return {"kind": "look", "stream": NOBODY, "found": "a bookmark"}


def snapshot_of_a_shape_to_come(t: Tampering) -> Place:
    """This release never reads it; one that does would take it for what a release before it kept."""
    t.run("UPDATE es.snapshot SET shape = 'plan@99' WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan, "field": "shape", "found": "plan@99"}


def snapshot_of_another_noun(t: Tampering) -> Place:
    t.run("UPDATE es.snapshot SET shape = 'person@1' WHERE stream_id = %s", t.plan)
    return {"kind": "snapshot", "stream": t.plan, "field": "shape", "found": "person@1"}


CASES: list[Callable[[Tampering], Place]] = [
    *(key_of_nobody, destroyed_key_of_nobody, role_of_a_key, api_key_of_nobody),
    *(look_beyond_the_log, look_of_nobody, look_at_nothing, link_to_nothing),
    *(snapshot_of_a_shape_to_come, snapshot_of_another_noun),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_what_was_planted_is_named_with_its_place(
    case: Callable[[Tampering], Place], tampering: Tampering, verify: Verifying
) -> None:
    place = case(tampering)
    assert await verify.kinds(place) == {place["kind"]}


async def test_the_keys_of_a_refused_command_are_counted_and_no_difference(
    told: Database, provider: FileKeyProvider, tampering: Tampering, verify: Verifying
) -> None:
    """They are made before the append says that the address is taken."""
    tenant = tampering.event("%").tenant
    async with await pool(told.dsn("app")) as writers:
        store, (first, second) = Store(writers, Vault(provider)), (new_id(), new_id())
        await record(store, tenant, first, [person(first, email="ann@example.org")])
        with pytest.raises(REFUSALS["email@1"]):
            await record(store, tenant, second, [person(second, email="ann@example.org")])
    verdict = await verify(with_rows=False)
    assert (verdict.unused_keys, verdict.differences) == (1, [])
