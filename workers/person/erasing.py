"""An erasure is carried out: keys first, then what the person was coached in ends, then the event that says so, then the files in which
words of the person were.

Once a key is destroyed nothing that it sealed is read again, wherever a copy of it is; so whatever crashes on the way leaves nothing
readable behind, and the next try goes on. Read models lose the plain text when they follow to the event (`projections/document.py`).
"""

from __future__ import annotations

import asyncio
from typing import Final, Literal, TypeAlias
from uuid import UUID

from domain.engagement.commands import EndForErasure, RemoveMember
from domain.engagement.state import EngagementState
from domain.errors import StreamErased
from domain.glossary import CLIENT_ERASED, ENDED
from domain.organization.state import OrganizationState
from domain.person.commands import DestroyedKeyBody, ErasePerson
from domain.person.state import PersonState
from domain.report.commands import DiscardReport
from domain.report.state import ReportState
from infra import sql
from infra.eventstore.errors import NoKeys
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from services.actor import worker
from services.person import erasure
from workers.desk import Desk

SQL: Final = sql.load(__file__)
PROOF: Final = b"throughline-erasure-v1\n"
Outcome: TypeAlias = Literal["erased", "held", "not_asked"]


async def proof_of(at: Desk, tenant: UUID, person: UUID) -> str | None:
    """What shows, by the organization's own key, that a worker of this installation carried out the erasure: a restore asks for it
    before it erases on the word of a log. None of an organization that was ended. Raises `Unavailable`.
    """
    try:
        with outages():
            return (await at.commands.store.vault.index_hash(at.connections, tenant, PROOF + person.bytes)).hex()
    except NoKeys:
        return None


class Erasing:
    """Erases people of one installation, with the connections of `throughline_app`."""

    def __init__(self, at: Desk) -> None:
        self.at = at

    async def erase(self, tenant: UUID, person: UUID) -> Outcome:
        """Held: the law forbids it as yet. Safe to repeat, also where it broke off. Raises `Unavailable`."""
        while True:
            reading = await self.at.commands.store.read(tenant, tenant, person)
            try:
                state: PersonState = reading.state(person, "person")
            except StreamErased:
                return "erased"  # and more than that
            if state.erasure is None:
                return "not_asked"
            if state.erasure.erased_at is None:
                reach = await erasure.reach_of(self.at.connections, tenant, person)
                organization: OrganizationState = reading.state(tenant, "organization")
                if organization.keeping(person, reach.all):
                    return "held"
                if not await erasure.destroy(self.at.connections, tenant, person, reach.own, reading.version(tenant)):
                    continue  # there may be a hold by now
                await self.end(tenant, person)
                await self.note(tenant, person, reach.own)
            await self.discard(tenant, person)
            return "erased"

    async def end(self, tenant: UUID, person: UUID) -> None:
        """No engagement goes on with nobody in it: what is booked is called off, and nobody is reminded any more. A group goes on
        without them. One that is over stays as it ended."""
        found = await erasure.coached(self.at.connections, tenant, person)
        reading = await self.at.commands.store.read(tenant, *found)
        for id in found:
            state: EngagementState = reading.state(id, "engagement")
            if state.stage in ENDED:
                continue
            if person in state.present_members:
                await self.at.commands.execute(worker(tenant), RemoveMember(client_id=person, reason_code=CLIENT_ERASED), id)
            elif person == state.client_id and not state.present_members:
                await self.at.commands.execute(worker(tenant), EndForErasure(), id)

    async def note(self, tenant: UUID, person: UUID, realms: tuple[UUID, ...]) -> None:
        """What was destroyed: now, and where an earlier try broke off."""
        self.at.commands.store.vault.forget(tenant)
        rows = await erasure.destroyed(self.at.connections, tenant, person, realms)
        keys = tuple(DestroyedKeyBody(row["subject_id"], row["realm_id"], row["key_v"]) for row in rows)
        await self.at.commands.execute(worker(tenant), ErasePerson(realms=realms, keys=keys), person)

    async def discard(self, tenant: UUID, person: UUID) -> None:
        """Files of reports: those about the person open to nobody any more, and in others they may be named, by whatever key."""
        with outages():
            async with tenant_transaction(self.at.connections, tenant, read_only=True) as connection:
                found = [row["stream_id"] for row in await SQL.reports.fetch(connection, tenant_id=tenant, person=str(person))]
        reading = await self.at.commands.store.read(tenant, *found)
        for id in found:
            report: ReportState = reading.state(id, "report")
            if report.file is not None:
                await self.at.commands.execute(worker(tenant), DiscardReport(), id)
                await asyncio.to_thread(self.at.files.blobs.delete, tenant, report.file.blob_key)
