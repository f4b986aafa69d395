"""What a coach who took over may not read of what was written before they came: all words but those that were handed over.

The one place of that rule. It names the personal values that stay sealed for them (`kept`), by reference, and whoever opens any
for that reader opens these not: they read as withheld. Kept is what the log held before the change, so that whatever read model,
past moment or report shows it does not matter. That somebody has left needs no rule: they are no party of the engagement.

What was handed over is judged by the streams: with `objectives` all that the plan's own stream says, with `shared_notes` also the
notes, insights and reflections of sessions that both could read, but for what somebody wrote who has left the group. What sessions
were agreed to be about, ratings, answers of assessments, the words of evaluations, and reasons that stand in the engagement's own
stream stay withheld in each case.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from domain.engagement.handover import Handover, HandoverScope
from domain.engagement.state import EngagementState
from domain.values import ERASED, personal_values
from infra.eventstore import codec
from infra.eventstore.feed import Fed, events_at, feed_of
from infra.eventstore.vault import Source
from infra.recent import Recent
from projections.confidence import shared_in
from projections.projection import Opening, reference
from services.actor import Actor

S = TypeVar("S")
Kept = frozenset[bytes]
ALL_OPEN: Final[Kept] = frozenset()
MOST: Final = 200  # engagements; each reference takes about a tenth of a kilobyte, and a long engagement has a thousand


class Place(NamedTuple):
    """All that the words depend on which a coach may not read: what is before a position of the log is there for good."""

    tenant: UUID
    engagement: UUID
    since: int
    scope: HandoverScope
    agreement: int
    gone: frozenset[UUID]


class Handovers:
    """What was worked out last, of every organization."""

    def __init__(self, most: int = MOST) -> None:
        self.found: Recent[Place, Kept] = Recent(most)

    async def kept_from(self, source: Source, actor: Actor, engagement: EngagementState | None) -> Kept:
        """The references of what stays sealed for this reader; nothing for who took nothing over. Raises `Unavailable`."""
        if engagement is None or actor.role != "coach" or actor.person_id != engagement.coach_id or engagement.handover is None:
            return ALL_OPEN
        handover, agreement = engagement.handover, engagement.agreement
        place = Place(
            actor.tenant, engagement.id, handover.since, handover.scope, agreement.drafted_at if agreement else 0, gone_from(engagement)
        )
        if (kept := self.found.find(place)) is None:
            kept = self.found.keep(place, await kept_before(source, actor.tenant, engagement, handover))
        return kept


async def kept_before(source: Source, tenant: UUID, engagement: EngagementState, handover: Handover) -> Kept:
    """The words of the agreement that is in force are the new coach's, too."""
    [change] = await events_at(source, tenant, engagement.id, [handover.since])
    before = await feed_of(source, tenant, [engagement.id], change.position - 1)
    gone = gone_from(engagement)
    withheld = [fed.event for fed in before if not is_handed_over(fed, handover.scope) or is_note_of(fed, gone)]
    return references(withheld) - references(engagement.agreement)


def is_handed_over(fed: Fed, scope: HandoverScope) -> bool:
    noun = fed.type.partition(".")[0]
    if noun == "plan":
        return scope != "none"
    return noun == "session" and scope == "shared_notes" and getattr(fed.event, "visibility", None) == "shared"


def gone_from(engagement: EngagementState) -> frozenset[UUID]:
    """Who was coached in the group and is not any more: they let nobody read what they wrote."""
    return engagement.fellows.difference(engagement.coached)


def is_note_of(fed: Fed, people: frozenset[UUID]) -> bool:
    return fed.type.startswith("session.") and fed.meta.actor in people


def references(value: Any) -> Kept:
    return frozenset(reference(each.sealed) for each in personal_values(value) if each.sealed is not None)


def without(state: S, opening: Opening) -> S:
    """The state with what this reader has not opened sealed again, for who reads many engagements at once."""
    if opening.is_whole:
        return state
    values = {each.sealed: each for each in personal_values(state) if each.sealed is not None}
    shared = shared_in(state) if opening.others else frozenset[str]()
    opened = {
        text: each.plain() if each.is_open else ERASED
        for text, each in values.items()
        if (each.is_open or each.is_erased) and not opening.keeps(text, shared)
    }
    found: S = codec.open_state(state, opened)
    return found
