"""What a decision about an engagement may know."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from domain.context import Context, ProgramFacts


class Course(Struct, frozen=True, kw_only=True):
    """How far an engagement has come: its open objectives, its final evaluation once one side has recorded it, and its sessions.

    `future_sessions` are those that are booked and neither held nor missed; `next_session_no` is what the next would be.
    """

    open_objectives: tuple[UUID, ...] = ()
    final_evaluation_id: UUID | None = None
    sessions_held: int = 0
    future_sessions: tuple[UUID, ...] = ()
    next_session_no: int = 1


class EngagementContext(Context, frozen=True, kw_only=True):
    """The engagement's program, and whether the persons whom the command names hold the role that it needs of them today.

    `free_seat` is a place that the coach has left in the program, counted from 1; None when all are taken. `places_left`: how
    many more engagements the quota lets begin, None: any number. `course` is there where an engagement is to end.
    """

    program: ProgramFacts | None = None
    client_role_held: bool = False
    sponsor_role_held: bool = False
    coach_role_held: bool = False
    free_seat: int | None = None
    course: Course | None = None
    places_left: int | None = None
