"""Files that are made or brought, such as reports: kept beside the database, under the hash of what they hold.

A port with one provider, a folder. What is kept is what the caller gives: what is personal comes sealed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from infra.eventstore.errors import Unavailable

PRIVATE: Final = 0o700
KEY: Final = re.compile(r"[0-9a-f]{64}")


class BlobAway(Unavailable):
    """A file that was made cannot be had at this moment: try again."""

    retry_after = 10


class Blobs(Protocol):
    """Files of organizations, by the hexadecimal SHA-256 of their content. All raise `BlobAway` when the place fails."""

    def put(self, tenant: UUID, content: bytes) -> str:
        """Keeps it for good when it returns; the same content again changes nothing."""
        ...

    def get(self, tenant: UUID, key: str) -> bytes:
        """What was kept. Never anything else: what does not have that hash any more is as good as lost."""
        ...

    def delete(self, tenant: UUID, key: str) -> None:
        """Gone when it returns; what is not there is gone already."""
        ...

    def older(self, tenant: UUID, before: datetime) -> list[str]:
        """The keys of what was written before that moment and is still there."""
        ...

    def drop(self, tenant: UUID) -> None:
        """All of one organization is gone when it returns."""
        ...


class Folder:
    """A folder an organization, for its owner alone. Every process that makes or hands out files has to see the same one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, tenant: UUID, content: bytes) -> str:
        """Written beside its place, flushed and renamed, so that no half of a file is ever seen."""
        key = hashlib.sha256(content).hexdigest()
        path = self.path(tenant, key)
        try:
            for folder in (self.root, path.parent):
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            write(path, content)
        except OSError as error:
            raise BlobAway from error
        return key

    def get(self, tenant: UUID, key: str) -> bytes:
        try:
            content = self.path(tenant, key).read_bytes()
        except OSError as error:
            raise BlobAway from error
        if hashlib.sha256(content).hexdigest() != key:
            raise BlobAway(f"the file {key} of {tenant} is damaged")
        return content

    def delete(self, tenant: UUID, key: str) -> None:
        try:
            self.path(tenant, key).unlink(missing_ok=True)
        except OSError as error:
            raise BlobAway from error

    def older(self, tenant: UUID, before: datetime) -> list[str]:
        folder = self.root / str(tenant)
        try:
            names = os.listdir(folder) if folder.exists() else []
            found = [name for name in names if KEY.fullmatch(name) and (folder / name).stat().st_mtime < before.timestamp()]
        except OSError as error:
            raise BlobAway from error
        return sorted(found)

    def drop(self, tenant: UUID) -> None:
        folder = self.root / str(tenant)
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise BlobAway from error

    def path(self, tenant: UUID, key: str) -> Path:
        """Raises `ValueError` for what is no key: it never leads out of the folder."""
        if len(bytes.fromhex(key)) != hashlib.sha256().digest_size:
            raise ValueError("not the key of a file")
        return self.root / str(tenant) / key


def write(path: Path, content: bytes) -> None:
    """Leaves nothing behind when it fails."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as draft:
        with (Path(draft) / path.name).open("wb") as begun:
            begun.write(content)
            begun.flush()
            os.fsync(begun.fileno())
        Path(begun.name).chmod(0o600)
        Path(begun.name).replace(path)
    flush(path.parent)


def flush(folder: Path) -> None:
    """Makes the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
