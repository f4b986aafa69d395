"""An archive and what is known of it: a file of pg_dump's own format, and beside it `<file>.json`, without which it is none."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from workers.backup.errors import BackupFault

Kind = Literal["events", "keys"]
DRAFT: Final = ".part"


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an archive holds: `migration` is the number of the newest one, `events` and `organizations` count what was there."""

    kind: Kind
    taken_at: datetime
    migration: int
    organizations: int
    events: int
    bytes: int
    sha256: str


class Archive(Struct, frozen=True):
    path: Path
    manifest: Manifest


def write(path: Path, fill: Callable[[Path], None], manifest: Callable[[int, str], Manifest]) -> Archive:
    """An archive that is there whole, with its manifest, or not at all. Nobody but its owner may read it.

    Raises `BackupFault` where it cannot be written, as on a full disk.
    """
    draft, beside = path.with_name(f"{path.name}{DRAFT}"), manifest_path(path)
    with writing(path), held(draft):
        try:
            fill(draft)
            flush(draft)
            made = manifest(draft.stat().st_size, sha256_of(draft))
            beside.touch(mode=0o600)
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
            flush(beside)
            draft.rename(path)
            flush(path.parent)
        finally:
            draft.unlink(missing_ok=True)
            if not path.exists():
                beside.unlink(missing_ok=True)
    return Archive(path, made)


@contextmanager
def held(draft: Path) -> Iterator[None]:
    """A draft that nobody takes for one that was left behind, for as long as we live."""
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def sweep(folder: Path) -> None:
    """Removes what copies that were killed left in a folder. Raises `BackupFault` where it cannot."""
    for draft in folder.glob(f"throughline-*{DRAFT}"):
        path = draft.with_name(draft.name.removesuffix(DRAFT))
        with writing(path), suppress(BlockingIOError, FileNotFoundError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
            if not path.exists():
                manifest_path(path).unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Names the file in what went wrong, which would else pass for a fault of the database."""
    try:
        yield
    except OSError as error:
        raise BackupFault(f"{path} was not written ({error.strerror}): make room there, or name another folder.") from error
    except BackupFault as fault:
        raise BackupFault(f"{path} was not written: {fault}") from fault


def read(path: Path, kind: Kind) -> Archive:
    """Raises `BackupFault` unless it is an archive of that kind, and every byte of it is as it was written."""
    try:
        manifest = msgspec.json.decode(manifest_path(path).read_bytes(), type=Manifest)
        found = sha256_of(path)
    except OSError as error:
        raise BackupFault(f"{error.filename} cannot be read ({error.strerror}): an archive is a file with its .json beside it.") from error
    except msgspec.DecodeError as error:
        raise BackupFault(f"{manifest_path(path)} does not describe an archive ({error}): take another copy of it.") from error
    if manifest.kind != kind:
        raise BackupFault(f"{path} is an archive of {manifest.kind}: name it with --{manifest.kind}, and one of {kind} with --{kind}.")
    if found != manifest.sha256:
        raise BackupFault(f"{path} was changed or cut off since it was written (SHA-256 {found}): take another copy of it.")
    return Archive(path, manifest)


def manifest_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Only what has reached the disk is a copy."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
