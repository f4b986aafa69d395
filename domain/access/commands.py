"""What may be noted about access: only by the process that shows it, and not over HTTP."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

from domain.access.events import AccessClass, AccessPurpose
from domain.command import Command
from domain.glossary import Role
from domain.values import Code

MOST_READINGS: Final = 200
"""What one append notes: more wait for the next one."""


class ReadingBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reading: who, in which role, asked for what, and whom it told of."""

    reader_id: UUID
    role: Role
    action: Code
    record_id: UUID | None
    subject_id: UUID
    classes: tuple[AccessClass, ...]
    purpose: AccessPurpose


class AccessRecord(Command, frozen=True, kw_only=True):
    """Notes what is about to be shown, before it is."""

    readings: Annotated[tuple[ReadingBody, ...], Meta(min_length=1, max_length=MOST_READINGS)]
