"""The list of projections: what `rebuild` makes tables for and the projector follows."""

from __future__ import annotations

from typing import Any, Final

from projections.access_log import ACCESS_LOG
from projections.change_ledger import CHANGE_LEDGER
from projections.credential_log import CREDENTIAL_LOG
from projections.current import CURRENT
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.milestones_due import MILESTONES_DUE
from projections.plan_timeline import PLAN_TIMELINE
from projections.projection import Projection
from projections.reminders_due import REMINDERS_DUE

PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    MEMBERS,
    *CURRENT.values(),
    PLAN_TIMELINE,
    KPI_BOARD,
    REMINDERS_DUE,
    MILESTONES_DUE,
    ACCESS_LOG,
    CHANGE_LEDGER,
    CREDENTIAL_LOG,
)
