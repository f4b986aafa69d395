"""One mail to one party that terms wait for their signature. The reminders that follow, two, five and ten days later, are a rule's."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import MemberAdded
from domain.engagement.state import Agreement, EngagementState
from domain.errors import StreamErased
from domain.glossary import ENDED, Party
from infra.eventstore.feed import event_id, events_at
from workers.mailing import Mailing
from workers.post import delivered
from workers.signature.letter import Letter, Moment, letter


class Wanted(NamedTuple):
    """Whose signature is wanted for a party, and because of what: `since` is the version of the engagement at which that happened."""

    party: Party
    signatory: UUID
    moment: Moment
    since: int


class Asking(Mailing):
    """Asks in one installation."""

    async def ask(self, party: Party, tenant: UUID, stream: UUID, version: int) -> bool:
        """False when there is nothing to sign for them any more, or nobody to ask. Raises `MailAway` or `Unavailable`: try again.

        `version` is that of the engagement at which the terms were put down. Of terms that were replaced since, the event that
        replaced them asks; who put them down has them before their eyes.
        """
        reading = await self.store.read(tenant, stream)
        try:
            engagement: EngagementState = reading.state(stream, "engagement")
        except StreamErased:
            return False
        moment: Moment = "anew" if engagement.in_force else "first"
        wanted = [Wanted(party, one, moment, version) for one in wanting(engagement, party, version)]
        sent = [await self.send(tenant, engagement, engagement.latest, one) for one in wanted]
        return any(sent)

    async def welcome(self, tenant: UUID, stream: UUID, version: int) -> bool:
        """Asks who came into a group whose terms are in force. False when they need not sign any more.

        `version` is that of the engagement at which they came. Raises `MailAway` or `Unavailable`: try again.
        """
        came = await events_at(self.store.pool.of(tenant), tenant, stream, [version])
        reading = await self.store.read(tenant, stream)
        try:
            engagement: EngagementState = reading.state(stream, "engagement")
        except StreamErased:
            return False
        people = [one.event.client_id for one in came if isinstance(one.event, MemberAdded)]
        wanted = [Wanted("client", one, "joining", version) for one in people if joins(engagement, one)]
        sent = [await self.send(tenant, engagement, engagement.agreement, one) for one in wanted]
        return any(sent)

    async def send(self, tenant: UUID, engagement: EngagementState, terms: Agreement | None, wanted: Wanted) -> bool:
        """One mail to one of those who sign for the party: of a group to each."""
        assert terms is not None  # they wait for somebody's signature
        party, signatory = wanted.party, wanted.signatory
        recipient = await self.person(tenant, signatory)
        if recipient is None or signatory == terms.drafted_by:
            return False
        whose = signatory.hex if signatory in engagement.present_members else party
        asked = Letter(
            recipient=recipient,
            party=party,
            client=await self.named(tenant, engagement.client_id, recipient),
            author=await self.named(tenant, terms.drafted_by, recipient),
            moment=wanted.moment,
            link=f"{self.address}/engagements/{engagement.id}/agreement",
            reference=f"{event_id(engagement.id, wanted.since).hex}-{whose}",
            at=self.clock(),
        )
        return await delivered(self.post, letter(asked), "signature_mail_refused", tenant, person_id=str(recipient.id))


def wanting(engagement: EngagementState, party: Party, version: int) -> tuple[UUID, ...]:
    """Who has yet to sign the terms that were put down then for the party: of a group each who is coached."""
    terms = engagement.latest
    if terms is None or terms.drafted_at != version or engagement.stage in ENDED or engagement.awaits_terms:
        return ()
    return tuple(signatory.person_id for signatory in engagement.awaits(terms) if signatory.party == party)


def joins(engagement: EngagementState, person: UUID) -> bool:
    """Whether this member of a group has yet to sign the terms that rule."""
    return engagement.in_force > 0 and engagement.stage not in ENDED and person in engagement.unsigned
