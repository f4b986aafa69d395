"""What an open survey needs from time to time: a first mail to each whom it asks, a reminder a week, and its end.

As with raters, none of it becomes an event: a reminder that was recorded, or not, would say for ever when somebody answered.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from domain.errors import StreamErased
from domain.errors.survey import SurveyClosedAlready
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.survey.commands import CloseSurvey
from domain.survey.state import SurveyState
from infra.eventstore.opening import Opener
from infra.mail import Mail
from projections.current import unclosed_surveys
from services.wording.language import Language, language_of
from workers.alone import alone
from workers.inviting import Inviting, Round
from workers.survey.letter import Letter, letter


class Open(NamedTuple):
    """A survey that may be answered at this moment."""

    state: SurveyState
    round: Round


class Tending(Inviting):
    """Looks after surveys."""

    async def tend_all(self, tenant: UUID) -> None:
        """Raises `MailAway` or `Unavailable`: try again."""
        for id in await self.unclosed(tenant, unclosed_surveys):
            await self.tend(tenant, id)

    async def tend(self, tenant: UUID, id: UUID) -> int:
        """Returns how many mails went out; of a suspended organization none does."""
        async with alone(self.locks, f"survey {id}"):
            found = await self.opened(tenant, id)
            if found is None:
                return 0
            told = await self.answers.told(tenant, id)
            due = found.round.due(found.state.recipients, told)
            return sum([await self.send(tenant, found, recipient, again=recipient in told) for recipient in due])

    async def opened(self, tenant: UUID, id: UUID) -> Open | None:
        """The survey, if it may be answered now; it is closed if its time is over."""
        reading = await self.store.read(tenant, tenant, id)
        state: SurveyState = reading.state(id, "survey")
        organization: OrganizationState = reading.state(tenant, "organization")
        round = await self.round_of(state, organization, CloseSurvey(), SurveyClosedAlready)
        return None if round is None else Open(state, round)

    async def send(self, tenant: UUID, found: Open, recipient: UUID, *, again: bool) -> bool:
        """False of who was erased, has answered meanwhile, or has an address that no server takes."""
        round = found.round
        known = await self.known(tenant, recipient, round.organization)
        if known is None:
            return False

        def mail(secret: str) -> Mail:
            link = f"{self.address}/respondents/{secret}"
            return letter(Letter(*known, round.organization.name, link, found.state, again, round.now))

        return await self.invite(round, found.state.id, recipient, mail)

    async def known(self, tenant: UUID, recipient: UUID, organization: OrganizationState) -> tuple[str, str, Language] | None:
        """Name, address and language; None of who was erased."""
        try:
            person: PersonState = (await self.store.read(tenant, recipient)).state(recipient, "person")
        except StreamErased:
            return None
        values = [person.name, person.email]
        name, email = await Opener(self.store.vault).plain(self.store.pool.of(tenant), tenant, recipient, values)
        return None if name is None or email is None else (name, email, language_of(person.locale, organization.locale))
