"""The table that the other files of this package fill, and what they share."""

from __future__ import annotations

from typing import Any, Final, TypeAlias
from uuid import UUID

from msgspec import structs

from domain.decider import Evolve
from domain.event import Recorded
from domain.plan import events as plan
from domain.plan.digest import is_content
from projections.kpi.facts import Change, Facts

follow: Final[Evolve[Facts]] = Evolve()

Applied: TypeAlias = Recorded[Any]


def speaker(facts: Facts, recorded: Applied) -> UUID:
    """Whose it is: where somebody is coached with the client it is theirs who said it."""
    return recorded.meta.actor if facts.members else facts.client


def changed(facts: Facts, recorded: Applied) -> Facts:
    """Notes an event that changed the plan, with its author: the proposer of an accepted change, else who acted or initiated."""
    event = recorded.event
    change_id: UUID | None = getattr(event, "change_id", None)
    proposal = facts.proposals.get(change_id) if change_id is not None else None
    if proposal is not None:
        by_client, accepted = proposal.by_client, proposal.accepted_by_client
    else:
        by_client, accepted = facts.is_coached(recorded.meta.actor) or getattr(event, "initiated_by", None) == "client", False
    active = facts.activated_at is not None
    change = Change(
        at=recorded.occurred_at,
        version=recorded.version,
        by_client=by_client,
        accepted_by_client=accepted,
        content=is_content(event, active=active),
        replans=active and isinstance(event, plan.ObjectiveRefined | plan.StrategyRevised),
    )
    return structs.replace(facts, changes=(*facts.changes, change))
