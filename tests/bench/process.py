"""Processes beside the one that measures, the product's own among them, on ports that are free."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from tests.bench.coached import Office
from tests.bench.wire import Wire
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import free_port, surroundings

PRODUCT: Final = "workers.cli.main"
LOOK_SECONDS: Final = 0.05


@contextmanager
def process(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A module of Python with its arguments, asked to end at the end."""
    with subprocess.Popen([sys.executable, "-m", *arguments], env=surroundings(**environment)) as started:
        try:
            yield started
        finally:
            started.terminate()


def environment(made: Office, role: str) -> dict[str, str]:
    """What a process of the product is told."""
    return {
        "DATABASE_URL": made.database.dsn(role),
        "THROUGHLINE_KEY_FILE": str(made.settings.key_file),
        "THROUGHLINE_DATA": str(made.settings.data),
        "THROUGHLINE_REQUESTS_PER_MINUTE": "10000000",  # counted, as in service, and never refused
        "THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE": "10000000",
    }


@asynccontextmanager
async def server(path: str, *arguments: str, **environment: str) -> AsyncIterator[int]:
    """A process that answers HTTP at THROUGHLINE_PORT; yields that port as soon as `path` is answered."""
    port = free_port()
    with process(*arguments, **environment, THROUGHLINE_PORT=str(port)) as started:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await answers(port, path):
                if started.poll() is not None:
                    raise ChildProcessError(f"{' '.join(arguments)} ended with {started.returncode}")
                await asyncio.sleep(LOOK_SECONDS)
        yield port


async def answers(port: int, path: str) -> bool:
    try:
        async with Wire(port, "") as wire:
            return (await wire.get(path)).status == 200
    except OSError:
        return False


@asynccontextmanager
async def api(made: Office, **more: str) -> AsyncIterator[int]:
    """`throughline api`, with `more` in its environment."""
    async with server("/health/ready", PRODUCT, "api", **environment(made, "app"), **more) as port:
        yield port


@contextmanager
def projector(made: Office) -> Iterator[None]:
    """`throughline projector`."""
    with process(PRODUCT, "projector", **environment(made, "projector")):
        yield
