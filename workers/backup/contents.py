"""What is in an archive, read before anything of it is loaded: by whose keys it was sealed, of whom it is, for which server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from infra.eventstore.errors import KeyUnavailable
from infra.eventstore.vault import Vault
from infra.keys import KeyProvider
from workers.backup.archive import Archive
from workers.backup.errors import BackupFault
from workers.backup.tool import newest, said

SERVER: Final = re.compile(r"^;\s+Dumped from database version: (\d+)", re.MULTILINE)
COPY: Final = re.compile(r"^COPY \S+ \((.*)\) FROM stdin;$")
END: Final = "\\."
BYTES: Final = "\\x"  # how a value of bytes begins


def require_server(copy: Archive, major: int, named: Path | None) -> None:
    """Raises `BackupFault` when the archive is of a newer PostgreSQL than the one that it would be brought into."""
    listed = SERVER.search(said(newest("pg_restore", named), "--format=custom", "--list", str(copy.path)))
    if listed is None or int(listed[1]) > major:
        raise BackupFault(
            f"{copy.path} is of PostgreSQL {listed[1] if listed else 'nobody knows which'}, and PostgreSQL {major}, into which it should "
            "go, does not take it: restore into a server of that version or a newer one."
        )


async def require_key(keys: Archive, provider: KeyProvider, named: Path | None) -> None:
    """Raises `KeyUnavailable` unless the key file opens the keys of each organization in the archive."""
    vault = Vault(provider)
    for row in rows(keys, "es", "tenant_key", named):
        sealed = {"kek": row["kek"], **{name: bytes.fromhex(row[name].removeprefix(BYTES)) for name in ("wrapping", "index_key")}}
        try:
            await vault.unwrapped(UUID(row["tenant_id"]), sealed)
        except KeyUnavailable as error:
            raise KeyUnavailable(f"{error} ({keys.path} is of another key file than this one)") from error


def tenants_of(events: Archive, named: Path | None) -> set[UUID]:
    """The organizations that the archive holds events of."""
    return {UUID(row["tenant_id"]) for row in rows(events, "es", "tenant_head", named)}


def require_same(tenants: set[UUID], keys: Archive, named: Path | None) -> None:
    """Raises `BackupFault` when one of these organizations has no keys in the archive, though nobody ended it."""
    known = {UUID(row["tenant_id"]) for place in (("es", "tenant_key"), ("directory", "ended")) for row in rows(keys, *place, named)}
    if absent := tenants - known:
        raise BackupFault(
            f"{keys.path} has no keys for {len(absent)} organizations, such as {min(absent)}: these archives are not of one installation."
        )


def rows(copy: Archive, schema: str, table: str, named: Path | None) -> Iterator[dict[str, str]]:
    """The rows of a table of the archive: the text of each value by its column."""
    program = newest("pg_restore", named)
    text = said(program, "--format=custom", "--data-only", f"--schema={schema}", f"--table={table}", "--file=-", str(copy.path))
    columns = list[str]()
    for line in text.splitlines():
        if begun := COPY.match(line):
            columns = begun[1].split(", ")
        elif line == END:
            columns = []
        elif columns:
            yield dict(zip(columns, line.replace("\\\\", "\\").split("\t"), strict=True))
