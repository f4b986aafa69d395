"""Whose plan is it (15): the client's share of the changes, and the share that the client approved."""

from __future__ import annotations

from domain.plan.events import BaselineRecorded, ChangeAccepted, ChangeDeclined, ChangeProposed
from domain.plan.terms import Baseline
from projections.kpi import authorship as kpi
from tests.projections.history import (
    CHANGE,
    CLIENT,
    COACH,
    DIGEST,
    OBJECTIVE,
    OTHER,
    SECOND,
    History,
    activated,
    approved,
    asked,
    defined,
    milestone,
    moved,
    proposed,
    reached,
    refined,
    terms,
    withdrawn,
)
from tests.projections.promise import committed, dropped, rescheduled

PERIOD = asked("to_date", "2026-12-01")


def agreed() -> History:
    """The coach defined, the client approved, the plan is active."""
    history = History().on("2026-01-10", defined(by="coach"), proposed())
    return history.on("2026-01-20", approved("client"), actor=CLIENT).on("2026-02-01", activated("2026-02-01"))


def change(party: str) -> ChangeProposed:
    return ChangeProposed(
        change_id=CHANGE,
        change=defined(OTHER, by="coach", change=CHANGE),
        proposed_by=party,  # type: ignore[arg-type]
        evidence=(),
        overrides=(),
        based_on=DIGEST,
        reason_code="learning",
        reason=None,
    )


def accepted(party: str, version: int | None) -> ChangeAccepted:
    return ChangeAccepted(change_id=CHANGE, party=party, plan_version=version, overrides=())  # type: ignore[arg-type]


class TestAuthor:
    def test_is_who_acted(self) -> None:
        history = History().on("2026-01-10", defined(), actor=CLIENT).on("2026-01-11", defined(OTHER), actor=COACH)
        number = kpi.client_authored([history.facts], PERIOD)
        assert (number.value, number.numerator, number.denominator) == (50, 1, 2)

    def test_is_who_initiated_what_another_entered(self) -> None:
        history = agreed().on("2026-02-10", milestone("2026-04-10", SECOND, initiated_by="client"))
        history.on("2026-02-11", moved("2026-04-10", "2026-04-20", SECOND, initiated_by="client"))
        assert kpi.client_authored([history.facts], PERIOD).numerator == 2

    def test_is_who_wanted_an_action_moved_or_dropped_or_a_milestone_withdrawn(self) -> None:
        history = agreed().on("2026-02-10", milestone("2026-04-10"), committed("2026-03-01"))
        before = kpi.client_authored([history.facts], PERIOD).denominator or 0
        moved_action = rescheduled("2026-03-01", "2026-03-08", initiated_by="client")
        dropped_action = dropped("2026-03-08", initiated_by="client")
        history.on("2026-02-20", moved_action, dropped_action, withdrawn("2026-04-10", initiated_by="client"))
        number = kpi.client_authored([history.facts], PERIOD)
        assert (number.numerator, number.denominator) == (3, before + 3)

    def test_of_an_accepted_change_is_its_proposer_and_it_counts_once(self) -> None:
        """The client proposes, the coach accepts: one event, the client's, though the coach acted."""
        history = agreed().on("2026-03-01", change("client"), actor=CLIENT)
        history.on("2026-03-02", accepted("coach", 2), defined(OTHER, by="client", change=CHANGE), actor=COACH)
        number = kpi.client_authored([history.facts], PERIOD)
        assert (number.numerator, number.denominator) == (1, 2)

    def test_a_declined_change_is_none(self) -> None:
        history = agreed().on("2026-03-01", change("client"), actor=CLIENT)
        history.on("2026-03-02", ChangeDeclined(change_id=CHANGE, party="coach", reason_code="scope", reason=None))
        assert kpi.client_authored([history.facts], PERIOD).denominator == 1

    def test_reports_and_approvals_change_nothing(self) -> None:
        history = agreed()
        before = kpi.client_authored([history.facts], PERIOD).denominator
        history.on("2026-02-10", milestone("2026-04-10")).on("2026-03-01", reached("2026-03-01"), actor=CLIENT)
        assert before is not None
        assert kpi.client_authored([history.facts], PERIOD).denominator == before + 1

    def test_a_period_without_changes_has_no_share(self) -> None:
        assert kpi.client_authored([agreed().facts], asked("2026-05", "2026-12-01")).value is None


class TestApproved:
    def test_is_what_a_later_approval_of_the_client_covers(self) -> None:
        assert kpi.client_approved([agreed().facts], PERIOD).value == 100

    def test_the_coach_approving_is_not_the_client_approving(self) -> None:
        history = History().on("2026-01-10", defined(by="coach"), proposed()).on("2026-01-20", approved("coach"))
        assert kpi.client_approved([history.facts], PERIOD).value == 0

    def test_is_a_change_that_the_client_accepted(self) -> None:
        history = agreed().on("2026-03-01", change("coach"))
        history.on("2026-03-02", accepted("client", 2), defined(OTHER, by="coach", change=CHANGE), actor=CLIENT)
        assert kpi.client_authored([history.facts], PERIOD).numerator == 0
        assert kpi.client_approved([history.facts], PERIOD).numerator == 2

    def test_first_milestones_are_covered_and_later_ones_are_not(self) -> None:
        history = History().on("2026-01-10", defined(by="coach"), milestone("2026-03-20"), proposed())
        history.on("2026-01-20", approved("client"), actor=CLIENT).on("2026-02-01", activated("2026-02-01", milestone="2026-03-20"))
        history.on("2026-02-10", milestone("2026-04-10", SECOND)).on("2026-02-20", approved("client"), actor=CLIENT)
        number = kpi.client_approved([history.facts], PERIOD)
        assert (number.numerator, number.denominator) == (2, 3)

    def test_a_baseline_found_out_after_activation_is_nobodys_agreement(self) -> None:
        baseline = Baseline(value=terms().baseline.value, at=terms().baseline.at)  # type: ignore[union-attr]
        history = agreed().on("2026-03-01", BaselineRecorded(objective_id=OBJECTIVE, measure_version=1, from_=None, baseline=baseline))
        history.on("2026-03-05", approved("client"), actor=CLIENT)
        assert kpi.client_approved([history.facts], PERIOD).numerator == 1

    def test_a_refinement_after_the_last_approval_is_not_covered(self) -> None:
        history = agreed().on("2026-03-01", refined())
        assert kpi.client_approved([history.facts], PERIOD).numerator == 1
