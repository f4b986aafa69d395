"""Who was erased after the log was copied is erased again when it comes back, before anybody is let in."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from msgspec import structs

from infra.blobs import Folder
from infra.launcher.cluster import Cluster
from infra.settings import Settings
from projections.members import MEMBERS
from services.report.files import Files
from tests.database import Database, ask
from tests.workers.command import Commands
from tests.workers.copied import Copied, empty
from workers.backup import archive
from workers.backup.errors import BackupFault
from workers.backup.repeating import Erased, erase_again, listed
from workers.cli.exit import Exit
from workers.desk import Desk
from workers.office import office
from workers.person.erasing import proof_of

CLIENTS = """
SELECT DISTINCT s.tenant_id, convert_from(e.payload, 'UTF8')::jsonb ->> 'client_id' AS client
  FROM es.stream s JOIN es.event e ON e.tenant_id = s.tenant_id AND e.stream_id = s.stream_id AND e.version = 1
 WHERE s.type = 'engagement' ORDER BY client"""
ERASED = "SELECT stream_id::text FROM es.event WHERE type = 'person.person_erased' ORDER BY stream_id::text"
LIVING = "SELECT count(*) FROM es.subject_key WHERE wrapped IS NOT NULL AND subject_id = %s"
SHOWN = f"SELECT DISTINCT key::text FROM rm.members_g{MEMBERS.version}_text"


def told(person: Erased, outcome: str = "erased") -> bytes:
    """A line as the worker writes it, with what else stands in it."""
    line = {"tenant_id": person.tenant_id, "person_id": person.person_id, "outcome": outcome, "event": "erasure_done", "level": "info"}
    line |= {} if person.proof is None else {"proof": person.proof}
    return msgspec.json.encode(line) + b"\n"


def test_the_log_of_a_worker_says_who_was_erased_and_what_is_none_is_refused(tmp_path: Path) -> None:
    one, other = (Erased(UUID(int=1), UUID(int=number)) for number in (2, 3))
    log = tmp_path / "worker.log"
    log.write_bytes(b'{"event": "worker_started", "queues": []}\n' + told(one) + told(other, "held") + told(one))
    assert listed(log) == {structs.replace(one, proof="")}, "a line without a proof is none that the keys say"
    log.write_bytes(told(structs.replace(one, proof="ab")))
    assert listed(log) == {structs.replace(one, proof="ab")}
    log.write_bytes(told(one) + b"erasure of everybody\n")
    with pytest.raises(BackupFault, match="line 2"):
        listed(log)


def test_who_was_erased_since_is_erased_again(copied: Copied, command: Commands, cluster: Cluster, home: Path) -> None:
    """One before the keys were copied anew, one after that, of whom the worker's log tells alone."""
    (tenant, first), (_, second), (_, third) = ask(copied.database.dsn("admin"), CLIENTS)
    by_keys, by_log = Erased(tenant, UUID(first)), Erased(tenant, UUID(second))
    ask(cluster.dsn(), f"CREATE DATABASE erased_since TEMPLATE {copied.database.name}")
    command.use(Database(cluster, "erased_since"))
    done = asyncio.run(erase_again(Settings.from_env(), [by_keys]))
    assert (done.again, done.kept) == ((by_keys,), ())
    assert asyncio.run(erase_again(Settings.from_env(), [by_keys])).again == (), "twice is once"
    proven = structs.replace(by_log, proof=asyncio.run(proof(by_log)))
    assert command("backup", "--events", home / "events", "--keys", home / "keys")[0] == Exit.OK
    (keys,) = home.glob("keys/*.keys")
    forged = structs.replace(by_log, person_id=UUID(third), proof=proven.proof)
    elsewhere = Erased(UUID(int=1), UUID(int=2), "ab" * 32)
    (home / "worker.log").write_bytes(told(proven) + told(forged) + told(elsewhere))

    restored = command.use(empty(cluster, "restored_erased")).dsn("admin")
    code, said = command(*copied._replace(keys=keys).arguments, "--erased", home / "worker.log")
    assert code == Exit.DIFFERENT, said
    assert f"Erased again, as they were since: {first}, {second}." in said
    assert f"somebody may have written it: {third}." in said
    assert f"came after the copy: {elsewhere.person_id}." in said
    assert ask(restored, ERASED) == [(first,), (second,)]
    shown = {person for (person,) in ask(restored, SHOWN)}
    assert third in shown
    assert not shown & {first, second}
    for person in (first, second):
        assert ask(restored, LIVING.replace("%s", f"'{person}'")) == [(0,)]

    code, said = command("restore", "--keys", younger(copied.keys, home / "younger.keys"))
    assert (code, "it is older than it says" in said) == (Exit.FAILED, True), said
    for person in (first, second):
        assert ask(restored, LIVING.replace("%s", f"'{person}'")) == [(0,)]


def younger(keys: Path, path: Path) -> Path:
    """An archive of keys from before the erasures, whose description somebody changed so that it passes for today's."""
    shutil.copy(keys, path)
    manifest = archive.read(keys, "keys").manifest
    archive.manifest_path(path).write_bytes(msgspec.json.encode(structs.replace(manifest, taken_at=datetime.now(UTC) + timedelta(days=1))))
    return path


async def proof(one: Erased) -> str:
    """As the worker writes it beside an erasure."""
    settings = Settings.from_env()
    async with office(settings) as staff:
        files = Files(staff.connections, staff.commands.store.vault, Folder(settings.blobs))
        return await proof_of(Desk(staff.connections, staff.commands, files), one.tenant_id, one.person_id)
