"""What concerns the installation and no organization: health, and the catalogue of commands."""

from __future__ import annotations

from typing import Any, Final, Literal

import asyncpg
from litestar import Request, Response
from litestar.di import NamedDependency
from msgspec import Struct

from infra.citus import require_propagation
from infra.drain import Drain
from infra.eventstore.outage import outages
from infra.keys import FileKeyProvider
from infra.migrate import require_version
from services.actor import Actor
from services.contract.catalogue import CommandCard, cards
from services.permission.table import PUBLIC
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import read, shown


class HealthAnswer(Struct, frozen=True, kw_only=True):
    """How it stands with this process."""

    status: Literal["live", "ready"]


class CommandsAnswer(Struct, frozen=True, kw_only=True):
    """Every command there is over HTTP. `batches` is where many of them go in one request."""

    items: tuple[CommandCard, ...]
    batches: str = "/v1/batches"


class Health:
    """Looks with a connection of its own, so that a busy pool does not make the process look ill."""

    def __init__(self, connections: asyncpg.Pool, keys: FileKeyProvider, drain: Drain) -> None:
        self.connections = connections
        self.keys = keys
        self.drain = drain

    async def require_ready(self) -> None:
        """Raises `Unavailable` or `OtherSchema`, unless the database answers, its schema is ours and the keys can be read.

        And `Draining` once the process is asked to end: first of all, so that nobody shares work out to it any more.
        """
        self.drain.require_none()
        self.keys.check()
        with outages():
            await require_version(self.connections)
            await require_propagation(self.connections)


@read("/health/live", PUBLIC, HealthAnswer, "Is the process alive?\n\nAsks nothing but the process itself.")
async def live() -> HealthAnswer:
    return HealthAnswer(status="live")


@read(
    "/health/ready",
    PUBLIC,
    HealthAnswer,
    "Can the process answer?\n\nThe database is there with this release's schema, and the keys can be read.",
)
async def ready(health: NamedDependency[Health]) -> HealthAnswer:
    await health.require_ready()
    return HealthAnswer(status="ready")


@read(
    "/v1/commands",
    "list_commands",
    CommandsAnswer,
    "List every command.\n\nIts body, who may send it, the events that follow, and the refusals.",
)
async def list_commands(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], tags: NamedDependency[Tags]
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_commands")
    assert look.reading.head is not None  # the actor's organization exists
    return await shown(request, tags, actor, CommandsAnswer(items=cards()), look.reading.head.position)


ROUTES: Final = (live, ready, list_commands)
