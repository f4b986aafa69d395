"""Builds every read model anew, once for each line that it is sent, and says so: `python -m tests.bench.rebuilding`.

DATABASE_URL names the role throughline_projector.
"""

from __future__ import annotations

import asyncio
import sys

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.catalogue import PROJECTIONS
from projections.rebuild import begin, rebuild


async def follow_orders() -> None:
    settings = Settings.from_env()
    connections = await pool(settings.database_url or "", size=2, command_seconds=None)
    opener = Opener(Vault(FileKeyProvider(settings.key_file)))
    while await asyncio.to_thread(sys.stdin.readline):
        for projection in PROJECTIONS:
            for tenant in (await begin(connections, projection, afresh=True)).waiting:
                await rebuild(connections, opener, projection, tenant)
        print("rebuilt", flush=True)
    await connections.close()


if __name__ == "__main__":
    asyncio.run(follow_orders())
