"""Sets dramatiq's broker, by BROKER_URL. Actors are declared with `actor` from here, so that none can be declared before.

Nothing connects yet: the databases are asked for when the first connection is made.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import dramatiq

from infra.broker.choice import broker_for
from infra.broker.link import Links
from infra.broker.pools import Pools
from infra.broker.table import Table
from infra.settings import Settings
from workers.embedded import database_url, worker_url
from workers.ended import Ended


@cache
def worker_database() -> str:
    return worker_url(Settings.from_env())


@cache
def app_database() -> str:
    return database_url(Settings.from_env(), "app")


TABLE: Final = Table(Links(worker_database, "throughline worker, jobs"))
SETTINGS: Final = Settings.from_env()
POOLS: Final = Pools(
    {"worker": worker_database, "app": app_database}, command_seconds=SETTINGS.statement_seconds, lock_seconds=SETTINGS.lock_seconds
)
"""For async actors: `POOLS["worker"]` to look for work, `POOLS["app"]` to record what came of it."""

BROKER: Final = broker_for(SETTINGS.broker_url, TABLE, [POOLS, Ended(TABLE.links)])
dramatiq.set_broker(BROKER)
actor: Final = dramatiq.actor
SOON: Final = 2_000
RARELY: Final = 60_000
"""Milliseconds, between which a mail that somebody waits for is tried again while its server is away."""
