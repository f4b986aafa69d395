"""One mail to each on the other side of a coaching about what somebody did, from the event that says it.

It says who did what and when a session is, and nothing of what anybody wrote: that is read on the pages. It is sent at once, also in
quiet hours: a session that is called off at nine in the evening may be at eight in the morning. Of a series, and of all that one
command did, there is one mail. Nothing is sent while the organization is suspended, of what is older than two days, or of a session
that has begun.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from domain.engagement.events import EngagementNoticeGiven, EngagementNoticeWithdrawn
from domain.engagement.state import EngagementState
from domain.errors import StreamErased
from domain.evaluation.events import EvaluationRecorded
from domain.event import Event
from domain.glossary import ENDED
from domain.organization.state import OrganizationState
from domain.plan.events import ChangeProposed, PlanProposed
from domain.session.events import SessionCancelled, SessionRescheduled, SessionScheduled
from infra.eventstore.feed import event_id
from infra.eventstore.stored import Stored, feed_at
from workers.mailing import Mailing
from workers.notice.letter import Letter, Occasion, letter
from workers.post import delivered

STALE: Final = timedelta(hours=48)
"""As of a reminder: what nobody could be told for so long, they have found by themselves."""


class Told(NamedTuple):
    """What happened, as the mail has it, and on which page it is read."""

    occasion: Occasion
    page: str
    at_first: datetime | None = None
    begins: datetime | None = None
    ends_on: date | None = None


def told(event: Event, stream: UUID) -> Told | None:
    match event:
        case SessionScheduled(starts_at=at, series_id=series):
            return Told("series" if series == stream else "booked", f"sessions/{stream}", begins=at)
        case SessionRescheduled(from_=before, to=at):
            return Told("moved", f"sessions/{stream}", before, at)
        case SessionCancelled(starts_at=at):
            return Told("cancelled", f"sessions/{stream}", begins=at)
        case PlanProposed():
            return Told("plan", f"plans/{stream}")
        case ChangeProposed():
            return Told("change", f"plans/{stream}")
        case EvaluationRecorded():
            return Told("evaluation", f"evaluations/{stream}")
        case EngagementNoticeGiven(ends_on=day):
            return Told("ending", f"engagements/{stream}", ends_on=day)
        case EngagementNoticeWithdrawn(ends_on=day):
            return Told("going_on", f"engagements/{stream}", ends_on=day)
    return None


class Telling(Mailing):
    """Tells in one installation."""

    async def tell(self, tenant: UUID, stream: UUID, position: int) -> int:
        """How many mails were sent. Raises `MailAway` or `Unavailable`: try again."""
        found = await feed_at(self.store.pool.of(tenant), tenant, [position - 1, position])
        fed, before = found.get(position), found.get(position - 1)
        what = None if fed is None else told(fed.event, stream)
        if fed is None or what is None or follows(fed, before) or not self.is_news(fed, what):
            return 0
        sent = 0
        for person in await self.others(tenant, fed):
            sent += await self.send(tenant, person, fed, what)
        return sent

    def is_news(self, fed: Stored, what: Told) -> bool:
        now = self.clock()
        ahead = max((at for at in (what.at_first, what.begins) if at is not None), default=None)
        return fed.recorded_at > now - STALE and (ahead is None or ahead > now)

    async def others(self, tenant: UUID, fed: Stored) -> list[UUID]:
        """Who is coached and who coaches, without who did it; an evaluation waits for who is coached only, an end is told the sponsor, too."""
        ends = isinstance(fed.event, EngagementNoticeGiven | EngagementNoticeWithdrawn)
        about = fed.stream if ends else fed.engagement_id
        if about is None:
            return []
        reading = await self.store.read(tenant, tenant, about)
        try:
            organization: OrganizationState = reading.state(tenant, "organization")
            engagement: EngagementState = reading.state(about, "engagement")
        except StreamErased:
            return []
        if organization.suspended_on(organization.day(self.clock())) or engagement.stage in ENDED:
            return []
        coached = [one for one in engagement.coached if one not in engagement.unsigned]
        coach = [] if engagement.coach_id is None or isinstance(fed.event, EvaluationRecorded) else [engagement.coach_id]
        sponsor = [] if engagement.sponsor_id is None or not ends else [engagement.sponsor_id]
        return [one for one in dict.fromkeys((*coached, *coach, *sponsor)) if one != fed.meta.actor]

    async def send(self, tenant: UUID, id: UUID, fed: Stored, what: Told) -> bool:
        recipient = await self.person(tenant, id)
        if recipient is None:
            return False
        mail = Letter(
            recipient=recipient,
            occasion=what.occasion,
            author=await self.named(tenant, fed.meta.actor, recipient),
            at_first=what.at_first,
            begins=what.begins,
            ends_on=what.ends_on,
            link=f"{self.address}/{what.page}",
            reference=f"{event_id(fed.stream, fed.version).hex}-{id.hex}",
            at=self.clock(),
        )
        return await delivered(self.post, letter(mail), "notice_refused", tenant, person_id=str(id))


def follows(fed: Stored, before: Stored | None) -> bool:
    """Whether the same command had done the same just before: of a series one mail is enough."""
    return before is not None and type(before.event) is type(fed.event) and before.meta.correlation == fed.meta.correlation
