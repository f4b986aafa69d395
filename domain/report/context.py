"""What a decision about a report may know."""

from __future__ import annotations

from uuid import UUID

from domain.context import Context, EngagementFacts, ProgramFacts


class ReportContext(Context, frozen=True, kw_only=True):
    """What the report is about: an engagement or a program. `managers` are the recipients who manage its program today.

    `cleared` are the recipients who may see all that the file tells, once there is one; `waiting` is how many reports the
    actor asked for in the last day that are not made yet, 0 for who may ask without end.
    """

    engagement: EngagementFacts | None = None
    program: ProgramFacts | None = None
    managers: frozenset[UUID] = frozenset()
    cleared: frozenset[UUID] = frozenset()
    waiting: int = 0
