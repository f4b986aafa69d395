"""What a decision about a program may know."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.context import Context


class Given(Struct, frozen=True, kw_only=True):
    """What an engagement of the program that is under way was given: its time, and its number of sessions once they are agreed."""

    engagement_id: UUID
    starts_on: date
    planned_end: date
    sessions: int


class ProgramContext(Context, frozen=True, kw_only=True):
    """Whether the persons whom the command names hold the role that it needs of them today, in this program or everywhere.

    `taken` are the engagements that are not over, None for one that begins at this moment: of the coach, the client or the
    whole program, whichever the command is about. `given` is what those that are under way were given.
    """

    sponsor_roles_held: bool = False
    coach_role_held: bool = False
    client_role_held: bool = False
    client_organization_known: bool = False
    taken: tuple[UUID | None, ...] = ()
    given: tuple[Given, ...] = ()
