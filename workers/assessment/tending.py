"""What an open assessment needs from time to time: a first mail to each approved rater, a reminder a week, and its end.

Who was written to, and who answered, stands beside the log until the assessment is closed, and nowhere afterwards: a reminder that was
recorded, or not, would say for ever when somebody answered. So none of it becomes an event; the closing counts them.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from domain.assessment.commands import CloseAssessment
from domain.assessment.state import AssessmentState, Rater
from domain.engagement.state import EngagementState
from domain.errors import StreamErased
from domain.errors.assessment import AssessmentClosed
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from infra.eventstore.opening import Opener
from infra.mail import Mail
from projections.current import unclosed_assessments
from workers.alone import alone
from workers.assessment.letter import Letter, letter
from workers.inviting import Inviting, Round


class Open(NamedTuple):
    """An assessment that raters may answer at this moment."""

    state: AssessmentState
    round: Round


class Tending(Inviting):
    """Looks after assessments."""

    async def tend_all(self, tenant: UUID) -> None:
        """Raises `MailAway` or `Unavailable`: try again."""
        for id in await self.unclosed(tenant, unclosed_assessments):
            await self.tend(tenant, id)

    async def tend(self, tenant: UUID, id: UUID) -> int:
        """Returns how many mails went out. Of what was erased, of a suspended organization and of a paused engagement none does."""
        async with alone(self.locks, f"assessment {id}"):
            try:
                found = await self.opened(tenant, id)
                return 0 if found is None else await self.write(tenant, found)
            except StreamErased:
                return 0

    async def opened(self, tenant: UUID, id: UUID) -> Open | None:
        """The assessment, if raters may answer it now; it is closed if its time is over."""
        reading = await self.store.read(tenant, tenant, id)
        state: AssessmentState = reading.state(id, "assessment")
        organization: OrganizationState = reading.state(tenant, "organization")
        round = await self.round_of(state, organization, CloseAssessment(), AssessmentClosed)
        if round is None:
            return None
        engagement: EngagementState = reading.state(state.engagement_id, "engagement")
        is_asked = state.kind != "self" and round.today >= state.opens_on and engagement.stage == "active"
        return Open(state, round) if is_asked else None

    async def write(self, tenant: UUID, found: Open) -> int:
        told, approved = await self.answers.told(tenant, found.state.id), found.state.approved
        for gone in told.keys() - approved.keys():
            await self.answers.withdraw(tenant, found.state.id, gone)
        client = await self.client(tenant, found.state.client_id)
        if client is None:
            return 0
        due = found.round.due(approved, told)
        return sum([await self.send(tenant, found, approved[id], client, told[id].mails if id in told else 0) for id in due])

    async def client(self, tenant: UUID, client_id: UUID) -> str | None:
        """Their name; None of who was erased."""
        person: PersonState = (await self.store.read(tenant, client_id)).state(client_id, "person")
        name: str | None
        (name,) = await Opener(self.store.vault).plain(self.store.pool.of(tenant), tenant, client_id, [person.name])
        return name

    async def send(self, tenant: UUID, found: Open, rater: Rater, client: str, mails: int) -> bool:
        """False of who was erased, has answered meanwhile, or has an address that no server takes. `mails` went out before."""
        state, source = found.state, self.store.pool.of(tenant)
        name, email = await Opener(self.store.vault).plain(source, tenant, state.id, [rater.name, rater.email], state.engagement_id)
        if name is None or email is None:
            return False
        round = found.round

        def mail(secret: str) -> Mail:
            link = f"{self.address}/raters/{secret}"
            return letter(Letter(name, email, client, round.organization.name, link, state, mails, round.now))

        return await self.invite(round, state.id, rater.id, mail)
