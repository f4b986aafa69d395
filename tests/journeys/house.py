"""The house as it runs in service: an API and a projector of their own processes, spoken to over HTTP."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.database import Database
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.installation import free_port, surroundings, throughline


class House:
    """Where it answers."""

    def __init__(self, address: str) -> None:
        self.address = address

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running(database: Database, key_file: Path) -> Iterator[House]:
    """Starts both processes, and ends them."""
    port = free_port()
    shared = surroundings(THROUGHLINE_KEY_FILE=str(key_file), THROUGHLINE_PORT=str(port))
    processes = [
        subprocess.Popen(throughline(name), env=shared | {"DATABASE_URL": database.dsn(role)})
        for name, role in (("api", "app"), ("projector", "projector"))
    ]
    try:
        house = House(f"http://127.0.0.1:{port}")
        until(house.is_ready)
        yield house
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=PATIENCE_SECONDS)
