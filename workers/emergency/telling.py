"""One mail to one party that an emergency opened the plan: from the event that opened it, whatever happened since."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from domain.engagement.events import EmergencyAccessApproved
from domain.engagement.state import EngagementState
from domain.errors import StreamErased
from domain.glossary import Party
from domain.organization.state import OrganizationState
from infra.eventstore.feed import event_id
from infra.eventstore.outage import outages
from infra.eventstore.stored import feed_at
from projections.members import MEMBERS
from projections.snapshot import NotCaughtUp, snapshot
from services.mail_link.person import Person
from workers.emergency.letter import Letter, letter
from workers.mailing import Mailing
from workers.post import delivered

MOST_ADMINS: Final = 3


class Opening(NamedTuple):
    """What was opened, by whom, and when. `reference` is the event's own id."""

    event: EmergencyAccessApproved
    approver_id: UUID
    at: datetime
    reference: UUID


class Telling(Mailing):
    """Tells of one installation's emergencies."""

    async def tell(self, party: Party, tenant: UUID, stream: UUID, position: int) -> bool:
        """False when there is nobody to tell: no coach, or somebody who was erased or has left.

        Raises `MailAway` or `Unavailable`: try again.
        """
        reading = await self.store.read(tenant, tenant, stream)
        opening = await self.opening(tenant, position)
        try:
            organization: OrganizationState = reading.state(tenant, "organization")
            engagement: EngagementState = reading.state(stream, "engagement")
        except StreamErased:
            return False
        whom = engagement.client_id if party == "client" else engagement.coach_id
        recipient = await self.person(tenant, whom)
        if opening is None or recipient is None:
            return False
        told = Letter(
            recipient=recipient,
            party=party,
            client=await self.named(tenant, engagement.client_id, recipient),
            asker=await self.named(tenant, opening.event.asker_id, recipient),
            approver=await self.named(tenant, opening.approver_id, recipient),
            reason_code=opening.event.reason_code,
            opened_at=opening.at,
            open_until=opening.event.open_until,
            admins=await self.admins(tenant, organization),
            address=self.address,
            reference=f"{opening.reference.hex}-{party}",
            at=self.clock(),
        )
        return await delivered(self.post, letter(told), "emergency_mail_refused", tenant, person_id=str(recipient.id))

    async def opening(self, tenant: UUID, position: int) -> Opening | None:
        """What the event at that position says; None where it was erased."""
        fed = (await feed_at(self.store.pool.of(tenant), tenant, [position])).get(position)
        if fed is None or not isinstance(fed.event, EmergencyAccessApproved):
            return None
        return Opening(fed.event, fed.meta.actor, fed.occurred_at, event_id(fed.stream, fed.version))

    async def admins(self, tenant: UUID, organization: OrganizationState) -> list[Person]:
        """Some of those who can end it, with their addresses; none before the read model is there: the mail does not wait for it."""
        today = organization.day(self.clock())
        try:
            with outages():
                async with snapshot(self.store.pool, tenant) as rows:
                    members = [row.document for row in await rows.sealed(MEMBERS, "page", after=None, at_most=None)]
        except NotCaughtUp:
            return []
        held = [member.id for member in members if member.holds("admin", today, None)]
        found = [await self.person(tenant, id) for id in held[:MOST_ADMINS]]
        return [person for person in found if person is not None]
