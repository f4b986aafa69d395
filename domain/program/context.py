"""What a decision about a program may know."""

from __future__ import annotations

from domain.context import Context


class ProgramContext(Context, frozen=True, kw_only=True):
    """Whether the persons whom the command names hold the role that it needs of them today, in this program or everywhere."""

    sponsor_roles_held: bool = False
    coach_role_held: bool = False
    client_role_held: bool = False
