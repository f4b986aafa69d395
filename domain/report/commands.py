"""What may be asked of a report."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.report.events import Cell, ReportFormat, ReportTemplate, Suppression
from domain.values import Code, Digest

MOST_RECIPIENTS: Final = 20
PeriodLabel: TypeAlias = Annotated[str, Meta(pattern=r"^(to_date|20[0-9]{2}-(0[1-9]|1[0-2]|q[1-4]))$(?!\n)")]
"""A month such as 2026-05, a quarter such as 2026-q2, or to_date."""


class RequestReport(Command, frozen=True, kw_only=True):
    """Ask for a report, which is then made in the background.

    On an engagement (`client_progress`), on a program (`program_report`), or of what was changed of what was agreed in one
    engagement, one program or everywhere (`plan_ledger`, `program_ledger`, `organization_ledger`); a ledger is for client and
    coach of the engagement, and for those who run or audit it all.

    `subject_id` is the engagement, the program or the organization. `period` is a month such as 2026-05, a quarter such as 2026-q2, or
    to_date; `as_of` is the last day that counts, today when it is left out. What a recipient may not see is left out of it.
    """

    template: ReportTemplate
    subject_id: UUID
    recipients: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=MOST_RECIPIENTS)]
    period: PeriodLabel = "to_date"
    as_of: date | None = None
    format: ReportFormat = "pdf"


class SuppressionBody(Suppression, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that is left out of a report: the code of a section, or of a cell in it, and why."""


class CellBody(Cell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that a sponsor is told: its code, and the places in `counted` of the clients that it counts."""


class GenerateReport(Command, frozen=True, kw_only=True):
    """Notes that the file of a report was made and stored. Of two that were made for one request, the first stands."""

    template_version: Annotated[int, Meta(ge=1)]
    as_of_position: Annotated[int, Meta(ge=1)]
    suppressions: tuple[SuppressionBody, ...] = ()
    sha256: Digest
    size: Annotated[int, Meta(ge=0)]
    blob_key: Code
    counted: tuple[UUID, ...] = ()
    cells: tuple[CellBody, ...] = ()


class ShareReport(Command, frozen=True, kw_only=True):
    """Open the file of a report to more of those who have to do with its subject.

    Each of them has to be somebody who may see all that the file tells at this moment; it is asked again whenever they
    download it. For others ask for a report of their own, which leaves out what they may not see.
    """

    recipients: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=MOST_RECIPIENTS)]


class DiscardReport(Command, frozen=True, kw_only=True):
    """Notes that the file of a report is thrown away: its time is over, or somebody in it was erased. What the log says of it stays."""
