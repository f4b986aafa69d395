"""What changed between two moments, as the API shows it: as data, as sentences, and with the events behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.difference import About, Difference, Kind, Value
from domain.glossary import PARTIES
from domain.plan.state import PlanState
from domain.values import Code, Digest, OfAuthor, Personal
from infra.eventstore.feed import Fed
from projections.sentence import Labels, Teller
from services.audit.answers import EvidenceAnswer, evidence
from services.audit.phrase import phrase
from services.reading.view import Hidden, Named, Sight, Text
from services.wording.spoken import spoken

MOST_EVENTS: Final = 20
"""The most events that one difference shows, the newest; the timeline has all."""
WISHED: Final[frozenset[Kind]] = frozenset({"refined", "moved", "dropped"})
"""What is done because somebody wished it, and may be told so."""
AUTHORS: Final = ("initiated_by", "proposed_by", "refined_by", "revised_by", "dropped_by", "defined_by", "adopted_by", "rated_by", "party")
"""Fields of events that say whose wish it was, the best first."""

Shown: TypeAlias = Hidden | int | str | tuple[UUID, ...] | None
"""A value as far as the reader may see it; dates, decimals and ids are texts."""


class CauseAnswer(Struct, frozen=True, kw_only=True):
    """An event behind a difference: who, when, why, and what proves it."""

    type: Code
    occurred_at: datetime
    recorded_at: datetime
    actor: UUID
    role: Code
    initiator: Code | None
    reason_code: Code | None
    reason: Text | None
    evidence: EvidenceAnswer


class DifferenceAnswer(Struct, frozen=True, kw_only=True):
    """One thing that became otherwise. `days` is how far a date moved, later if positive.

    `events` are the newest of the `event_count` events behind it, oldest first; the last made it what it is. `id` is the
    item's; of a consent, the person's whom it names.
    """

    about: About
    kind: Kind
    id: UUID | None
    field: Code | None
    from_: Shown = msgspec.field(name="from")
    to: Shown
    days: int | None
    sentence: str
    event_count: int
    events: tuple[CauseAnswer, ...]


class ReasonAnswer(Struct, frozen=True, kw_only=True):
    """The differences of one reason and one initiator, by the last event of each."""

    reason_code: Code | None
    initiator: Code | None
    items: tuple[DifferenceAnswer, ...]


class BoundAnswer(Struct, frozen=True, kw_only=True):
    """One of the two moments: where both clocks stood; `version` and `digest` of the plan, null where it had not begun.

    `digest` is also null where the business clock left events out: nobody ever saw that content.
    """

    position: int
    recorded_at: datetime | None
    occurred_until: datetime | None
    version: int | None
    digest: Digest | None


class DifferencesAnswer(Struct, frozen=True, kw_only=True):
    """What changed in a plan and its engagement from one moment to another, by reason and initiator."""

    plan_id: UUID
    engagement_id: UUID
    from_: BoundAnswer = msgspec.field(name="from")
    to: BoundAnswer
    reasons: tuple[ReasonAnswer, ...]
    people: tuple[Named, ...]


def shown_versions(one: Difference) -> tuple[int, ...]:
    """The versions of the events that are shown of a difference."""
    return one.versions[-MOST_EVENTS:]


def labels_of(plan: PlanState, names: Mapping[UUID, str]) -> Labels:
    """What the things of the plan and the people are called."""
    found: Labels = dict(names)
    found |= {id: one.terms.title for id, one in plan.objectives.items()}
    found |= {id: one.terms.title for id, one in plan.strategies.items()}
    found |= {id: one.text for id, one in plan.actions.items()}
    found |= {id: one.title for id, one in plan.milestones.items()}
    teller = Teller(found, spoken())
    return found | {id: teller.said(one.change) for id, one in plan.changes.items()}


def by_reason(differences: Iterable[tuple[Difference, Mapping[int, Fed]]], labels: Labels, seen: Sight) -> tuple[ReasonAnswer, ...]:
    """Each difference with its events by version; reasons in the order in which they come up first."""
    groups: dict[tuple[str | None, str | None], list[DifferenceAnswer]] = {}
    for one, events in differences:
        causes = tuple(cause(events[version], seen) for version in shown_versions(one))
        last = causes[-1] if causes else None
        key = (last.reason_code, last.initiator) if last else (None, None)
        groups.setdefault(key, []).append(answer(one, causes, sentence(one, labels, *key), seen))
    return tuple(ReasonAnswer(reason_code=code, initiator=who, items=tuple(items)) for (code, who), items in groups.items())


def sentence(one: Difference, labels: Labels, reason_code: str | None, initiator: str | None) -> str:
    """The difference in words of the page's language, with whose wish it was, and why."""
    told, language = phrase(one, labels, spoken()), spoken()
    because = (
        [language.say("as the {initiator} wished", initiator=language.word(initiator))]
        if initiator in PARTIES and one.kind in WISHED
        else []
    )
    because += [language.say("reason: {reason}", reason=language.word(reason_code.replace("_", " ")))] if reason_code else []
    text = f"{told} ({', '.join(because)})" if because else told
    return f"{text[0].upper()}{text[1:]}."


def answer(one: Difference, causes: tuple[CauseAnswer, ...], told: str, seen: Sight) -> DifferenceAnswer:
    return DifferenceAnswer(
        about=one.about,
        kind=one.kind,
        id=one.id,
        field=one.field,
        from_=shown_value(one.from_, seen),
        to=shown_value(one.to, seen),
        days=one.days,
        sentence=told,
        event_count=len(one.versions),
        events=causes,
    )


def shown_value(value: Value, seen: Sight) -> Shown:
    match value:
        case Personal():
            return seen.text(value)
        case Decimal() | date() | UUID():
            return str(value)
    return value


def cause(fed: Fed, seen: Sight) -> CauseAnswer:
    reason: OfAuthor[str] | None = getattr(fed.event, "reason", None)
    return CauseAnswer(
        type=fed.type,
        occurred_at=fed.occurred_at,
        recorded_at=fed.recorded_at,
        actor=fed.meta.actor,
        role=fed.meta.role,
        initiator=initiator(fed),
        reason_code=getattr(fed.event, "reason_code", None),
        reason=seen.text(reason),
        evidence=evidence(fed),
    )


def initiator(fed: Fed) -> str | None:
    """Whose wish it was: who is named in the event, else who acted, when that is a party."""
    named: Sequence[Any] = [getattr(fed.event, name, None) for name in AUTHORS]
    return next((one for one in named if one is not None), fed.meta.role if fed.meta.role in PARTIES else None)
