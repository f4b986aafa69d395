"""The rows of a read model against those of a rebuild, made of the events that its checkpoint says are in them."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from domain.values import ERASED
from infra.eventstore.feed import Fed
from infra.eventstore.sealing import subject_of
from infra.sql import load
from projections.catalogue import PROJECTIONS
from projections.projection import Projection, reference
from workers.verify.difference import Difference, Findings, field_of

SQL: Final = load(__file__)
UUID_BYTES: Final = 16
PAGE: Final = 5000  # rows


class Made(NamedTuple):
    """A read model, and how far it says that it has followed."""

    projection: Projection[Any]
    position: int

    @property
    def table(self) -> str:
        return f"rm.{self.projection.name}_g{self.projection.version}"

    def behind(self, tenant: UUID, key: UUID, position: int) -> Difference:
        """A row shows more than the checkpoint says: what comes would be taken in twice."""
        expected, found = f"{position} or later, as this row is", str(self.position)
        return Difference(
            kind="checkpoint", tenant=tenant, position=self.position, table=self.table, key=str(key), expected=expected, found=found
        )


class Wanted(NamedTuple):
    """A document as a rebuild makes it: after the event that changed it last, with the stream and realm of its sealed values."""

    document: Any
    changed: Fed


async def made(connection: asyncpg.Connection, tenant: UUID) -> list[Made]:
    """This release's. One that is still being filled is among them: its rows and its checkpoint are of one moment, too."""
    rows = await SQL.made.fetch(connection, tenant_id=tenant)
    positions = {(row["projection"], row["generation"]): row["position"] for row in rows}
    return [Made(each, positions[each.name, each.version]) for each in PROJECTIONS if (each.name, each.version) in positions]


class Rows:
    """Compares one read model, batch by batch. `keys` are those that a rebuild makes, 16 bytes each."""

    def __init__(self, connection: asyncpg.Connection, tenant: UUID, of: Made, findings: Findings) -> None:
        self.connection = connection
        self.tenant = tenant
        self.of = of
        self.findings = findings
        self.reads = frozenset(of.projection.reads)
        self.keys = bytearray()

    async def compare(self, feds: Sequence[Fed], opened: Mapping[str, Any]) -> None:
        """`opened`: what the sealed values of these events open to, as far as they do."""
        wanted = self.rebuilt(feds)
        if not wanted:
            return
        self.keys += b"".join(key.bytes for key in wanted)
        rows = self.of.projection.rows()
        found = {row["key"]: row for row in await rows.compared.fetch(self.connection, tenant_id=self.tenant, keys=list(wanted))}
        for key in [key for key, row in found.items() if row["position"] > self.of.position]:
            self.findings.add(self.of.behind(self.tenant, key, found[key]["position"]))
            del wanted[key]
        for key, one in wanted.items():
            self.row(key, one, found.get(key))
        if self.of.projection.personal is not None:
            texts: dict[UUID, dict[bytes, Any]] = {key: {} for key in wanted}
            for row in await rows.compared_texts.fetch(self.connection, tenant_id=self.tenant, keys=list(wanted)):
                texts[row["key"]][row["ref"]] = row
            for key, one in wanted.items():
                self.texts(key, one, opened, texts[key])

    def rebuilt(self, feds: Sequence[Fed]) -> dict[UUID, Wanted]:
        """What the events leave, up to the checkpoint."""
        wanted: dict[UUID, Wanted] = {}
        for fed in feds:
            if type(fed.event) not in self.reads or fed.position > self.of.position or (key := self.of.projection.key(fed)) is None:
                continue
            before = wanted.get(key)
            try:
                after, beside = self.of.projection.folded(before.document if before else None, fed)
            except Exception as error:  # whatever it is: a rebuild would be parked here
                self.add("row", key, fed.position, "a document that folds", type(error).__name__)
                continue
            if beside is not None:
                wanted[beside[0]] = Wanted(beside[1], fed)
            if after is not None and (before is None or after is not before.document):
                wanted[key] = Wanted(after, fed)
        return wanted

    def row(self, key: UUID, wanted: Wanted, found: Any) -> None:
        position = wanted.changed.position
        if found is None:
            self.add("row", key, position, "a row", "none")
        else:
            expected, kept = in_order(self.of.projection.builtins(wanted.document)), msgspec.json.decode(found["doc"])
            if expected != in_order(kept):
                field, one, other = field_of(msgspec.json.decode(expected), kept)
                self.add("row", key, position, one, other, f"doc{field}")
            elif found["position"] != position:
                self.add("row", key, position, str(position), str(found["position"]), "position")

    def texts(self, key: UUID, wanted: Wanted, opened: Mapping[str, Any], found: dict[bytes, Any]) -> None:
        """Words are named by their reference: they are nobody's business here."""
        position, realm = wanted.changed.position, wanted.changed.engagement_id or wanted.changed.stream
        for sealed in self.of.projection.sealed_in(wanted.document):
            row = found.pop(reference(sealed), None)
            if sealed not in opened:  # named before, where it stands in the log
                continue
            field = reference(sealed).hex()
            if opened[sealed] is ERASED:
                if row is not None:
                    self.add("text", key, position, "nothing, since its key is destroyed", "a text", field, texts=True)
            elif row is None:
                self.add("text", key, position, "a text", "none", field, texts=True)
            elif msgspec.json.decode(row["text"]) != opened[sealed]:
                self.add("text", key, position, "what the sealed value opens to", "another text", field, texts=True)
            elif (row["subject_id"], row["realm_id"]) != (subject_of(sealed), realm):
                self.add("text", key, position, "the person and realm of the sealed value", "others", field, texts=True)
        for stray in found:
            self.add("text", key, position, "none", "a text of no value in the document", stray.hex(), texts=True)

    def add(self, kind: str, key: UUID, position: int, expected: str, found: str, field: str | None = None, *, texts: bool = False) -> None:
        table = f"{self.of.table}_text" if texts else self.of.table
        self.findings.add(
            Difference(
                kind=kind, tenant=self.tenant, table=table, key=str(key), field=field, position=position, expected=expected, found=found
            )
        )


def in_order(document: Any) -> bytes:
    """The same for equal documents, in whatever order the database gives their keys back."""
    return msgspec.json.encode(document, order="deterministic")


async def surplus(connection: asyncpg.Connection, tenant: UUID, of: Made, keys: bytes, findings: Findings) -> None:
    """The rows and texts of keys that a rebuild does not make."""
    rows = of.projection.rows()
    wanted = sorted(keys[place : place + UUID_BYTES] for place in range(0, len(keys), UUID_BYTES))
    place: dict[str, Any] = {"tenant": tenant, "expected": "none"}
    async for row in beyond(wanted, rows.keys.cursor(connection, prefetch=PAGE, tenant_id=tenant)):
        if row["position"] > of.position:
            findings.add(of.behind(tenant, row["key"], row["position"]))
        else:
            findings.add(Difference(kind="row", **place, table=of.table, key=str(row["key"]), found="a row"))
    if of.projection.personal is not None:
        async for row in beyond(wanted, rows.text_keys.cursor(connection, prefetch=PAGE, tenant_id=tenant)):
            findings.add(Difference(kind="text", **place, table=f"{of.table}_text", key=str(row["key"]), found="a text"))


async def beyond(wanted: Sequence[bytes], found: AsyncIterable[Any]) -> AsyncIterator[Any]:
    """The rows whose keys are not wanted. Both are in order."""
    place = 0
    async for row in found:
        key = row["key"].bytes
        while place < len(wanted) and wanted[place] < key:
            place += 1
        if place == len(wanted) or wanted[place] != key:
            yield row
