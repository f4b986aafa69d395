"""What a decision about a report may know."""

from __future__ import annotations

from uuid import UUID

from domain.context import Context, EngagementFacts, ProgramFacts


class ReportContext(Context, frozen=True, kw_only=True):
    """What the report is about: an engagement, a program or the organization. `managers` are the recipients who manage its
    program, or all, today; of a ledger also those who audit that.

    `cleared` are the recipients who may see all that the file tells, once there is one; `waiting` is how many reports the
    actor asked for in the last day that are not made yet, 0 for who may ask without end. `bytes_left`: how much more the files may take, None: any amount.
    """

    engagement: EngagementFacts | None = None
    program: ProgramFacts | None = None
    is_whole: bool = False
    managers: frozenset[UUID] = frozenset()
    cleared: frozenset[UUID] = frozenset()
    waiting: int = 0
    bytes_left: int | None = None
