"""One embedded PostgreSQL: `start`, `stop`, and the address in between."""

from __future__ import annotations

import fcntl
import os
import platform
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from infra.launcher import binaries, place
from infra.launcher.account import Account, account_for
from infra.launcher.address import SUPERUSER, Address
from infra.launcher.errors import Unstartable
from infra.launcher.process import postmaster, serves
from infra.launcher.server import advice, initialise, options, spawned

START_SECONDS: Final = 60  # a recovery after a crash is part of the start
STOP_SECONDS: Final = 20
GIVE_WAY_SECONDS: Final = 15  # for a server whose launcher was killed, and which is about to end itself
LOOK_SECONDS: Final = 0.01
LOG_BYTES: Final = 1_000_000


class Cluster:
    """A server below `home` (`pg18`, `pg18.log`, `run`), on a socket only, that ends when this process ends.

    Trust is its authentication: the socket stands in a folder of mode 0700. `durable=False` may lose everything on a crash of
    the machine, and is for tests. `named` is the only `bin` folder to use, `run_as` the account that root runs it as.
    Once started, `data` is where its files really are, and `version` is like "18.6".
    """

    def __init__(self, home: Path, *, durable: bool = True, named: Path | None = None, run_as: str | None = None) -> None:
        self.home = home.absolute()
        self.durable = durable
        self.named = named
        self.run_as = run_as
        self.lock: IO[str] | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.address: Address | None = None
        self.data = self.home
        self.version = ""

    def __enter__(self) -> Cluster:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def dsn(self, role: str = SUPERUSER, database: str = "postgres") -> str:
        """A connection string of the running server."""
        if self.address is None:
            raise Unstartable("This PostgreSQL is not running: start it first.")
        return self.address.dsn(role, database)

    def start(self) -> None:
        """Makes the data folder when there is none, starts the server, waits until it answers. Call from the main thread.

        Raises `Unstartable`, with what to do.
        """
        if self.lock is None:
            self.lock = held(self.home)
        try:
            self.launch()
        except BaseException:
            self.stop()
            raise

    def launch(self) -> None:
        chosen = place.fitting(self.home, binaries.binaries(self.named))
        account = account_for(place.data_folder(self.home, chosen.major), self.run_as)
        installation = binaries.reachable(chosen, account)
        data = place.shelter_data(self.home, installation.major, account)
        socket = place.socket_folder(data, account)
        self.data, self.version = data, installation.version
        if not data.exists():
            initialise(installation, data, account, durable=self.durable)
        make_way(data)
        self.run(installation, data, socket, account)
        self.address = Address(socket, place.PORT)

    def run(self, installation: binaries.Binaries, data: Path, socket: Path, account: Account) -> None:
        log = self.home / f"pg{installation.major}.log"
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.unlink()
        ends_at = time.monotonic() + START_SECONDS
        while True:
            with log.open("ab") as output:
                begin = output.tell()
                command = [str(installation.folder / "postgres"), "-D", str(data), *options(socket, durable=self.durable)]
                self.server = spawned(command, account, output)
            while self.server.poll() is None:
                if (found := postmaster(data)) and found.pid == self.server.pid and found.ready:
                    return
                if time.monotonic() > ends_at:
                    raise Unstartable(f"PostgreSQL did not answer within {START_SECONDS} s; its own words are in {log}.")
                time.sleep(LOOK_SECONDS)
            said = log.read_bytes()[begin:].decode(errors="replace").strip()
            # After kill -9 of a server its backends need a moment to notice; until then their memory blocks a new one.
            if "pre-existing shared memory block" not in said or time.monotonic() > ends_at:
                raise Unstartable(
                    f"PostgreSQL {installation.version} ended while starting. What it said ({log}):\n{said}\n{advice(said, data)}"
                )

    def exit_code(self) -> int | None:
        """None while the server runs; how it ended, when it ended by itself."""
        return self.server.poll() if self.server else 0

    def stop(self) -> None:
        """Ends the server, sessions first, nothing lost. Does nothing when it does not run."""
        if self.server is not None:
            for number in (signal.SIGINT if self.durable else signal.SIGQUIT, signal.SIGQUIT, signal.SIGKILL):
                self.server.send_signal(number)
                try:
                    self.server.wait(STOP_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self.server = None
        if self.address is not None:
            with suppress(OSError):  # something else stands in it: it stays
                self.address.socket.rmdir()
            self.address = None
        if self.lock is not None:
            self.lock.close()
            self.lock = None


def held(home: Path) -> IO[str]:
    """The file whose lock says: this process runs the server of this home. Let go by the system when the process ends."""
    path = home / "pg.lock"
    try:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        lock = path.open("a+")
    except PermissionError:
        raise Unstartable(
            f"{path} cannot be written: the folder belongs to another account (perhaps root's, by an earlier start). "
            "Start as that account, or name another folder with THROUGHLINE_DATA, or delete the folder to begin anew."
        ) from None
    except OSError as error:  # a file stands there, or the file system takes no folders
        raise Unstartable(f"{home} cannot be a folder ({error.strerror}): name another one with THROUGHLINE_DATA.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise Unstartable(
            f"Another process ({holder}) runs the PostgreSQL of {home}: use that one, or stop it first, "
            "or name another folder with THROUGHLINE_DATA."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def make_way(data: Path) -> None:
    """Waits for a server whose launcher was killed to end itself, and removes what a dead one left.

    Raises `Unstartable` when it goes on running.
    """
    if (found := postmaster(data)) is None:
        return
    ends_at = time.monotonic() + GIVE_WAY_SECONDS
    while serves(found.pid, data):
        if time.monotonic() > ends_at:
            raise Unstartable(
                f"PostgreSQL runs on {data} already (process {found.pid}), started by somebody else: "
                f"stop it with `kill -INT {found.pid}`, or use it by DATABASE_URL."
            )
        time.sleep(LOOK_SECONDS)
    (data / "postmaster.pid").unlink(missing_ok=True)  # its number may belong to a stranger by now, whom the server would mistake for it


def untried() -> str | None:
    """What to know on a system that the launcher was never run on; None on Linux x86-64."""
    system, machine = platform.system(), platform.machine()
    if (system, machine) == ("Linux", "x86_64"):
        return None
    return f"The embedded PostgreSQL was never tried on {system} {machine}: if it fails, set DATABASE_URL to a PostgreSQL 15 or newer."
