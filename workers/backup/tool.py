"""PostgreSQL's own programs for copying a database: which to take, and how they are told where it is."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.launcher.binaries import folders
from infra.launcher.process import ends_with_parent
from workers.backup.errors import BackupFault

VERSION: Final = re.compile(r"(\d+)[.\w]*\s*(\(|$)", re.MULTILINE)


def tool(name: str, major: int, named: Path | None) -> Path:
    """The program `pg_dump` or `pg_restore` for a server of that version: its own if it can be found, else the next newer one.

    `named` is the only folder to look in. Raises `BackupFault` when there is none: an older one cannot read a newer server.
    """
    fitting = sorted((found, str(path)) for path in candidates(name, named) if (found := major_of(path)) >= major)
    if not fitting:
        where = f"in THROUGHLINE_POSTGRES_BIN={named}" if named else "beside the server's programs, nor on PATH"
        raise BackupFault(
            f"There is no {name} of PostgreSQL {major} or newer {where}: install that version's client (on Debian: "
            f"apt install postgresql-client-{major}), or name its bin folder with THROUGHLINE_POSTGRES_BIN."
        )
    return Path(fitting[0][1])


def candidates(name: str, named: Path | None) -> Iterator[Path]:
    on_path = shutil.which(name)
    for folder in [named] if named else [*folders(), *([Path(on_path).parent] if on_path else [])]:
        if os.access(folder / name, os.X_OK):
            yield folder / name


def major_of(path: Path) -> int:
    """0 for a program that does not run here."""
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=30)
    version = VERSION.search(answer.stdout) if answer.returncode == 0 else None
    return int(version[1]) if version else 0


def newest(name: str, named: Path | None) -> Path:
    """The newest of these programs, which reads the archives of every older one. Raises `BackupFault` when there is none."""
    least = tool(name, 1, named)
    return max(candidates(name, named), key=major_of, default=least)


def run(program: Path, dsn: str, *arguments: str) -> None:
    """Runs it on a database. Secrets go beside the arguments, which show in every list of processes.

    Raises `BackupFault` with what it said.
    """
    place = {name: str(value) for name, value in conninfo_to_dict(dsn).items() if value is not None}
    environment = os.environ | ({"PGPASSWORD": place.pop("password")} if "password" in place else {})
    with secret(place) as more:
        said(program, "--no-password", "--dbname", make_conninfo("", **place), *arguments, environment=environment | more)


@contextmanager
def secret(place: dict[str, str]) -> Iterator[dict[str, str]]:
    """Moves the password of a client's key, for which there is no variable, into a file that only we may read; yields its variables."""
    if (password := place.pop("sslpassword", None)) is None:
        yield {}
        return
    if "service" in place:
        raise BackupFault("The URL names a service and a sslpassword: put sslpassword into the service's file.")
    with NamedTemporaryFile("w", prefix="throughline-", suffix=".conf") as file:
        file.write(f"[throughline]\nsslpassword={password}\n")
        file.flush()
        place["service"] = "throughline"
        yield {"PGSERVICEFILE": file.name}


def said(program: Path, *arguments: str, environment: Mapping[str, str] = os.environ) -> str:
    """Runs it to its end, or to ours, whatever ends us: nobody would look after what it went on writing.

    Raises `BackupFault` with what it complained of.
    """
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, errors="replace", check=False, env=environment,
        stdin=subprocess.DEVNULL, preexec_fn=ends_with_parent(signal.SIGKILL),
    )  # fmt: skip
    if done.returncode != 0:
        raise BackupFault(f"{program.name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
