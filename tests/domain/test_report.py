"""The rules of a report."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, PeriodAhead
from domain.errors.report import AsOfInFuture, FileDiscarded, FileTellsMore, ReportNotMade, TooManyReports
from domain.report.commands import DiscardReport, GenerateReport, RequestReport, ShareReport, SuppressionBody
from domain.report.context import ReportContext
from domain.report.events import ReportDiscarded, ReportGenerated, ReportRequested, ReportShared
from domain.values import NIL
from tests.domain.spec import CLIENT, COACH, IDS, MANAGER, SPONSOR, STRANGER, TODAY, Happened, days, folded, given, known
from tests.domain.test_engagement import FACTS as PROGRAM
from tests.domain.test_evaluation import ENGAGEMENT

DIGEST = "ab" * 32
REQUEST = RequestReport(template="client_progress", subject_id=ENGAGEMENT.id, recipients=(CLIENT, COACH), period="2026-02")
REQUESTED = ReportRequested(
    report_id=IDS[0],
    template="client_progress",
    subject_id=ENGAGEMENT.id,
    period="2026-02",
    as_of=TODAY,
    format="pdf",
    recipients=(CLIENT, COACH),
)
OF_PROGRAM = RequestReport(template="program_report", subject_id=PROGRAM.id, recipients=(MANAGER,), format="csv")
HIDDEN = SuppressionBody(what="attainment", reason="below_floor")
GENERATE = GenerateReport(template_version=1, as_of_position=812, suppressions=(HIDDEN,), sha256=DIGEST, size=40_960, blob_key="r.1.pdf")
GENERATED = ReportGenerated(
    template="client_progress",
    template_version=1,
    as_of_position=812,
    suppressions=(HIDDEN,),
    sha256=DIGEST,
    size=40_960,
    blob_key="r.1.pdf",
)


def context(**changes: Any) -> ReportContext:
    return ReportContext(**known(**{"engagement": ENGAGEMENT} | changes))


def about_program(**changes: Any) -> ReportContext:
    usual = {"actor": MANAGER, "role": "program_manager", "engagement": None, "program": PROGRAM, "managers": frozenset({MANAGER})}
    return context(**usual | changes)


@pytest.mark.parametrize("role", ["client", "coach", "program_manager", "worker"])
def test_asks_for_the_progress_of_a_client(role: str) -> None:
    given().when(REQUEST, context(role=role)).then(REQUESTED)


@pytest.mark.parametrize("role", ["sponsor", "admin", "auditor", "integration"])
def test_refuses_who_has_no_say_in_it(role: str) -> None:
    given().when(REQUEST, context(role=role)).then_refused(NotPermitted, "/template")


@pytest.mark.parametrize("role", ["program_manager", "worker"])
def test_asks_for_the_report_of_a_program(role: str) -> None:
    (event,) = given().when(replace(OF_PROGRAM, recipients=(*PROGRAM.sponsor_ids, MANAGER)), about_program(role=role)).events()
    assert isinstance(event, ReportRequested)
    assert (event.template, event.subject_id, event.period, event.format) == ("program_report", PROGRAM.id, "to_date", "csv")
    assert event.recipients == (*PROGRAM.sponsor_ids, MANAGER)


@pytest.mark.parametrize("role", ["coach", "client", "sponsor"])
def test_the_report_of_a_program_is_for_its_managers_to_ask_for(role: str) -> None:
    given().when(OF_PROGRAM, about_program(role=role)).then_refused(NotPermitted, "/template")


def test_goes_to_those_who_have_to_do_with_its_subject() -> None:
    everyone = (CLIENT, COACH, SPONSOR, MANAGER)
    command = replace(REQUEST, recipients=everyone)
    given().when(command, context(managers=frozenset({MANAGER}))).then(replace(REQUESTED, recipients=everyone))
    given().when(command, context()).then_refused(NotPermitted, "/recipients/3")
    given().when(replace(OF_PROGRAM, recipients=(MANAGER, COACH)), about_program()).then_refused(NotPermitted, "/recipients/1")


def test_a_recipient_named_twice_gets_it_once() -> None:
    given().when(replace(REQUEST, recipients=(CLIENT, COACH, CLIENT)), context()).then(REQUESTED)
    given().when(replace(REQUEST, recipients=(CLIENT, CLIENT, STRANGER)), context()).then_refused(NotPermitted, "/recipients/2")


def test_each_template_has_its_kind_of_subject() -> None:
    given().when(replace(OF_PROGRAM, subject_id=ENGAGEMENT.id), context(role="worker")).then_refused(ItemUnknown, "/subject_id")
    given().when(REQUEST, about_program()).then_refused(ItemUnknown, "/subject_id")


def test_counts_until_today_at_the_latest() -> None:
    given().when(replace(REQUEST, as_of=days(-3)), context()).then(replace(REQUESTED, as_of=days(-3)))
    given().when(replace(REQUEST, as_of=TODAY), context()).then(REQUESTED)
    given().when(replace(REQUEST, as_of=days(1)), context()).then_refused(AsOfInFuture, "/as_of")


@pytest.mark.parametrize(
    ("period", "ahead"), [("2026-02", False), ("2026-03", True), ("2026-q1", False), ("2026-q2", True), ("to_date", False)]
)
def test_a_period_has_begun_by_the_last_day_that_counts(period: str, ahead: bool) -> None:
    command = replace(REQUEST, period=period, as_of=date(2026, 2, 28))
    if ahead:
        given().when(command, context()).then_refused(PeriodAhead, "/period")
    else:
        given().when(command, context()).then(replace(REQUESTED, period=period, as_of=date(2026, 2, 28)))


@pytest.mark.parametrize("period", ["2026", "2026-13", "2026-q5", "1999-01", "to_date\n", "yesterday"])
def test_a_period_is_a_month_a_quarter_or_to_date(period: str) -> None:
    body = {"template": "client_progress", "subject_id": str(ENGAGEMENT.id), "recipients": [str(CLIENT)], "period": period}
    with pytest.raises(msgspec.ValidationError, match=r"at `\$.period`"):
        msgspec.convert(body, RequestReport)


def test_nobody_asks_for_more_while_ten_of_theirs_are_not_made() -> None:
    given().when(REQUEST, context(waiting=9)).then(REQUESTED)
    given().when(REQUEST, context(waiting=10)).then_refused(TooManyReports)


def test_its_file_is_noted_once_and_the_first_stands() -> None:
    worker = context(actor=NIL, role="worker", engagement=None)
    given(REQUESTED).when(GENERATE, worker).then(GENERATED)
    given(REQUESTED, GENERATED).when(replace(GENERATE, sha256="cd" * 32), worker).then_nothing()


def test_knows_who_has_to_do_with_it() -> None:
    state = folded("report", [Happened(replace(REQUESTED, recipients=(CLIENT,)), actor=COACH)])
    assert (state.readers, state.program_id) == ({COACH, CLIENT}, None)
    assert folded("report", [replace(REQUESTED, template="program_report", subject_id=PROGRAM.id)]).program_id == PROGRAM.id


SHARE = ShareReport(recipients=(SPONSOR,))
SHARED = ReportShared(recipients=(SPONSOR,), sha256=DIGEST)
DISCARDED = ReportDiscarded(sha256=DIGEST, blob_key="r.1.pdf")
MADE = (REQUESTED, GENERATED)


@pytest.mark.parametrize("role", ["client", "coach", "program_manager"])
def test_is_shared_by_who_may_ask_for_it_with_who_may_see_all_of_it(role: str) -> None:
    given(*MADE).when(SHARE, context(role=role, cleared=frozenset({SPONSOR}))).then(SHARED)
    given(*MADE).when(SHARE, context(role="sponsor", cleared=frozenset({SPONSOR}))).then_refused(NotPermitted)


def test_is_shared_with_nobody_who_may_see_less_than_the_file_tells() -> None:
    given(*MADE).when(SHARE, context()).then_refused(FileTellsMore, "/recipients/0")
    both = ShareReport(recipients=(CLIENT, SPONSOR))
    given(*MADE).when(both, context(cleared=frozenset({CLIENT}))).then_refused(FileTellsMore, "/recipients/1")
    stranger = ShareReport(recipients=(SPONSOR, STRANGER))
    given(*MADE).when(stranger, context(cleared=frozenset({SPONSOR, STRANGER}))).then_refused(NotPermitted, "/recipients/1")


def test_is_shared_once_with_each_and_with_nobody_who_has_it_already() -> None:
    cleared = context(cleared=frozenset({SPONSOR, CLIENT}))
    given(*MADE).when(ShareReport(recipients=(CLIENT, SPONSOR, SPONSOR)), cleared).then(SHARED)
    given(*MADE).when(ShareReport(recipients=(CLIENT,)), cleared).then_nothing()
    given(*MADE, SHARED).when(SHARE, cleared).then_nothing()


def test_there_is_nothing_to_share_before_it_is_made_and_after_it_was_thrown_away() -> None:
    cleared = context(cleared=frozenset({SPONSOR}))
    given(REQUESTED).when(SHARE, cleared).then_refused(ReportNotMade)
    given(*MADE, DISCARDED).when(SHARE, cleared).then_refused(FileDiscarded)


def test_the_report_of_a_program_is_shared_by_its_managers() -> None:
    requested = replace(REQUESTED, template="program_report", subject_id=PROGRAM.id, recipients=(MANAGER,))
    made = (requested, replace(GENERATED, template="program_report"))
    sponsors = ShareReport(recipients=tuple(PROGRAM.sponsor_ids))
    cleared = frozenset(PROGRAM.sponsor_ids)
    given(*made).when(sponsors, about_program(cleared=cleared)).then(ReportShared(recipients=sponsors.recipients, sha256=DIGEST))
    given(*made).when(sponsors, about_program(role="coach", cleared=cleared)).then_refused(NotPermitted)


def test_who_it_is_shared_with_has_to_do_with_it() -> None:
    assert SPONSOR in folded("report", [*MADE, SHARED]).readers


def test_its_file_is_thrown_away_once_and_only_if_there_is_one() -> None:
    worker = context(actor=NIL, role="worker", engagement=None)
    given(*MADE).when(DiscardReport(), worker).then(DISCARDED)
    given(*MADE, DISCARDED).when(DiscardReport(), worker).then_nothing()
    given(REQUESTED).when(DiscardReport(), worker).then_refused(ReportNotMade)
    state = folded("report", [*MADE, DISCARDED])
    assert state.file is None
    assert state.generated is not None
