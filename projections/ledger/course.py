"""How an engagement's plan came to be as it is: what the flags of its next events need, folded from those before them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from domain.glossary import PARTIES, Party
from domain.plan import events as plan
from infra.eventstore.feed import Fed
from projections.kpi.facts import Facts
from projections.kpi.follow import follow


class Asking(Struct, frozen=True):
    """Who proposed a change, for which party, and when."""

    actor: UUID
    party: Party
    at: datetime


class Course(Struct, frozen=True, kw_only=True, tag_field="row", tag="course"):
    """The indicators' facts, and who spoke: for the plan by party since it was proposed last, for changes by their ids.

    `changed_at` is when content of the plan in force was changed first since a party approved it last.
    """

    facts: Facts
    spoke: dict[Party, UUID] = {}
    asked: dict[UUID, Asking] = {}
    changed_at: dict[Party, datetime] = {}


def followed(before: Course, fed: Fed) -> Course:
    event = fed.event
    after = structs.replace(before, facts=follow(before.facts, fed)) if type(event) in follow.table else before
    match event:
        case plan.PlanProposed(proposed_by=party):
            return structs.replace(after, spoke={party: fed.meta.actor})
        case plan.PlanApproved(party=party):
            since = {other: at for other, at in before.changed_at.items() if other != party}
            return structs.replace(after, spoke={**before.spoke, party: fed.meta.actor}, changed_at=since)
        case plan.ChangeProposed(change_id=id, proposed_by=party):
            return structs.replace(after, asked={**before.asked, id: Asking(fed.meta.actor, party, fed.occurred_at)})
    return changed(before, after, fed)


def changed(before: Course, after: Course, fed: Fed) -> Course:
    """Notes when content was changed that each party had approved."""
    content = len(after.facts.changes) > len(before.facts.changes) and after.facts.changes[-1].content
    if not content or before.facts.activated_at is None:
        return after
    return structs.replace(after, spoke={}, changed_at={**dict.fromkeys(PARTIES, fed.occurred_at), **before.changed_at})
