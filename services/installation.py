"""What concerns the installation and no organization: health, the catalogue of commands, and what each problem means."""

from __future__ import annotations

from typing import Any, Final, Literal

import asyncpg
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from domain.errors import NotFound
from infra.eventstore.outage import outages
from infra.keys import FileKeyProvider
from infra.migrate import require_version
from services.actor import Actor
from services.caching import Tags
from services.catalogue import CommandCard, cards
from services.policy import PUBLIC
from services.problems import STATUS, code_of, title_of
from services.read import read, shown
from services.reading import Reads


class HealthAnswer(Struct, frozen=True, kw_only=True):
    """How it stands with this process."""

    status: Literal["live", "ready"]


class CommandsAnswer(Struct, frozen=True, kw_only=True):
    """Every command there is over HTTP."""

    items: tuple[CommandCard, ...]


class ProblemKind(Struct, frozen=True, kw_only=True):
    """What a problem's `type` leads to: what it means, its status, and which commands may be answered with it."""

    code: str
    title: str
    status: int
    meaning: str
    commands: tuple[str, ...]


class Health:
    """Looks with a connection of its own, so that a busy pool does not make the process look ill."""

    def __init__(self, connections: asyncpg.Pool, keys: FileKeyProvider) -> None:
        self.connections = connections
        self.keys = keys

    async def require_ready(self) -> None:
        """Raises `Unavailable` or `OtherSchema`, unless the database answers, its schema is ours and the keys can be read."""
        self.keys.check()
        with outages():
            await require_version(self.connections)


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


@read("/problems/{code:str}", PUBLIC, ProblemKind, "What a problem means.\n\nThe `type` of every problem leads here.")
async def explain_problem(code: FromPath[str]) -> ProblemKind:
    return problem_kind(code)


def problem_kind(code: str) -> ProblemKind:
    for kind, status in STATUS.items():
        if code_of(kind) == code:
            commands = tuple(card.name for card in cards() if code in card.refusals)
            return ProblemKind(
                code=code, title=title_of(code), status=status, meaning=" ".join((kind.__doc__ or "").split()), commands=commands
            )
    if code in OTHERS:
        status, meaning = OTHERS[code]
        return ProblemKind(code=code, title=title_of(code), status=status, meaning=meaning, commands=())
    raise NotFound


OTHERS: Final[dict[str, tuple[int, str]]] = {
    "method_not_allowed": (405, "The address does not take that method: see the Allow header."),
    "internal_error": (500, "An unexpected error of ours, which was recorded under the request id."),
    "blob_away": (503, "A file that was made cannot be had at this moment: try again."),
    "busy": (503, "Others kept changing the same thing at this moment: try again."),
    "database_away": (503, "The database does not answer: try again."),
    "key_unavailable": (503, "The keys of personal values cannot be had: try again."),
    "newer_release": (503, "This was written by a newer release than the one that answers: try again when the update has reached it."),
    "not_caught_up": (503, "It is recorded, and not yet in what is read from: try again."),
}

ROUTES: Final = (live, ready, list_commands, explain_problem)
