"""The lines of the ledger and what stands out about them, by hand-written histories of one plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.evaluation.events import EvaluationRecorded, EvaluationScheduled
from domain.event import Event
from domain.plan.events import (
    ChangeAccepted,
    ChangeDeclined,
    ChangeProposed,
    EntryWithdrawn,
    MeasurementCorrected,
    MeasureRefined,
    MeasureReplaced,
    Override,
    Refinement,
    TargetRefined,
)
from domain.plan.terms import Band
from projections.change_ledger import Kept, apply, beside, key
from projections.kpi.objective import paced
from projections.ledger.course import Course
from projections.ledger.line import Line
from tests.projections.history import (
    CHANGE,
    CLIENT,
    COACH,
    ENGAGEMENT,
    EVALUATION,
    OBJECTIVE,
    PLAN,
    SECOND,
    History,
    activated,
    approved,
    concluded,
    defined,
    measure,
    measured,
    milestone,
    moved,
    noon,
    proposed,
    reached,
    refined,
    uuid,
    withdrawn,
)

SPONSOR = uuid(50)


def in_force(**changes: Any) -> History:
    """From 40 to 80 by the end of June, agreed on the first of February."""
    history = History().on("2026-01-10", defined(**changes), milestone("2026-03-20")).on("2026-01-20", proposed())
    return history.on("2026-01-25", approved("client"), actor=CLIENT).on("2026-02-01", activated("2026-02-01", milestone="2026-03-20"))


def lines(history: History) -> list[Line]:
    """Each of them after nothing but the events before it."""
    course: Kept | None = None
    found = []
    for fed in history.feds:
        if key(fed) is not None:
            after = apply(course, fed)
            left = beside(course, after, fed)
            assert isinstance(after, Course)
            course = after
            if left is not None:
                assert isinstance(left[1], Line)
                found.append(left[1])
    return found


def last(history: History) -> Line:
    line = lines(history)[-1]
    assert line.version == history.version, "the last event has a line"
    return line


def target(to: int | None, was: int = 80) -> TargetRefined:
    return TargetRefined(from_=Decimal(was), to=Decimal(to) if to is not None else None)


def asking(change: Event, by: Any = "coach", **more: Any) -> ChangeProposed:
    usual: dict[str, Any] = {"evidence": (), "overrides": (), "based_on": "ab" * 32, "reason_code": "learning", "reason": None}
    return ChangeProposed(change_id=CHANGE, change=change, proposed_by=by, **{**usual, **more})  # type: ignore[arg-type]


def accepted(party: Any, version: int | None = 2, overrides: tuple[Override, ...] = ()) -> ChangeAccepted:
    return ChangeAccepted(change_id=CHANGE, party=party, plan_version=version, overrides=overrides)


def test_a_draft_is_agreed_with_nobody() -> None:
    history = History().on("2026-01-10", defined(), milestone("2026-03-20"), moved("2026-03-20", "2026-03-25"), refined(target(60)))
    assert lines(history) == []
    assert [line.said.kind for line in lines(in_force())] == ["plan_proposed", "plan_approved", "plan_activated"]


def test_a_move_says_how_far_and_on_whose_wish() -> None:
    line = last(in_force().on("2026-02-10", moved("2026-03-20", "2026-04-03", initiated_by="client")))
    said = line.said
    assert (said.kind, said.from_, said.to, said.days) == ("milestone_moved", "2026-03-20", "2026-04-03", 14)
    assert (line.actor, line.role, line.initiator, line.reason_code) == (COACH, "coach", "client", "capacity")
    assert line.flags == (), "whether it was due depends on the zone of who reads"
    assert said.due_on == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("objective", "change", "kind"),
    [
        ({}, target(60), "target_lowered"),
        ({}, target(90), "target_raised"),
        ({}, target(None), "target_lowered"),
        ({"measure": measure("decrease"), "target": Decimal(20)}, target(30, 20), "target_lowered"),
        ({"measure": measure("decrease"), "target": Decimal(20)}, target(10, 20), "target_raised"),
        (
            {"measure": measure("maintain", Band(low=Decimal(40), high=Decimal(60))), "target": None},
            MeasureRefined(to=measure("maintain", Band(low=Decimal(30), high=Decimal(60))), replaces=1),
            "target_lowered",
        ),
        (
            {"measure": measure("maintain", Band(low=Decimal(40), high=Decimal(60))), "target": None},
            MeasureRefined(to=measure("maintain", Band(low=Decimal(50), high=Decimal(70))), replaces=1),
            "target_changed",
        ),
        ({}, MeasureRefined(to=measure(), replaces=1), "objective_refined"),
        ({"target": None}, TargetRefined(from_=None, to=Decimal(80)), "target_raised"),
    ],
)
def test_lowered_is_what_became_easier(objective: dict[str, Any], change: Refinement, kind: str) -> None:
    assert last(in_force(**objective).on("2026-02-10", refined(change))).said.kind == kind


def test_a_target_lowered_after_a_result_is_told_with_its_pace() -> None:
    """28 February: 27 of 149 days after the first of February, a quarter of the way."""
    line = last(in_force().on("2026-02-20", measured(50, "2026-02-20")).on("2026-02-28", refined(target(60))))
    assert line.flags == ("lowered_after_result",)
    assert line.eased is not None
    assert line.eased.progress == Decimal("0.25")
    pace = paced(line.eased.progress, line.eased.since.date(), line.eased.due_on, date(2026, 2, 28))
    assert pace == Decimal("0.25") * 149 / 27


@pytest.mark.parametrize("change", [target(60), target(90)])
def test_before_a_result_or_made_harder_nothing_stands_out(change: Refinement) -> None:
    assert last(in_force().on("2026-02-10", refined(change))).flags == ()
    assert last(in_force().on("2026-02-10", measured(50, "2026-02-10"), refined(target(90)))).flags == ()


def test_a_measure_replaced_after_a_result_begins_anew() -> None:
    new = MeasureReplaced(to=measure(), version=2, baseline=None, baseline_by=None, target=Decimal(5), replaces=1)
    history = in_force().on("2026-02-10", measured(50, "2026-02-10"), refined(new))
    line = last(history)
    assert (line.said.kind, line.said.from_, line.said.to, line.flags) == (
        "measure_replaced",
        "80",
        "5",
        ("measure_replaced_after_result",),
    )
    assert last(history.on("2026-02-11", refined(target(4, 5)))).flags == (), "the new measure has no result yet"
    assert last(in_force().on("2026-02-10", refined(new))).flags == ()


def test_an_approval_after_the_change_says_since_when_it_was_in_force() -> None:
    change = refined(target(60), change=CHANGE)
    history = in_force().on("2026-02-10", asking(change)).on("2026-02-12", accepted("client"), change, actor=CLIENT)
    assert lines(history)[-1].initiator == "coach", "what was accepted was the wish of who proposed it"
    line = last(history.on("2026-02-20", replace(approved("client"), plan_version=2), actor=CLIENT))
    assert (line.flags, line.waiting_since) == (("approved_after_change",), noon("2026-02-12"))
    again = last(history.on("2026-02-21", replace(approved("coach"), plan_version=2)))
    assert again.flags == ("approved_after_change",)
    assert last(history.on("2026-02-22", replace(approved("client"), plan_version=2), actor=CLIENT)).flags == ()


def test_an_override_of_the_gate_stands_out_where_it_was_used() -> None:
    override = Override(objective_id=OBJECTIVE, code="no_measure", reason_code="learning", reason=None)  # type: ignore[arg-type]
    history = History().on("2026-01-10", defined()).on("2026-01-20", proposed())
    assert last(history.on("2026-02-01", replace(activated("2026-02-01"), overrides=(override,)))).flags == ("gate_overridden",)
    added = defined(SECOND, change=CHANGE)
    history.on("2026-02-10", asking(added, overrides=(override,)))
    assert last(history).flags == ("gate_overridden",)
    assert last(history.on("2026-02-12", accepted("client", overrides=(override,)), actor=CLIENT)).flags == ("gate_overridden",)


def test_one_person_who_agrees_with_themselves_stands_out() -> None:
    change = refined(target(60), change=CHANGE)
    history = in_force().on("2026-02-10", asking(change))
    assert last(history.on("2026-02-11", accepted("client", None), actor=CLIENT)).flags == ()
    assert last(history.on("2026-02-12", accepted("sponsor"), actor=COACH)).flags == ("self_approved",)
    drafted = History().on("2026-01-10", defined()).on("2026-01-20", proposed(), approved("coach"))
    assert last(drafted).flags == (), "who proposes a plan approves it for the same party"
    assert last(drafted.on("2026-01-21", approved("sponsor"), actor=SPONSOR)).flags == ()
    assert last(drafted.on("2026-01-22", approved("client"), actor=SPONSOR)).flags == ("self_approved",)


@pytest.mark.parametrize(("days", "channel", "listed"), [(7, "web", False), (8, "web", True), (8, "import", False)])
def test_a_report_stands_in_the_ledger_when_it_was_dated_back(days: int, channel: str, listed: bool) -> None:
    late = noon("2026-02-20") + timedelta(days=days)
    for event in (reached("2026-02-20"), measured(50, "2026-02-20")):
        found = lines(in_force().on("2026-02-20", event, recorded_at=late, channel=channel))
        assert [line.flags for line in found[3:]] == ([("back_dated",)] if listed else [])


def test_an_evaluation_dated_back_has_its_line() -> None:
    due = EvaluationScheduled(
        evaluation_id=EVALUATION,
        engagement_id=ENGAGEMENT,
        client_id=CLIENT,
        kind="interim",
        point="mid",
        due_on=date(2026, 3, 1),
        evaluators=("coach",),
        from_program=False,
    )
    given = EvaluationRecorded(
        evaluator="coach", plan_id=PLAN, plan_version=1, effectiveness=4, ratings=(), levels=(), benefits=(), summary=None
    )
    history = in_force().on("2026-02-10", due, stream=EVALUATION)
    found = lines(history.on("2026-03-01", given, stream=EVALUATION, recorded_at=noon("2026-04-01")))[-1]
    assert (found.said.kind, found.flags, found.stream_id) == ("evaluation_recorded", ("back_dated",), EVALUATION)


def test_what_waits_says_since_when() -> None:
    history = in_force().on("2026-02-10", asking(refined(target(60), change=CHANGE), by="client"), actor=CLIENT)
    declined = ChangeDeclined(change_id=CHANGE, party="coach", reason_code="scope", reason=None)
    line = last(history.on("2026-03-10", declined))
    assert (line.said.kind, line.waiting_since, line.initiator) == ("change_declined", noon("2026-02-10"), "client")


def test_what_was_said_wrongly_has_its_line() -> None:
    history = in_force().on("2026-02-10", measured(50, "2026-02-10"))
    wrong = MeasurementCorrected(
        objective_id=OBJECTIVE, corrects_version=history.version, from_=Decimal(50), to=Decimal(45), reason_code="error", reason=None
    )
    line = last(history.on("2026-02-11", wrong))
    assert (line.said.kind, line.said.from_, line.said.to) == ("measurement_corrected", "50", "45")
    history.on("2026-03-01", reached("2026-03-01"))
    back = EntryWithdrawn(corrects_version=history.version, entry="milestone_reached", item_id=uuid(12), reason_code="error", reason=None)
    line = last(history.on("2026-03-02", back))
    assert (line.said.kind, line.said.detail) == ("entry_withdrawn", "milestone_reached")
    kinds = [one.said.kind for one in lines(history.on("2026-03-03", withdrawn("2026-03-20"), concluded()))]
    assert kinds[-2:] == ["milestone_withdrawn", "objective_concluded"]


def test_a_line_is_its_events_evidence() -> None:
    history = in_force()
    history.feds[-1] = replace(history.feds[-1], payload_hash=bytes(range(32)))
    line = last(history)
    assert (line.stream_id, line.version, line.payload_hash) == (PLAN, history.version, bytes(range(32)).hex())
    assert isinstance(line.occurred_at, datetime)
