"""An engagement with a coach and a client, recorded through the store as the product would, with words to seal and to erase."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import CoachAssigned
from domain.event import Actors, Event
from domain.person.events import MembershipGranted
from domain.plan.events import PlanDrafted, TitleRefined
from domain.values import OfAuthor, OfClient
from infra.eventstore.reading import Reading
from infra.eventstore.store import Change, Intent, Store
from tests.infra.told import engagement, new_id, person, record
from tests.projections.history import (
    MILESTONE,
    OBJECTIVE,
    activated,
    approved,
    defined,
    measured,
    milestone,
    moved,
    proposed,
    reached,
    refined,
)

TITLE = "Lead the billing project team to its first release"
NEW_TITLE = "Lead the billing team to its second release"
REASON = "Two colleagues are away until then."


class Story(NamedTuple):
    """Who and what it is about; `position` is where the log ended."""

    client: UUID
    coach: UUID
    engagement: UUID
    plan: UUID
    position: int


async def tell(store: Store, tenant: UUID) -> Story:
    """Two people, an engagement, and a plan from its first objective to a reached milestone."""
    client, coach, engaged, plan = (new_id() for _ in range(4))
    for person_id, name, role in ((client, "Mira Okafor", "client"), (coach, "Dana Reyes", "coach")):
        granted = MembershipGranted(role=role, program_id=None, until=None)  # type: ignore[arg-type]
        await record(store, tenant, person_id, [person(person_id, name), granted])
    coached = CoachAssigned(coach_id=coach, chosen_by="client", program_id=None, seat=None)
    await record(store, tenant, engaged, [engagement(engaged, client), coached], client=client)
    story = Story(client, coach, engaged, plan, 0)
    draft = PlanDrafted(plan_id=plan, engagement_id=engaged, client_id=client, template=None, language="en")
    await act(store, tenant, story, coach, draft, defined(), milestone("2026-03-20"))
    await act(store, tenant, story, client, refined(TitleRefined(to=OfClient(NEW_TITLE), replaces=2)))
    await act(store, tenant, story, coach, proposed())
    await act(store, tenant, story, client, approved("client"))
    await act(store, tenant, story, coach, activated("2026-02-01", milestone="2026-03-20"))
    why = moved("2026-03-20", "2026-04-03", initiated_by="client", reason=OfAuthor(REASON))
    await act(store, tenant, story, coach, why)
    await act(store, tenant, story, client, measured(60, "2026-03-01"))
    position = await act(store, tenant, story, client, reached("2026-04-01"))
    return story._replace(position=position)


async def act(store: Store, tenant: UUID, story: Story, actor: UUID, *events: Event) -> int:
    """Somebody's events in the plan; answers with the position of the last."""
    role = "client" if actor == story.client else "coach"

    async def attempt(reading: Reading) -> Intent:
        meta = Actors(actor=actor, role=role, on_behalf_of=None, channel="test", command="told", correlation=UUID(int=1), causation=None)
        return Intent(meta, [Change(story.plan, events, story.engagement)], client=story.client)

    return (await store.execute(tenant, [story.plan, story.engagement], attempt)).position


__all__ = ["MILESTONE", "NEW_TITLE", "OBJECTIVE", "REASON", "TITLE", "Story", "act", "tell"]
