"""The disk of the database is full: what is there is read, changes are refused, and all goes on as soon as there is room."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from httpx import Response

from infra.keys import FileKeyProvider
from infra.launcher.cluster import Cluster
from tests.chaos.fleet import Fleet, sailing
from tests.database import Database, Databases, ask
from tests.foreign import need
from tests.waiting import soon

MEGABYTES = 48  # an empty database has about 20
PAGE = 4096  # bytes
MOST = 2000  # people who fit into the pages that a table has already
PARKED = "SELECT count(*) FROM es.checkpoint WHERE failures > 0"


class Disk(NamedTuple):
    """A small one, on which there is nothing but one database."""

    place: Path
    database: Database

    def fill(self) -> None:
        """To the last page."""
        with (self.place / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(bytes(PAGE)):
                continue

    def clear(self) -> None:
        (self.place / "filler").unlink()


@pytest.fixture
def disk(cluster: Cluster, databases: Databases, folder: Path) -> Iterator[Disk]:
    need("root, who can make a small disk,", os.geteuid() == 0 and shutil.which("mount"))
    place, owner = folder / "small", cluster.data.stat()
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)], check=True)
    try:
        os.chown(place, owner.st_uid, owner.st_gid)
        database = databases.make()
        ask(cluster.dsn(), f"CREATE TABLESPACE small LOCATION '{place}'")
        ask(cluster.dsn(), f"ALTER DATABASE {database.name} SET TABLESPACE small")
        yield Disk(place, database)
        ask(cluster.dsn(), f"DROP DATABASE {database.name} WITH (FORCE)")
        ask(cluster.dsn(), "DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


async def register(fleet: Fleet, key: str) -> Response:
    return await fleet.firm.post("admin", "/v1/people", {"name": key, "email": f"{key}@example.org"}, Idempotency_Key=key)


def verify(fleet: Fleet) -> int:
    """Past the proxy. What it finds is on its standard output."""
    urls = {"DATABASE_URL": fleet.database.dsn("app"), "WORKER_DATABASE_URL": fleet.database.dsn("worker")}
    return subprocess.run([sys.executable, "-m", "workers.cli.main", "verify"], env=fleet.environment | urls, check=False).returncode


async def test_a_full_disk_keeps_from_changing_and_from_nothing_else(disk: Disk, provider: FileKeyProvider, home: Path) -> None:
    async with sailing(disk.database, provider, home) as fleet:
        disk.fill()
        keys, answers = [uuid4().hex], []
        while (refused := await register(fleet, keys[-1])).is_success:
            answers.append(refused)
            keys.append(uuid4().hex)
            assert len(keys) < MOST, "the disk is not full"
        assert (refused.status_code, refused.headers.get("retry-after"), refused.json()["code"]) == (503, "10", "database_read_only")
        assert (await fleet.firm.get("admin", "/v1/me")).status_code == 200
        assert (await fleet.firm.get(None, "/health/ready")).status_code == 200
        disk.clear()
        again = [await register(fleet, key) for key in keys]
        assert [answer.text for answer in again[:-1]] == [answer.text for answer in answers]
        assert again[-1].status_code == 201
        await soon(lambda: ask(disk.database.dsn("admin"), PARKED) == [(0,)])
        last = again[-1].json()
        while (seen := await fleet.firm.get("admin", f"/v1/people/{last['id']}", Throughline_Min_Position=str(last["position"]))).is_error:
            assert seen.status_code == 503
        assert fleet.ended() == []
        assert await asyncio.to_thread(verify, fleet) == 0
