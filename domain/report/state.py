"""A report as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.report.events import OF_PROGRAM, ReportFormat, ReportGenerated, ReportTemplate
from domain.values import NIL, Code


class ReportState(Struct, frozen=True, kw_only=True):
    """A report that was asked for; `generated` is None until its file is made. `shared` are whom it was opened to since."""

    id: UUID = NIL
    template: ReportTemplate = "client_progress"
    subject_id: UUID = NIL
    period: Code = "to_date"
    as_of: date = date.min
    format: ReportFormat = "pdf"
    recipients: tuple[UUID, ...] = ()
    requested_by: UUID = NIL
    requested_at: datetime | None = None
    generated: ReportGenerated | None = None
    generated_at: datetime | None = None
    shared: tuple[UUID, ...] = ()
    discarded_at: datetime | None = None

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def program_id(self) -> UUID | None:
        """The program that it is about, if it is about one."""
        return self.subject_id if self.template in OF_PROGRAM else None

    @property
    def readers(self) -> frozenset[UUID]:
        """Who has to do with it: who asked for it, and whom it is for."""
        return frozenset({self.requested_by, *self.recipients, *self.shared})

    @property
    def file(self) -> ReportGenerated | None:
        """Its file, as long as there is one."""
        return None if self.discarded_at is not None else self.generated
