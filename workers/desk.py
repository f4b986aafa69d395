"""What actors act with: the execution of commands, and files, on the connections of their own event loop."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from dramatiq.asyncio import get_event_loop_thread

from infra.blobs import Folder
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import Pool
from infra.settings import Settings
from services.command.execution import Commands
from services.directory import Directory
from services.report.files import Files
from workers.broker import POOLS

T = TypeVar("T")


class Desk(NamedTuple):
    """`connections` are those of `throughline_app`, on the loop that `wait` waits for."""

    connections: Pool
    commands: Commands
    files: Files


def desk() -> Desk:
    """Of an actor that runs."""
    connections = POOLS["app"]
    commands = Commands(Store(connections, vault()), Directory(connections))
    return Desk(connections, commands, Files(connections, vault(), Folder(Settings.from_env().blobs)))


@cache
def vault() -> Vault:
    """One for the process: it remembers keys for a minute."""
    return Vault(FileKeyProvider(Settings.from_env().key_file))


def wait(awaitable: Awaitable[T]) -> T:
    """For an actor that blocks: does it on the loop of the others, while the actor's own thread waits for what comes of it."""
    loop = get_event_loop_thread()
    assert loop is not None  # the worker has begun, or no actor would run

    async def done() -> T:
        return await awaitable

    found: Any = loop.run_coroutine(done())
    return found  # type: ignore[no-any-return]
