"""The rules of reminders about people: that a coach's credential expires, that supervision is due, and that an erasure still waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.person.state import Membership, PersonState
from projections.reminder.facts import Due
from workers.reminder.anchor import Anchor, Terms, on_day
from workers.reminder.rule import Firing, fires, slot

QUARTER: Final = timedelta(days=91)


class Rule(NamedTuple):
    """`anchors` takes the person whom it is about, and everybody who may be reminded; of them it reminds who `holds` such a role.

    `offsets` are days from the anchor.
    """

    code: str
    holds: Callable[[Membership], bool]
    anchors: Callable[[PersonState, Mapping[UUID, PersonState]], Iterator[Anchor]]
    offsets: tuple[int, ...]


def credential_expiring(coach: PersonState, people: Mapping[UUID, PersonState]) -> Iterator[Anchor]:
    """Of each body what was recorded last: one that is renewed has another day."""
    for one in coach.credentials:
        if one.valid_until is not None:
            yield Anchor(coach.id, f"{one.body}.{one.valid_until}", one.valid_until, one.since, (coach.id,))


def supervision_due(coach: PersonState, people: Mapping[UUID, PersonState]) -> Iterator[Anchor]:
    """A quarter after the last one (EMCC asks for an hour a quarter); of who never recorded any nobody knows whether they have to."""
    held = [one for one in coach.development if one.kind == "supervision"]
    if held:
        last = max(held, key=lambda one: one.held_on)
        yield on_day(coach.id, Due(last.held_on + QUARTER, last.since), coach.id)


def erasure_due(person: PersonState, people: Mapping[UUID, PersonState]) -> Iterator[Anchor]:
    """One that nothing holds up is done within minutes. What waits is held by law, or fails: by its last day somebody has to see to it."""
    erasure = person.erasure
    if erasure is not None and erasure.erased_at is None:
        yield on_day(person.id, Due(erasure.due_by, erasure.requested_at), *people)


def coaches(held: Membership) -> bool:
    return held.role == "coach"


def administers(held: Membership) -> bool:
    """The whole organization: who does so for one program has nothing to do with erasures."""
    return held.role == "admin" and held.program_id is None


RULES: Final = (
    Rule("credential_expiring", coaches, credential_expiring, (-60, -30)),
    Rule("supervision_due", coaches, supervision_due, (-30, 0)),
    Rule("erasure_due", administers, erasure_due, (-10,)),
)


def firings_about(
    person: PersonState, people: Mapping[UUID, PersonState], terms: Terms, zones: Mapping[UUID, ZoneInfo]
) -> Iterator[Firing]:
    """Every reminder about a person that stands, past and to come, for those of these people whose zone is given."""
    for rule in RULES:
        for anchor in rule.anchors(person, people):
            for recipient in anchor.recipients:
                if anchor.since is None or recipient is None or recipient not in zones:
                    continue
                for offset in rule.offsets:
                    due_at = slot(anchor, anchor.since, offset, zones[recipient], terms.quiet)
                    if due_at > anchor.since and is_for(people[recipient], rule, due_at, terms.day(due_at)):
                        yield fires(rule.code, anchor, recipient, offset, due_at)


def is_for(person: PersonState, rule: Rule, due_at: datetime, day: date) -> bool:
    """Whether somebody has such a role then, and had it before: who is given it later is not reminded of what others were."""
    return any(rule.holds(held) and held.since < due_at for held in person.memberships_on(day))
