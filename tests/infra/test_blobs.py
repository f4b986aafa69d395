"""The folder that files are kept in: whole or not at all, by their hash, for its owner alone."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from infra.blobs import BlobAway, Folder

TENANT, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def blobs(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "new" / "blobs")


def test_what_is_kept_is_found_by_its_hash(blobs: Folder) -> None:
    key = blobs.put(TENANT, b"content")
    assert key == hashlib.sha256(b"content").hexdigest()
    assert (blobs.put(TENANT, b"content"), blobs.get(TENANT, key)) == (key, b"content")
    with pytest.raises(BlobAway):
        blobs.get(OTHER, key)


def test_only_its_owner_may_look(blobs: Folder) -> None:
    path = blobs.path(TENANT, blobs.put(TENANT, b"content"))
    assert [one.stat().st_mode & 0o077 for one in (path, path.parent, blobs.root)] == [0, 0, 0]


def test_nothing_is_left_beside_it(blobs: Folder) -> None:
    key = blobs.put(TENANT, b"content")
    assert [path.name for path in (blobs.root / str(TENANT)).iterdir()] == [key]


def test_what_was_damaged_is_not_given_out(blobs: Folder) -> None:
    key = blobs.put(TENANT, b"content")
    blobs.path(TENANT, key).write_bytes(b"another")
    with pytest.raises(BlobAway):
        blobs.get(TENANT, key)
    blobs.put(TENANT, b"content")
    assert blobs.get(TENANT, key) == b"content"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: Folder) -> None:
    key = blobs.put(TENANT, b"content")
    for _ in range(2):
        blobs.delete(TENANT, key)
    with pytest.raises(BlobAway):
        blobs.get(TENANT, key)


def test_a_place_that_takes_no_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_bytes(b"no folder")
    with pytest.raises(BlobAway):
        Folder(tmp_path / "blobs").put(TENANT, b"content")


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ab", "/etc/passwd", "zz" * 32])
def test_what_is_no_key_leads_nowhere(blobs: Folder, key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of the standard library, in several words
        blobs.get(TENANT, key)


def test_what_was_written_before_a_moment_is_listed(blobs: Folder) -> None:
    assert blobs.older(TENANT, datetime.now(UTC)) == []
    old, new = blobs.put(TENANT, b"old"), blobs.put(TENANT, b"new")
    (blobs.root / str(TENANT) / "a note").write_bytes(b"not ours")
    hour = timedelta(hours=1)
    os.utime(blobs.path(TENANT, old), times=((datetime.now(UTC) - hour).timestamp(),) * 2)
    assert blobs.older(TENANT, datetime.now(UTC) - hour / 2) == [old]
    assert blobs.older(TENANT, datetime.now(UTC) + hour) == sorted([old, new])
    assert blobs.older(OTHER, datetime.now(UTC) + hour) == []
