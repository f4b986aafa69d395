"""Where a cluster's files stand, and which installation fits the data that is there."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from infra.launcher.account import Account
from infra.launcher.binaries import SHELTER, Binaries
from infra.launcher.errors import Unstartable

PORT: Final = 5432  # names the socket file only: the server listens on no network
LONGEST_SOCKET_FOLDER: Final = 107 - len(f"/.s.PGSQL.{PORT}")


def data_folder(home: Path, major: int) -> Path:
    """`pg18` below the home folder: the name carries the major, since no server reads the files of another. A link is followed."""
    folder = home / f"pg{major}"
    return folder.readlink() if folder.is_symlink() else folder


def fitting(home: Path, installations: Sequence[Binaries]) -> Binaries:
    """The first installation whose data is there already, else the first. Raises `Unstartable` when only others' data is there."""
    kept = {int(name[1]) for path in home.glob("pg*") if (name := re.fullmatch(r"pg(\d+)", path.name))}
    for installation in installations:
        if installation.major in kept:
            return installation
    if kept:
        major = max(kept)
        raise Unstartable(
            f"The data in {home}/pg{major} was made by PostgreSQL {major}, but the server found is {installations[0].version}, which cannot "
            f"read it. Name the bin folder of a PostgreSQL {major} with THROUGHLINE_POSTGRES_BIN (to keep it for good: pg_dump from that "
            f"one, restore into this one), or move {home}/pg{major} away to begin anew."
        )
    return installations[0]


def shelter_data(home: Path, major: int, account: Account) -> Path:
    """The data folder where the account can reach it. Below a closed folder (a 0700 home of root), a link to one outside it."""
    data = data_folder(home, major)
    if data.parent == home and not account.reaches(home):
        if data.exists():
            raise Unstartable(
                f"The account {account.name!r} cannot reach {data}, since a folder above it is closed to others: open it (chmod o+x), "
                "or name another data folder with THROUGHLINE_DATA."
            )
        SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        outside = Path(tempfile.mkdtemp(prefix="data-", dir=SHELTER))
        (home / f"pg{major}").symlink_to(outside / f"pg{major}")
        data = outside / f"pg{major}"
    if data.parent != home:
        data.parent.mkdir(parents=True, exist_ok=True)
        data.parent.chmod(0o711)
    return data


def socket_folder(data: Path, account: Account) -> Path:
    """A folder of mode 0700 for the socket: who may enter it is the whole authentication, so it is checked, not just made.

    Beside the data; for a path that is too long for a socket, a short name in the system's temporary folder.
    """
    folder = data.parent / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or not re.fullmatch(r"[\w./ +@:-]+", str(folder), re.ASCII):
        folder = Path(tempfile.gettempdir()) / f"throughline-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        raise Unstartable(f"{folder} is too long for a socket's path (107 bytes): set TMPDIR to a folder with a short path, such as /tmp.")
    if not folder.is_symlink() and not folder.exists():
        folder.mkdir(mode=0o700)
        account.own(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise Unstartable(
            f"{folder} should be a folder of mode 0700 that belongs to {account.name!r}, and is not: remove it and start again."
        )
    return folder
