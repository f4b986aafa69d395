"""What the page of reports shows: those that the reader may know of, newest first, and the form to ask for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.report.decide import REQUESTERS
from domain.report.events import ReportTemplate
from services.actor import Actor
from services.pages.words import NOTHING, number, period
from services.report.answers import ReportAnswer
from services.wording.spoken import say

LATE: Final = timedelta(hours=1)
"""After that, who waits for a file is told to ask again: workers try for less."""
KILOBYTE: Final = 1000
FORMATS: Final = (("pdf", "PDF, to read"), ("json", "JSON, for programs"), ("csv", "CSV, for spreadsheets"))
TITLES: Final[Mapping[ReportTemplate, str]] = {
    "client_progress": "Progress report",
    "program_report": "Program report",
    "plan_ledger": "Ledger of the plan",
    "program_ledger": "Ledger of the program",
    "organization_ledger": "Ledger of everything",
}
ASKED_ABOUT: Final[Mapping[ReportTemplate, str]] = {
    "program_report": "Program: {name}",
    "client_progress": "Progress of {name}",
    "program_ledger": "Ledger of the program {name}",
    "plan_ledger": "Ledger of the plan of {name}",
    "organization_ledger": "Ledger of everything",
}
"""What the form calls a report about something, in the order in which it offers them."""
FOR_WHOM: Final = (("me", "Me"), ("sponsor", "Me and the sponsor"))


class State(NamedTuple):
    """How it stands with a report: the class that shows it, the word, and what to do, if there is something."""

    name: str
    word: str
    hint: str = ""


ASKED: Final = State("waiting", "Being made", "Usually within two minutes. Look again in a moment.")
MADE: Final = State("over", "Made")
FAILED: Final = State("late", "Not made", "Ask for it again. If that fails, too, tell who runs Throughline.")
GONE: Final = State("", "File gone", "Its time is over. Ask for it again.")


class ReportRow(NamedTuple):
    """A report in the list; `is_mine` when its file is for the reader, `left_out` counts what it leaves out."""

    shown: ReportAnswer
    title: str
    subject: str
    period: str
    state: State
    size: str
    left_out: int
    is_mine: bool


class Subject(NamedTuple):
    """What a report can be asked for about, as the form sends it; `chosen` when the address names it."""

    value: str
    label: str
    chosen: bool


class ReportsView(NamedTuple):
    """The whole page. Without `subjects` the reader asks for none."""

    rows: Sequence[ReportRow]
    subjects: Sequence[Subject]
    zone: ZoneInfo
    once: UUID
    asked: bool


def report_row(one: ReportAnswer, names: Mapping[UUID, str], actor: Actor, now: datetime) -> ReportRow:
    """`names` are those of programs, and of the clients of engagements, by the id of either."""
    return ReportRow(
        shown=one,
        title=TITLES[one.template],
        subject="" if one.template == "organization_ledger" else names.get(one.subject_id, NOTHING),
        period=period(one.period),
        state=state_of(one, now),
        size=f"{number(max(1, round(one.generated.size / KILOBYTE)), 0)} kB" if one.generated is not None else "",
        left_out=len(one.generated.suppressions) if one.generated is not None else 0,
        is_mine=actor.person_id in {one.requested_by, *one.recipients, *one.shared},
    )


def state_of(one: ReportAnswer, now: datetime) -> State:
    if one.generated is None:
        return ASKED if one.requested_at is not None and now - one.requested_at < LATE else FAILED
    return MADE if one.generated.discarded_at is None else GONE


def subjects_of(actor: Actor, programs: Mapping[UUID, str], clients: Mapping[UUID, str], chosen: UUID | None) -> list[Subject]:
    """What the reader may ask for: on programs by name, on engagements by their client, and of everything."""

    everything = {actor.tenant: ""} if actor.programs is None else {}
    subjects: Mapping[ReportTemplate, Mapping[UUID, str]] = {
        **{"program_report": programs, "client_progress": clients, "program_ledger": programs, "plan_ledger": clients},
        "organization_ledger": everything,
    }
    found = [
        Subject(f"{template} {id}", say(label, name=name), id == chosen)
        for template, label in ASKED_ABOUT.items()
        if actor.role in REQUESTERS[template]
        for id, name in sorted(subjects[template].items(), key=lambda item: (item[1].casefold(), item[0]))
    ]
    first = next((one for one in found if one.chosen), None)
    return [one._replace(chosen=one is first) for one in found]
