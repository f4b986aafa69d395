"""Who was erased after the log was copied is erased again before anybody is let in: their keys are gone, and the log knows nothing of it.

The archive of keys says of whom that is, for the key of somebody's own record is destroyed by an erasure alone. Of erasures that are
younger than the newest archive of keys the worker's own log says it, each line with a proof by the organization's key: a line that
somebody added erases nobody.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from domain.errors.person import LastAdmin, LegalHold
from domain.person.commands import RequestPersonErasure
from domain.person.state import PersonState
from infra import sql
from infra.blobs import Folder
from infra.eventstore.outage import outages
from infra.settings import Settings
from services.actor import worker
from services.command.execution import Commands
from services.report.files import Files
from workers.backup.errors import BackupFault
from workers.desk import Desk
from workers.office import office
from workers.person.erasing import Erasing, proof_of
from workers.schema import connected

SQL: Final = sql.load(__file__)


class Erased(Struct, frozen=True):
    """Somebody who was erased, as a line of the worker's log names them; what else stands in it is left aside.

    `proof` is what that line brings; None: the keys say it.
    """

    tenant_id: UUID
    person_id: UUID
    proof: str | None = None


class Line(Struct, frozen=True):
    """A line of the worker's log: whether it tells of an erasure that was carried out."""

    event: str = ""
    outcome: str = ""


class Repeated(NamedTuple):
    """`kept` are those whose erasure the restored log forbids, by a hold or for want of another administrator.

    `unproven` are those whom only a line without the right proof names, `unknown` those of whom the restored log knows nothing.
    """

    again: tuple[Erased, ...]
    kept: tuple[Erased, ...]
    unproven: tuple[Erased, ...] = ()
    unknown: tuple[Erased, ...] = ()


def listed(path: Path) -> set[Erased]:
    """Those of whom the lines of a worker's log say that they were erased. Raises `BackupFault` for what is no such log."""
    found = set()
    for number, text in enumerate(path.read_bytes().splitlines(), 1):
        try:
            line = msgspec.json.decode(text, type=Line)
            if (line.event, line.outcome) == ("erasure_done", "erased"):
                one = msgspec.json.decode(text, type=Erased)
                found.add(structs.replace(one, proof=one.proof or ""))
        except msgspec.DecodeError as error:
            raise BackupFault(f"{path}, line {number} is no line of the worker's log ({error}): name the log as it was written.") from error
    return found


async def unrepeated(dsn: str, more: Iterable[Erased]) -> set[Erased]:
    """Those whose own keys were destroyed though the log does not say so, and `more`; nobody of an organization that was ended."""
    connection = await connected(dsn)
    try:
        with outages():
            rows = await SQL.destroyed.fetch(connection)
            ended = {row["tenant_id"] for row in await SQL.ended.fetch(connection)}
    finally:
        await connection.close()
    found = {Erased(row["tenant_id"], row["person_id"]) for row in rows}
    return {one for one in found.union(more) if one.tenant_id not in ended}


async def erase_again(settings: Settings, people: Iterable[Erased]) -> Repeated:
    """By the same way as the first time, with a receipt of its own. Who is not in the log needs none. Safe to repeat."""
    again, kept, unproven, unknown = list[Erased](), list[Erased](), list[Erased](), list[Erased]()
    async with office(settings) as staff:
        commands, vault = staff.commands, staff.commands.store.vault
        at = Desk(staff.connections, commands, Files(staff.connections, vault, Folder(settings.blobs)))
        erasing = Erasing(at)
        for one in sorted(people, key=lambda each: (each.tenant_id, each.person_id, each.proof or "")):
            state = await person(commands, one)
            if state is None:
                unknown.append(one)
                continue
            if state.erasure is not None and state.erasure.erased_at is not None:
                continue
            if one.proof is not None and not is_proven(one.proof, await proof_of(at, one.tenant_id, one.person_id)):
                unproven.append(one)
                continue
            done = await ask(commands, one, state) and await erasing.erase(one.tenant_id, one.person_id) == "erased"
            (again if done else kept).append(one)
    return Repeated(tuple(again), tuple(kept), tuple(unproven), tuple(unknown))


def is_proven(said: str, proof: str | None) -> bool:
    return proof is not None and hmac.compare_digest(said.encode(), proof.encode())


async def person(commands: Commands, one: Erased) -> PersonState | None:
    """As the log knows them; None where it does not."""
    reading = await commands.store.read(one.tenant_id, one.person_id)
    return reading.state(one.person_id, "person") if reading.kind(one.person_id) == "person" else None


async def ask(commands: Commands, one: Erased, state: PersonState) -> bool:
    """Whether the erasure is asked for by now. Why it was the first time the copy does not know: that it has to last is the law's."""
    if state.erasure is None:
        try:
            asked = RequestPersonErasure(basis="legal_obligation", seen=state.profile_at)
            await commands.execute(worker(one.tenant_id), asked, one.person_id)
        except (LegalHold, LastAdmin):
            return False
    return True
