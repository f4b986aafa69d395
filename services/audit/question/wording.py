"""Findings as they are answered: dates, codes and things in words, as far as the asker may read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.values import ERASED
from infra.eventstore.opening import Opener, SealedAt
from projections.members import MEMBERS
from projections.sentence import Teller
from services.audit.access.words import CLASSES, asked_for, in_words
from services.audit.question.answers import Fact, FindingAnswer
from services.audit.question.finding import Finding, Given
from services.audit.question.index import ONLY, Index, Thing
from services.audit.question.inquiry import Inquiry
from services.audit.question.sentence import SENTENCES
from services.plan.query import parties, readable
from services.reading.decision import Decided
from services.reading.reads import names
from services.reading.view import sight
from services.wording.language import ENGLISH

STORED_NAME: Final = re.compile(r"[a-z_]+\.([a-z_]+)")
HASH: Final = re.compile(r"[0-9a-f]{64}")
SHORT: Final = 12
"""Digits of a hash in a sentence; the facts have all of it."""


class Wording(Teller):
    """Fills the sentence of a finding. Times are those of the organization's zone."""

    def __init__(self, labels: Mapping[UUID, str], zone: ZoneInfo) -> None:
        super().__init__(dict(labels), ENGLISH)
        self.zone = zone

    def said(self, value: Any) -> str:
        match value:
            case None:
                return "nothing"
            case datetime():
                local = value.astimezone(self.zone)
                return f"{super().said(local)}, {local:%H:%M}"
            case timedelta():
                return str(value.days)
            case str() if name := STORED_NAME.fullmatch(value):
                return super().said(name[1])
            case str() if HASH.fullmatch(value):
                return f"{value[:SHORT]}…"
        return super().said(value)

    def called(self, item: UUID) -> str:
        return str(self.labels.get(item, f"item {str(item)[-6:]}"))

    def sentence(self, one: Finding, owner: str | None) -> str:
        """With the owner before it, unless it names them."""
        told = one.sentence or self.vformat(SENTENCES[one.kind], (), {**one.facts, **shown(one.facts), **self.signing(one.facts)})
        if owner is not None and owner not in told:
            begins = told[0] if SENTENCES[one.kind].startswith("{") and one.sentence is None else told[0].lower()  # a name stays as it is
            told = f"{owner}: {begins}{told[1:]}"
        return told[0].upper() + told[1:]

    def signing(self, facts: Mapping[str, Given]) -> dict[str, Given]:
        """Who signed, and for which side, unless they are called by it: of a group everybody signs for themselves."""
        actor, party = facts.get("actor"), facts.get("party")
        if not isinstance(actor, UUID) or not isinstance(party, str):
            return {}
        name = self.called(actor)
        return {"signer": name if name == f"the {party}" else f"{name}, as {party},"}


async def worded(inquiry: Inquiry, found: Sequence[Finding]) -> tuple[FindingAnswer, ...]:
    """The findings of one page."""
    index, engaged = inquiry.things, [inquiry.things.engagement_of(one) for one in found]
    clients = [index.clients.get(id) if id and inquiry.look.engagement is None else None for id in engaged]
    ids = [id for one in found for value in one.facts.values() for id in ids_of(value)] + [id for id in clients if id]
    wording = Wording(await labels_of(inquiry, list(dict.fromkeys(ids))), inquiry.zone)
    return tuple(
        FindingAnswer(
            kind=one.kind,
            stands_out=one.stands_out,
            sentence=wording.sentence(one, owner(wording, index, engagement, client)),
            engagement_id=engagement,
            plan_id=index.plan_of(one),
            facts={name: fact(value) for name, value in one.facts.items()},
            evidence=one.evidence,
        )
        for one, engagement, client in zip(found, engaged, clients, strict=True)
    )


def owner(wording: Wording, index: Index, engagement: UUID | None, client: UUID | None) -> str | None:
    """Whose engagement it was found in; of a group nothing is told as if its first client had done it."""
    if engagement is None or client is None:
        return None
    return f"the group of {wording.called(client)}" if len(index.coached[engagement]) > 1 else wording.called(client)


def shown(facts: Mapping[str, Given]) -> dict[str, Given]:
    """What was seen, and what was asked for then, as a sentence says it."""
    told: dict[str, Given] = {}
    if isinstance(classes := facts.get("classes"), tuple):
        told["classes"] = in_words([name for name in CLASSES if name in classes])
    if isinstance(action := facts.get("action"), str):
        told["action"] = asked_for(action)
    return told


def ids_of(value: Given) -> list[UUID]:
    several = value if isinstance(value, tuple) else (value,)
    return [one for one in several if isinstance(one, UUID)]


def fact(value: Given) -> Fact:
    match value:
        case None | bool() | int() | str():
            return value
        case date():  # also an instant
            return value.isoformat()
        case timedelta():
            return value.days
        case tuple():
            return ", ".join(str(one) for one in value)
    return str(value)


async def labels_of(inquiry: Inquiry, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What the ids stand for; one of nothing that was read is missing."""
    index, tenant = inquiry.things, inquiry.tenant
    things = {id: index.things[id] for id in ids if id in index.things}
    clients = [index.clients[one.engagement] for one in things.values() if one.engagement in index.clients]
    labels = await people_of(inquiry, [*(id for id in ids if id not in things), *clients])
    sealed = [at for one in things.values() if (at := to_open(inquiry, one)) is not None]
    texts = await Opener(inquiry.reads.store.vault).open(inquiry.reads.share(tenant), tenant, sealed)
    return labels | {id: label(one, texts, whose(inquiry, index, one, labels), inquiry.zone) for id, one in things.items()}


def to_open(inquiry: Inquiry, one: Thing) -> SealedAt | None:
    """Where the title stands that the asker may read, None where there is none: of a group nobody reads another's own words."""
    if one.engagement is None or one.title is None or one.title.sealed is None:
        return None
    opens = sight(inquiry.look.actor, others=inquiry.others(one.engagement)).opens
    return SealedAt(one.stream, one.engagement, one.title.sealed) if opens.words and not opens.keeps(one.title.sealed) else None


async def people_of(inquiry: Inquiry, ids: Sequence[UUID]) -> dict[UUID, str]:
    """People by name where the asker may know it, else by their side, or by the end of their id."""
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, MEMBERS, shown_by=Decided.PAST) as (rows, _):
        known = await names(rows, ids)
    sides = parties(inquiry.look)
    called = readable(known) if sight(inquiry.look.actor).names else {}
    return {id: f"person {str(id)[-6:]}" for id in known} | sides | called


def whose(inquiry: Inquiry, index: Index, one: Thing, people: Mapping[UUID, str]) -> str:
    """Nothing where one engagement is asked about, which everything is of."""
    client = index.clients.get(one.engagement) if one.engagement and inquiry.look.engagement is None else None
    return f" of {people[client]}" if client is not None and client in people else ""


def label(one: Thing, texts: Mapping[str, Any], owner: str, zone: ZoneInfo) -> str:
    if one.named is not None and one.at is not None:
        local = one.at.astimezone(zone)
        return f"the {one.named} of {local.day} {local:%B %Y, %H:%M}{owner}"
    if one.noun in ONLY:
        return f"the {one.noun}{owner}"
    if one.title is None:
        return f"{one.noun} {one.number}{owner}"
    text = texts.get(one.title.sealed or "")
    title = "(withheld)" if text is None else "(erased)" if text is ERASED else f"“{text}”"
    return f"{one.noun} {one.number} {title}{owner}"
