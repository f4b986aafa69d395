"""What happens to a report. Each is a stream of its own; the file itself is stored beside the log, under `blob_key`."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.values import Code, Digest, StoredCode

ReportTemplate: TypeAlias = Literal["client_progress", "program_report", "plan_ledger", "program_ledger", "organization_ledger"]
"""What a report tells: how a client comes on, how a program does, or what was changed of what was agreed."""
OF_ENGAGEMENT: Final[frozenset[ReportTemplate]] = frozenset({"client_progress", "plan_ledger"})
"""Templates whose subject is an engagement."""
OF_PROGRAM: Final[frozenset[ReportTemplate]] = frozenset({"program_report", "program_ledger"})
LEDGERS: Final[frozenset[ReportTemplate]] = frozenset({"plan_ledger", "program_ledger", "organization_ledger"})
ReportFormat: TypeAlias = Literal["pdf", "json", "csv"]
"""What the file of a report is."""
SuppressionReason: TypeAlias = Literal["below_floor", "complementary", "difference", "consent_missing", "not_for_role"]
"""Why something is left out of a report: too few people, to hide what would give another cell away, no consent, or a reader's role."""


class Suppression(Struct, frozen=True, kw_only=True):
    """Something that is left out of a report: the code of a section, or of a cell in it, and why."""

    what: Code
    reason: SuppressionReason


class Cell(Struct, frozen=True, kw_only=True):
    """A number that a sponsor was told: its code, and the places in `counted` of the clients that it counts."""

    what: Code
    places: tuple[int, ...]


@stored("report.report_requested", schema_v=2)  # an earlier release cannot read all templates
class ReportRequested(Event, frozen=True):
    """A report was asked for: about an engagement or a program, for a period, with `as_of` as the last day that counts."""

    report_id: UUID
    template: ReportTemplate
    subject_id: UUID
    period: StoredCode
    as_of: date
    format: ReportFormat
    recipients: tuple[UUID, ...]


@stored("report.report_generated", schema_v=2)
class ReportGenerated(Event, frozen=True):
    """The report was made from what the log held at `as_of_position`, with what had to be left out; `size` is in bytes.

    Where a floor holds, `cells` say which groups were told of, so that no later report is told beside one that gives too
    few away, and anybody can decide that again; `counted` are all their clients, each once, or those whom a ledger tells of.
    """

    template: ReportTemplate
    template_version: int
    as_of_position: int
    suppressions: tuple[Suppression, ...]
    sha256: Digest
    size: int
    blob_key: StoredCode
    counted: tuple[UUID, ...] = ()
    cells: tuple[Cell, ...] = ()


@stored("report.report_shared")
class ReportShared(Event, frozen=True):
    """The file with that hash was opened to more people, who may see all that it tells."""

    recipients: tuple[UUID, ...]
    sha256: Digest


@stored("report.report_discarded")
class ReportDiscarded(Event, frozen=True):
    """The file with that hash was thrown away: the time that files are kept was over, or somebody was erased who may be named in it."""

    sha256: Digest
    blob_key: StoredCode
