"""Child processes that end with their parent, and what `postmaster.pid` says about a server."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

PR_SET_PDEATHSIG: Final = 1
LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def ends_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` by which the kernel sends the signal to the child when its parent dies, by kill -9 too.

    The kernel watches the thread that starts the child: start it from the main thread. None where there is no such service.
    """
    if LIBC is None:
        return None
    prctl, parent = LIBC.prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it died before the kernel was asked
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


def end_with(parent: int, number: signal.Signals) -> None:
    """The same of the process that calls it, where the kernel has such a service; `parent` is the process that started it."""
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, int(number))
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def environment() -> dict[str, str]:
    """What the server gets of the environment: no `PG*` variable that would steer it, no locale, none of our secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


class Postmaster(NamedTuple):
    """A server as its `postmaster.pid` describes it."""

    pid: int
    socket: Path
    port: int
    ready: bool


def postmaster(data: Path) -> Postmaster | None:
    """What `postmaster.pid` says, or None when there is none, or it is not written to its end yet."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8:
        return None
    return Postmaster(int(lines[0]), Path(lines[4]), int(lines[3]), lines[7].strip() == "ready")


def serves(pid: int, data: Path) -> bool:
    """True while the process is a server of this data folder, and not a stranger that got its number after a restart.

    A server's working directory is its data folder. Where there is no /proc, any living process counts.
    """
    try:
        if sys.platform == "linux":
            return Path(os.readlink(f"/proc/{pid}/cwd")) == data
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    except PermissionError:
        return sys.platform != "linux"  # on Linux, a process that we may not look into is not ours
    return True
