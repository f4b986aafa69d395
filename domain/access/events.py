"""What was shown to whom. Each stream is what one process showed within a moment; ids and codes only."""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.glossary import Role
from domain.values import StoredCode

AccessClass: TypeAlias = Literal[
    "names", "record", "objective_titles", "progress", "attainment", "evaluation_summary", "attendance", "words", "profile"
]
"""What kind of content was shown.

`names`: who somebody is; `record`: dates, numbers, codes and who did what; the classes that a client may disclose; `words`:
the texts of plans and sessions; `profile`: a person's address and roles.
"""
AccessPurpose: TypeAlias = Literal["role", "emergency"]
"""By what right it was shown: what the role always sees, or what was opened for one person in an emergency."""


@stored("access.record_accessed", schema_v=2)  # an earlier release cannot tell what was opened in an emergency
class RecordAccessed(Event, frozen=True):
    """Somebody was shown something about people. Whether they looked is theirs to say; that they could is certain.

    `action` is what they asked for, as the policy names it, `record_id` the stream that it was about, None for a list.
    `subject_id` is the person whom it tells of. One event stands for the same reading within a quarter of an hour, of a list
    within a day, of one in an emergency within a minute.
    """

    reader_id: UUID
    role: Role
    action: StoredCode
    record_id: UUID | None
    subject_id: UUID
    classes: tuple[AccessClass, ...]
    purpose: AccessPurpose
