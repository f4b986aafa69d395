"""Who was shown what, as the API tells it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.access.events import AccessClass, AccessPurpose
from domain.glossary import Role
from domain.values import Code
from services.engagement.emergency import EmergencyAnswer
from services.reading.view import Named


class AccessAnswer(Struct, frozen=True, kw_only=True):
    """One reading: when, by whom in which role, what they asked for, and which classes of content that held.

    `record_id` is the stream that it was about, null for a list. The same reading within a quarter of an hour is told once, one
    in an emergency, which `purpose` says that it was, within a minute.
    """

    id: UUID
    at: datetime
    reader_id: UUID
    role: Role
    action: Code
    record_id: UUID | None
    classes: tuple[AccessClass, ...]
    purpose: AccessPurpose


class PossibleAnswer(Struct, frozen=True, kw_only=True):
    """What those in a role could have seen on that day of one engagement, whether they looked or not.

    `person_id` is the party, or to whom the plan was open in an emergency; null stands for whoever held the role. No class:
    nothing but that the engagement is there.
    """

    engagement_id: UUID
    role: Role
    person_id: UUID | None
    classes: tuple[AccessClass, ...]


class AccessesAnswer(Struct, frozen=True, kw_only=True):
    """What was shown of a person up to the end of a day, the latest first, and what could have been seen on it.

    `emergencies` are those in which the words of their plans were asked for by then, as they stood at the end of that day.
    """

    person_id: UUID
    until: date
    items: tuple[AccessAnswer, ...]
    possible: tuple[PossibleAnswer, ...]
    emergencies: tuple[EmergencyAnswer, ...]
    people: tuple[Named, ...]
    next_cursor: str | UnsetType = UNSET
