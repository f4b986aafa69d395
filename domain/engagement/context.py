"""What a decision about an engagement may know."""

from __future__ import annotations

from domain.context import Context, ProgramFacts


class EngagementContext(Context, frozen=True, kw_only=True):
    """The engagement's program, and whether the persons whom the command names hold the role that it needs of them today.

    `free_seat` is a place that the coach has left in the program, counted from 1; None when all are taken. `places_left`: how
    many more engagements the quota lets begin, None: any number.
    """

    program: ProgramFacts | None = None
    client_role_held: bool = False
    sponsor_role_held: bool = False
    coach_role_held: bool = False
    free_seat: int | None = None
    places_left: int | None = None
