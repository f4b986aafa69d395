"""A report as the API shows it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.report.events import ReportFormat, ReportTemplate, Suppression
from domain.report.state import ReportState
from domain.values import Code, Digest
from projections.current import Current


class GeneratedAnswer(Struct, frozen=True, kw_only=True):
    """The file that was made: its SHA-256, its size in bytes, and what had to be left out of it, with the reason.

    Files are kept for a time; from `discarded_at` on it is gone, and the report can be asked for anew.
    """

    at: datetime | None
    template_version: int
    as_of_position: int | UnsetType = UNSET
    sha256: Digest
    size: int
    suppressions: tuple[Suppression, ...]
    discarded_at: datetime | None


class FileAnswer(Struct, frozen=True, kw_only=True):
    """Where the file is to be had, without a key, until when. Read the report again for a new link."""

    path: str
    media_type: str
    expires_at: datetime


class ReportAnswer(Struct, frozen=True, kw_only=True):
    """A report that was asked for; `generated` is null until its file is there.

    `file` is the link to it, in the answer about one report, for whom it is: null when it holds more than the reader may see
    by now, such as after a consent was withdrawn. `shared` are those that it was opened to after it was made.
    """

    id: UUID
    version: int | UnsetType = UNSET
    template: ReportTemplate
    subject_id: UUID
    period: Code
    as_of: date
    format: ReportFormat
    recipients: tuple[UUID, ...]
    shared: tuple[UUID, ...]
    requested_by: UUID
    requested_at: datetime | None
    generated: GeneratedAnswer | None
    file: FileAnswer | None


class ReportsAnswer(Struct, frozen=True, kw_only=True):
    """A page of reports; `next_cursor` leads to the next one."""

    items: tuple[ReportAnswer, ...]
    next_cursor: str | UnsetType = UNSET


def report_answer(current: Current[ReportState], file: FileAnswer | None, *, counts: bool) -> ReportAnswer:
    """`counts`: the reader may know the stream's version, and positions of the log."""
    state = current.state
    return ReportAnswer(
        id=state.id,
        version=current.version if counts else UNSET,
        template=state.template,
        subject_id=state.subject_id,
        period=state.period,
        as_of=state.as_of,
        format=state.format,
        recipients=state.recipients,
        shared=state.shared,
        requested_by=state.requested_by,
        requested_at=state.requested_at,
        generated=generated_answer(state, counts=counts),
        file=file,
    )


def generated_answer(state: ReportState, *, counts: bool) -> GeneratedAnswer | None:
    made = state.generated
    if made is None:
        return None
    return GeneratedAnswer(
        at=state.generated_at,
        template_version=made.template_version,
        as_of_position=made.as_of_position if counts else UNSET,
        sha256=made.sha256,
        size=made.size,
        suppressions=made.suppressions,
        discarded_at=state.discarded_at,
    )
