"""What those who are coached let others see, each for themselves.

A group shows a sponsor only what everybody who is coached in it consents to today: what is told of a group is told of each of
its members. Hence the narrowest consent wins, at once. Who joins has granted nothing, so that nothing flows until they have; who
leaves takes their consent with them, for it was about what comes after, and their own words are never told without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.engagement.events import Recipient
from domain.glossary import Disclosure


class Consent(Struct, frozen=True, kw_only=True):
    """One class of content, to one recipient, up to its last day; `by` is whose consent it is."""

    by: UUID
    subject: Disclosure
    recipient: Recipient
    until: date | None

    def in_force(self, today: date) -> bool:
        return self.until is None or today <= self.until


def granted_by(consents: Iterable[Consent], person: UUID, recipient: Recipient, today: date) -> dict[Disclosure, date | None]:
    """What this person lets exactly this recipient see today, each with its last day."""
    own = (one for one in consents if one.by == person and one.recipient == recipient)
    return {one.subject: one.until for one in own if one.in_force(today)}


def granted_by_all(
    consents: Sequence[Consent], everybody: Sequence[UUID], names: Sequence[Recipient], today: date
) -> dict[Disclosure, date | None]:
    """What everybody lets a recipient see today, by any of their names, each with the first last day."""
    each = [last_days(consents, person, names, today) for person in everybody]
    return {subject: earliest([one[subject] for one in each]) for subject in each[0] if all(subject in one for one in each)}


def last_days(consents: Sequence[Consent], person: UUID, names: Sequence[Recipient], today: date) -> dict[Disclosure, date | None]:
    """What one person lets a recipient see: of two names the one for which it lasts longer."""
    found: dict[Disclosure, date | None] = {}
    for name in names:
        for subject, until in granted_by(consents, person, name, today).items():
            found[subject] = until if subject not in found else latest(found[subject], until)
    return found


def earliest(days: Iterable[date | None]) -> date | None:
    """None is no last day."""
    return min((day for day in days if day is not None), default=None)


def latest(first: date | None, second: date | None) -> date | None:
    return None if first is None or second is None else max(first, second)
