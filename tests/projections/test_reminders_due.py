"""What reminders hang on, and which of them stand: by hand-written histories of one engagement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.engagement.events import AgreementDrafted, AgreementSigned, Signatory
from domain.event import Event
from domain.glossary import Party
from domain.plan.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDropped,
    ActionRescheduled,
    BaselineRecorded,
    ConfidenceRefined,
    EntryWithdrawn,
    MeasureReplaced,
    PlanReviewed,
    WinAcknowledged,
)
from domain.plan.terms import Baseline
from domain.values import OfClient
from projections.reminder.facts import Facts
from projections.reminder.follow import follow
from tests.projections.history import (
    BERLIN,
    CLIENT,
    COACH,
    MILESTONE,
    OBJECTIVE,
    PLAN,
    History,
    activated,
    concluded,
    defined,
    measure,
    measured,
    milestone,
    moved,
    reached,
    refined,
    uuid,
    withdrawn,
)
from tests.projections.test_kpi_pause import rest
from tests.workers.reminder.office import instant
from workers.reminder.anchor import Terms
from workers.reminder.rule import firings
from workers.reminder.slot import Quiet

ACTION, SECOND, THIRD = uuid(40), uuid(41), uuid(42)
TERMS = Terms(BERLIN, Quiet(20, 7), 30)
ZONES: dict[UUID, ZoneInfo] = {CLIENT: BERLIN, COACH: ZoneInfo("America/New_York")}


def facts_of(history: History, imported: bool = False) -> Facts:
    facts = Facts(engagement_id=history.engagement)
    for fed in history.feds:
        if type(fed.event) in follow.table:
            channel = "import" if imported else fed.meta.channel
            facts = follow(facts, replace(fed, meta=replace(fed.meta, channel=channel)))
    return facts


def told(history: History, rule: str) -> list[tuple[str, int, str]]:
    """Whom, how many days from the day, and when in UTC."""
    names = {CLIENT: "client", COACH: "coach"}
    found = [one for one in firings(facts_of(history), TERMS, ZONES) if one.key.rule == rule]
    return [(names[one.key.recipient_id], one.key.offset_days, f"{one.due_at:%m-%d %H:%M}") for one in found]


def active() -> History:
    return History().on("2026-01-10", defined(), milestone("2026-03-20")).on("2026-02-01", activated("2026-02-01", milestone="2026-03-20"))


def committed(due_on: str, action: UUID = ACTION, owner: UUID = CLIENT) -> ActionCommitted:
    return ActionCommitted(
        action_id=action, strategy_id=None, objective_id=OBJECTIVE, text=OfClient("Call Ben"), owner=owner, due_on=date.fromisoformat(due_on),
        first_step=None, accountable_to=None, session_id=None, committed_by="client",
    )  # fmt: skip


def done(on: str, action: UUID = ACTION) -> ActionCompleted:
    return ActionCompleted(action_id=action, completed_on=date.fromisoformat(on), evidence=None, effort_minutes=None)


def put_off(due_on: str, to: str) -> ActionRescheduled:
    days = (date.fromisoformat(due_on), date.fromisoformat(to))
    return ActionRescheduled(
        action_id=ACTION, from_=days[0], to=days[1], times_moved=1, rescheduled_by="client", initiated_by="client", reason_code="scope",
        reason=None,
    )  # fmt: skip


def dropped(due_on: str) -> ActionDropped:
    return ActionDropped(
        action_id=ACTION, due_on=date.fromisoformat(due_on), dropped_by="client", initiated_by="client", reason_code="scope", reason=None
    )


def reviewed(following: str) -> PlanReviewed:
    return PlanReviewed(
        review_no=1, reviewed_on=date(2026, 3, 1), decisions=(), next_review_on=date.fromisoformat(following), participants=(),
        reason_code=None, reason=None,
    )  # fmt: skip


def taken_back(history: History, kind: str, item: UUID) -> EntryWithdrawn:
    return EntryWithdrawn(corrects_version=history.version, entry=kind, item_id=item, reason_code="scope", reason=None)  # type: ignore[arg-type]


ACTION_DUE = [("client", -2, "03-18 07:00"), ("client", 0, "03-20 07:00"), ("client", 1, "03-21 07:00"), ("client", 7, "03-27 07:00")]
MILESTONE_DUE = [
    *(("client", -7, "03-13 07:00"), ("client", 0, "03-20 07:00"), ("client", 3, "03-23 07:00")),
    *(("coach", -7, "03-13 12:00"), ("coach", 0, "03-20 12:00"), ("coach", 3, "03-23 12:00")),
]


def test_an_action_is_its_owners() -> None:
    assert told(active().on("2026-03-02", committed("2026-03-20")), "action_due") == ACTION_DUE
    assert {who for who, _, _ in told(active().on("2026-03-02", committed("2026-03-20", owner=COACH)), "action_due")} == {"coach"}


def test_what_lies_before_the_promise_is_left_out() -> None:
    assert told(active().on("2026-03-19", committed("2026-03-20")), "action_due") == ACTION_DUE[1:]


@pytest.mark.parametrize("end", [done("2026-03-03"), dropped("2026-03-20")])
def test_an_action_that_is_over_is_nobodys(end: Event) -> None:
    assert told(active().on("2026-03-02", committed("2026-03-20")).on("2026-03-03", end), "action_due") == []


def test_an_action_that_is_not_done_after_all_is_due_again() -> None:
    history = active().on("2026-03-02", committed("2026-03-20")).on("2026-03-03", done("2026-03-03"))
    assert told(history.on("2026-03-04", taken_back(history, "action_completed", ACTION)), "action_due") == ACTION_DUE


def test_what_was_only_imported_reminds_nobody() -> None:
    history = active().on("2026-03-02", committed("2026-03-20"), measured(50, "2026-03-01"), reached("2026-03-02"))
    assert list(firings(facts_of(history), TERMS, ZONES))
    assert list(firings(facts_of(history, imported=True), TERMS, ZONES)) == []


def test_a_milestone_is_of_both_in_an_active_plan() -> None:
    draft = History().on("2026-01-10", defined(), milestone("2026-03-20"))
    assert told(draft, "milestone_due") == []
    assert told(active(), "milestone_due") == MILESTONE_DUE


@pytest.mark.parametrize("end", [reached("2026-03-02"), withdrawn("2026-03-20"), concluded()])
def test_a_milestone_that_is_over_is_nobodys(end: Event) -> None:
    assert told(active().on("2026-03-02", end), "milestone_due") == []


def test_a_milestone_that_is_not_reached_after_all_is_due_again() -> None:
    history = active().on("2026-03-02", reached("2026-03-02"))
    history.on("2026-03-03", taken_back(history, "milestone_reached", MILESTONE))
    assert told(history, "milestone_due") == MILESTONE_DUE
    assert told(history, "small_win") == []


def test_a_review_comes_after_the_cadence_and_then_when_it_was_agreed() -> None:
    assert {(offset, at) for who, offset, at in told(active(), "review_due") if who == "client"} == {(0, "03-03 07:00"), (3, "03-06 07:00")}
    history = active().on("2026-03-01", reviewed("2026-03-28"))
    assert told(history, "review_due")[:2] == [("client", 0, "03-28 07:00"), ("client", 3, "03-31 06:00")]  # summer time by then
    assert told(active().on("2026-03-01", concluded()), "review_due") == []


def test_three_weeks_without_a_value() -> None:
    assert told(active(), "objective_unmeasured") == [("client", 21, "02-22 07:00")]
    history = active().on("2026-02-10", measured(50, "2026-02-10"), measured(45, "2026-02-05"))
    assert told(history, "objective_unmeasured") == [("client", 21, "03-03 07:00")]
    assert told(history.on("2026-02-11", concluded()), "objective_unmeasured") == []


BASELINE = Baseline(value=Decimal(40), at=date(2026, 1, 5), source="self_report")


def replaced(baseline: Baseline | None) -> MeasureReplaced:
    return MeasureReplaced(to=measure(), version=2, baseline=baseline, baseline_by=None, target=Decimal(60), replaces=1)


def begun_without(**changes: Any) -> History:
    """A draft with an objective that has a measure, and no baseline."""
    return History().on("2026-01-10", defined(**{"baseline": None, **changes}))


def test_one_and_two_weeks_without_a_baseline_also_of_a_draft() -> None:
    history = begun_without()
    assert told(history, "baseline_missing") == [("client", 7, "01-17 07:00"), ("client", 14, "01-24 07:00")]
    assert told(rest(history, "2026-01-12", "2026-01-15"), "baseline_missing")[0] == ("client", 7, "01-20 07:00")
    assert told(begun_without(baseline=BASELINE), "baseline_missing") == []
    assert told(begun_without(measure=None, target=None), "baseline_missing") == []


@pytest.mark.parametrize(
    "then",
    [
        BaselineRecorded(objective_id=OBJECTIVE, measure_version=1, from_=None, baseline=BASELINE),
        measured(50, "2026-01-12"),
        concluded(),
        refined(replaced(BASELINE)),
    ],
    ids=["recorded", "measured", "concluded", "another measure with one"],
)
def test_who_has_where_to_begin_from_is_not_asked_for_it(then: Event) -> None:
    assert told(begun_without().on("2026-01-12", then), "baseline_missing") == []


def test_another_measure_without_a_baseline_is_asked_for_from_then_on() -> None:
    history = active().on("2026-03-02", refined(replaced(None)))
    assert told(history, "baseline_missing") == [("client", 7, "03-09 07:00"), ("client", 14, "03-16 07:00")]


def test_a_judgement_that_waits_or_was_taken_back_ends_nothing() -> None:
    waits = active().on("2026-02-11", concluded(client_agrees=None))
    assert told(waits, "objective_unmeasured") != []
    history = active().on("2026-02-11", concluded())
    assert told(history.on("2026-02-12", taken_back(history, "objective_concluded", OBJECTIVE)), "objective_unmeasured") != []


def test_two_postponements_are_a_drift_once_until_the_review() -> None:
    history = active().on("2026-03-02", moved("2026-03-20", "2026-03-25"))
    assert told(history, "objective_drifting") == []
    history.on("2026-03-03", committed("2026-03-20")).on("2026-03-04", put_off("2026-03-20", "2026-03-22"))
    assert told(history, "objective_drifting") == [("coach", 0, "03-04 13:00")]
    assert told(history.on("2026-03-05", moved("2026-03-25", "2026-03-30")), "objective_drifting") == [("coach", 0, "03-04 13:00")]
    assert told(history.on("2026-03-06", reviewed("2026-03-28")), "objective_drifting") == []
    assert told(history.on("2026-03-07", moved("2026-03-30", "2026-03-31")), "objective_drifting") == []


def test_an_earlier_day_is_no_postponement() -> None:
    history = active().on("2026-03-02", moved("2026-03-20", "2026-03-18"), moved("2026-03-18", "2026-03-17"))
    assert told(history, "objective_drifting") == []


@pytest.mark.parametrize(("to", "drifts"), [(3, True), (4, False), (None, False)])
def test_little_confidence_is_a_drift(to: int | None, drifts: bool) -> None:
    history = active().on("2026-03-02", refined(ConfidenceRefined(from_=7, to=to, comment=None)))
    assert bool(told(history, "objective_drifting")) is drifts


def test_three_in_time_in_a_row_are_a_win() -> None:
    history = active().on("2026-03-02", committed("2026-03-20"), committed("2026-03-20", SECOND), committed("2026-03-20", THIRD))
    history.on("2026-03-03", done("2026-03-03"), done("2026-03-03", SECOND))
    assert told(history, "small_win") == []
    assert told(history.on("2026-03-04", done("2026-03-04", THIRD)), "small_win") == [("client", 0, "03-04 13:00")]
    acknowledged = WinAcknowledged(
        win_id=uuid(50), what=OfClient("Three!"), on=date(2026, 3, 4), action_id=THIRD, milestone_id=None, acknowledged_by="client"
    )
    assert told(history.on("2026-03-04", acknowledged), "small_win") == []


def test_a_late_one_breaks_the_row() -> None:
    history = active().on("2026-03-02", committed("2026-03-20"), committed("2026-03-03", SECOND), committed("2026-03-20", THIRD))
    history.on("2026-03-05", done("2026-03-05"), done("2026-03-05", SECOND), done("2026-03-05", THIRD))
    assert told(history, "small_win") == []


def test_an_agreement_waits_for_those_who_have_not_signed() -> None:
    parties = tuple(Signatory(party=party, person_id=person) for party, person in people())
    drafted = AgreementDrafted(
        agreement_version=1, parties=parties, sessions=8, cadence_days=14, cancellation_hours=24, termination_days=30,
        confidentiality_limits=(), information_flows=(), ai_use="none", text=None, replaces=0,
    )  # fmt: skip
    history = History()
    history.on("2026-01-03", drafted, stream=history.engagement)
    assert [(who, offset) for who, offset, _ in told(history, "agreement_unsigned")] == [
        ("client", 2), ("client", 5), ("client", 10), ("coach", 2), ("coach", 5), ("coach", 10),
    ]  # fmt: skip
    signed = AgreementSigned(party="coach", agreement_version=1, digest="0" * 64, method="click")
    history.on("2026-01-04", signed, stream=history.engagement)
    assert told(history, "agreement_unsigned") == [
        ("client", 2, "01-05 07:00"),
        ("client", 5, "01-08 07:00"),
        ("client", 10, "01-13 07:00"),
    ]


def people() -> list[tuple[Party, UUID]]:
    return [("client", CLIENT), ("coach", COACH)]


def test_what_is_asked_for_is_of_the_plan_and_the_engagement() -> None:
    found = list(firings(facts_of(active()), TERMS, ZONES))
    assert {one.engagement_id for one in found} == {History().engagement}
    assert {one.key.subject_id for one in found} == {MILESTONE, OBJECTIVE, PLAN}
    assert min(one.due_at for one in found) > instant("2026-02-01 12:00")
