"""A whole installation as `throughline up` starts it, seen from outside: its processes, its port, its commands."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.waiting import PATIENCE_SECONDS, until

LISTENED: Final = range(12_000, 32_000)
"""Ports below those from which a kernel takes one for each outgoing connection: one of its own was taken before the server listened."""


CLAIMS: Final[list[socket.socket]] = []


def free_port(count: int = 1) -> int:
    """The first of so many ports in a row that nothing listens on, and that no other test process is given while this one lives."""
    while True:
        first = secrets.choice(LISTENED)
        if all(claimed(port) for port in range(first, first + count)):
            return first


def claimed(port: int) -> bool:
    """Whether it is this process's own from now on: a datagram socket of the same number, which is in nobody's way, tells the others."""
    claim = socket.socket(type=socket.SOCK_DGRAM)
    try:
        claim.bind(("127.0.0.1", port))
        with socket.socket() as tried:
            tried.bind(("", port))  # at each address, as some servers listen
    except OSError:
        claim.close()
        return False
    CLAIMS.append(claim)
    return True


def exists(pid: int) -> bool:
    """False for a zombie too: it is only a number that its parent has not read yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def command_of(pid: int) -> list[str]:
    """The words that a process was started with; none when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0") if exists(pid) else []
    except (FileNotFoundError, ProcessLookupError):
        return []


def throughline(*arguments: str) -> list[str]:
    """The words of a command, as a process of its own begins with them."""
    return [sys.executable, "-m", "workers.cli.main", *arguments]


def surroundings(**own: str) -> dict[str, str]:
    """That of this process without the addresses that it names, and what is one's own; of its log only errors, and no draining."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return {**kept, "THROUGHLINE_LOG": "error", "THROUGHLINE_DRAIN_SECONDS": "0", **own}


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    output: str
    errors: str

    def json(self) -> Any:
        return json.loads(self.output)


class Installation:
    """`throughline up` on a folder and a port of its own, with `options` beside `--no-demo` and `more` in its environment."""

    errors: int | None = None  # where its log goes; None: where that of the tests goes

    def __init__(self, data: Path, *options: str, **more: str) -> None:
        self.port = free_port()
        told = {"THROUGHLINE_DATA": str(data), "THROUGHLINE_PORT": str(self.port), "THROUGHLINE_LOG": "warning"}
        self.environment = surroundings(**told | more)
        command = throughline("up", "--no-demo", *options)
        self.up = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def call(self, *arguments: str, **more: str) -> Ended:
        """Runs a `throughline` command to its end, as in a second terminal."""
        told, command = self.environment | more, throughline(*arguments)
        done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
        return Ended(done.returncode, done.stdout, done.stderr)

    def child(self, name: str) -> int | None:
        """The process id of "api", "projector", "worker" or "postgres"; None while there is none."""
        children = Path(f"/proc/{self.up.pid}/task/{self.up.pid}/children").read_text().split()
        for pid in children:
            words = command_of(int(pid))
            if name in words or (words and words[0].endswith(f"/{name}")):
                return int(pid)
        return None

    def children(self) -> list[int]:
        """The process ids of all three, once they are there."""
        return [until(partial(self.child, name)) for name in ("postgres", "api", "projector", "worker")]

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def end(self) -> int:
        """Asks it to end, as Ctrl-C in another process group would, and waits."""
        self.up.send_signal(signal.SIGTERM)
        code = self.up.wait(PATIENCE_SECONDS)
        if self.up.stdout:
            self.up.stdout.close()
        return code
