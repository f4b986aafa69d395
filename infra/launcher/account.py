"""The system account that runs the server: PostgreSQL refuses to run as root, so root hands it to somebody else."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import NamedTuple

from infra.launcher.errors import Unstartable

DEFAULT_NAME = "nobody"  # exists on every Linux; a database of one's own account can be had with PG_RUN_AS


class Account(NamedTuple):
    """Who runs the server. `switch` is true when that is somebody else than this process, which then is root."""

    name: str
    uid: int
    gid: int
    switch: bool

    @property
    def user(self) -> int | None:
        """For `subprocess`: whom to become, or None to stay."""
        return self.uid if self.switch else None

    @property
    def group(self) -> int | None:
        return self.gid if self.switch else None

    @property
    def groups(self) -> list[int] | None:
        """None of root's own groups go along."""
        return [] if self.switch else None

    def reaches(self, path: Path) -> bool:
        """True when the account may enter (a folder) or execute (a file), asked of the system itself: modes, ACLs and all."""
        if not self.switch:
            return os.access(path, os.X_OK)
        found = subprocess.run(["test", "-x", path], cwd="/", check=False, user=self.user, group=self.group, extra_groups=self.groups)
        return found.returncode == 0

    def own(self, path: Path) -> None:
        """Gives a folder to the account alone (mode 0700)."""
        path.chmod(0o700)
        if self.switch:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path, run_as: str | None) -> Account:
    """The account for a data folder: this process's own, or for root `run_as`, the folder's owner, or nobody.

    Raises `Unstartable` when the folder belongs to an account that this process cannot act for.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        mine = pwd.getpwuid(os.geteuid())
        if owner not in (None, mine.pw_uid):
            raise Unstartable(foreign(data, owner_name(owner)))
        return Account(mine.pw_name, mine.pw_uid, mine.pw_gid, switch=False)
    chosen = named(run_as) if run_as else pwd.getpwuid(owner) if owner else named(DEFAULT_NAME)
    if owner not in (None, chosen.pw_uid):
        raise Unstartable(foreign(data, owner_name(owner)))
    return Account(chosen.pw_name, chosen.pw_uid, chosen.pw_gid, switch=True)


def named(name: str) -> pwd.struct_passwd:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise Unstartable(f"There is no system account {name!r} to run PostgreSQL: name an existing one with PG_RUN_AS.") from None
    if entry.pw_uid == 0:
        raise Unstartable("PostgreSQL refuses to run as root: name an ordinary account with PG_RUN_AS, or leave it unset.")
    return entry


def owner_name(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return str(uid)


def foreign(data: Path, owner: str) -> str:
    return (
        f"{data} belongs to the account {owner!r}, which this process cannot act for: the last start was made by somebody else "
        f"(perhaps root). Start it as before, or name another folder with THROUGHLINE_DATA, or delete {data.parent} to begin anew."
    )
