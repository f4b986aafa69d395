"""Reviews within the cadence (16) and evaluations in time (17), each against a history worked by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from projections.kpi import evaluation, review
from projections.kpi.value import Kpi
from tests.projections.history import EVALUATION, History, activated, asked, defined, noon, uuid
from tests.projections.promise import judged, reviewed, scheduled


def active(policy: int = 0) -> History:
    """In force since the first of February. Policy 0 asks for a review every 30 days, policy 4 every 14."""
    return History().on("2026-01-10", defined()).on("2026-02-01", activated("2026-02-01"), policy_version=policy)


def made_of(number: Kpi) -> tuple[Decimal | None, Decimal | None]:
    return number.numerator, number.denominator


class TestReviewAdherence:
    def adherence(self, history: History, today: str, period: str = "to_date") -> tuple[Decimal | None, Decimal | None]:
        return made_of(review.adherence([history.facts], asked(period, today)))

    def test_runs_from_activation_to_the_first_review_and_from_review_to_review(self) -> None:
        """30 days, 31 days, and 20 so far."""
        history = active().on("2026-03-03", reviewed("2026-03-03")).on("2026-04-03", reviewed("2026-04-03"))
        assert self.adherence(history, "2026-04-23") == (1, 2)

    def test_an_open_one_counts_as_missed_once_it_is_longer_than_the_cadence(self) -> None:
        assert self.adherence(active(), "2026-03-03") == (0, 0)
        assert self.adherence(active(), "2026-03-04") == (0, 1)
        assert review.adherence([active().facts], asked("to_date", "2026-03-03")).value is None

    def test_it_is_missed_once_and_a_late_review_does_not_count_it_again(self) -> None:
        history = active().on("2026-05-10", reviewed("2026-05-10"))
        assert [self.adherence(history, "2026-05-20", month) for month in ("2026-02", "2026-03", "2026-04", "2026-05")] == [
            (0, 0),
            (0, 1),
            (0, 0),
            (0, 0),
        ]
        assert self.adherence(history, "2026-05-20") == (0, 1)

    def test_is_kept_in_the_period_of_its_review(self) -> None:
        history = active().on("2026-03-02", reviewed("2026-03-02"))
        assert self.adherence(history, "2026-03-20", "2026-02") == (0, 0)
        assert self.adherence(history, "2026-03-20", "2026-03") == (1, 1)

    def test_the_cadence_is_the_one_in_force_when_the_interval_began(self) -> None:
        """Of 30 days until the review on the third of March, of 14 from then on: 15 days are too many."""
        history = active().on("2026-03-03", reviewed("2026-03-03"), policy_version=4).on("2026-03-18", reviewed("2026-03-18"))
        assert self.adherence(history, "2026-03-20") == (1, 2)
        assert self.adherence(active(policy=4), "2026-02-16") == (0, 1)

    def test_a_longer_gap_that_was_agreed_is_longer_than_the_cadence_all_the_same(self) -> None:
        history = active().on("2026-02-20", reviewed("2026-02-20", following="2026-05-01")).on("2026-05-01", reviewed("2026-05-01"))
        assert self.adherence(history, "2026-05-02") == (1, 2)

    def test_reviews_count_in_the_order_in_which_they_were_held(self) -> None:
        history = active().on("2026-03-20", reviewed("2026-03-20")).on("2026-02-25", reviewed("2026-02-25"), recorded_at=noon("2026-03-21"))
        assert self.adherence(history, "2026-03-25") == (2, 2)

    def test_two_on_one_day_are_two(self) -> None:
        history = active().on("2026-02-20", reviewed("2026-02-20"), reviewed("2026-02-20"))
        assert self.adherence(history, "2026-02-21") == (2, 2)

    def test_a_plan_that_is_not_in_force_has_none(self) -> None:
        draft = History().on("2026-01-10", defined())
        assert self.adherence(draft, "2026-12-01") == (0, 0)
        assert self.adherence(active(), "2026-01-31") == (0, 0)

    def test_names_its_n_and_its_interval(self) -> None:
        """Wilson, 1 of 2: 9.4531 to 90.5469 per cent."""
        kept = active().on("2026-03-01", reviewed("2026-03-01")).facts
        number = review.adherence([kept, active().facts], asked("to_date", "2026-03-10"))
        assert (number.kpi, number.value, number.n, number.clients) == (16, 50, 2, 1)
        assert (number.low, number.high) == (Decimal("9.4531"), Decimal("90.5469"))


class TestEvaluationTimeliness:
    def planned(self, due_on: str = "2026-03-10") -> History:
        return active().on("2026-02-02", scheduled(due_on), stream=EVALUATION)

    def judge(self, history: History, party: str, day: str, **fields: object) -> History:
        return history.on(day, judged(party), stream=EVALUATION, **fields)  # type: ignore[arg-type]

    def both(self, day: str, **fields: object) -> History:
        return self.judge(self.judge(self.planned(), "client", day, **fields), "coach", day, **fields)

    def timeliness(self, history: History, today: str = "2026-05-01", period: str = "to_date") -> tuple[Decimal | None, Decimal | None]:
        return made_of(evaluation.timeliness([history.facts], asked(period, today)))

    @pytest.mark.parametrize(
        ("day", "hits"), [("2026-03-03", 1), ("2026-03-10", 1), ("2026-03-17", 1), ("2026-03-02", 0), ("2026-03-18", 0)]
    )
    def test_seven_days_before_and_after_are_in_time(self, day: str, hits: int) -> None:
        assert self.timeliness(self.both(day)) == (hits, 1)

    def test_it_is_only_in_time_when_every_side_was(self) -> None:
        history = self.judge(self.planned(), "client", "2026-03-10")
        assert self.timeliness(history) == (0, 1)
        assert self.timeliness(self.judge(history, "coach", "2026-03-20")) == (0, 1)

    def test_nobody_is_in_time_by_dating_back(self) -> None:
        assert self.timeliness(self.both("2026-03-10", recorded_at=noon("2026-03-18"))) == (0, 1)
        assert self.timeliness(self.both("2026-03-10", recorded_at=noon("2026-03-17"))) == (1, 1)

    def test_an_import_counts_by_the_day_on_which_it_was_made(self) -> None:
        assert self.timeliness(self.both("2026-03-12", recorded_at=noon("2026-04-18"), channel="import")) == (1, 1)
        assert self.timeliness(self.both("2026-03-18", recorded_at=noon("2026-04-18"), channel="import")) == (0, 1)

    def test_while_its_seven_days_run_it_is_neither_in_time_nor_late(self) -> None:
        assert self.timeliness(self.planned(), "2026-03-17") == (0, 0)
        assert self.timeliness(self.planned(), "2026-03-18") == (0, 1)
        assert self.timeliness(self.both("2026-03-12"), "2026-03-12") == (1, 1)

    def test_one_side_too_early_decides_it_on_the_day_it_is_due(self) -> None:
        history = self.judge(self.planned(), "client", "2026-02-20")
        assert self.timeliness(history, "2026-03-09") == (0, 0)
        assert self.timeliness(history, "2026-03-10") == (0, 1)

    def test_counts_in_the_period_in_which_it_was_due_though_it_was_recorded_after_that(self) -> None:
        history = active().on("2026-02-02", scheduled("2026-03-30"), stream=EVALUATION)
        history = self.judge(self.judge(history, "client", "2026-04-02"), "coach", "2026-04-06")
        assert self.timeliness(history, period="2026-03") == (1, 1)
        assert self.timeliness(history, period="2026-04") == (0, 0)

    def test_due_after_the_day_asked_for_it_is_not_due_yet(self) -> None:
        assert self.timeliness(self.both("2026-03-05"), "2026-03-09") == (0, 0)

    def test_days_are_those_of_the_organization(self) -> None:
        """Half past eleven at night on the 17th, UTC, is the 18th in Berlin."""
        late = datetime(2026, 3, 17, 23, 30, tzinfo=UTC)
        history = self.planned().on(late, judged("client"), judged("coach"), stream=EVALUATION)
        assert self.timeliness(history) == (0, 1)

    def test_another_evaluation_of_the_engagement_is_another_one(self) -> None:
        history = self.both("2026-03-10").on("2026-02-02", scheduled("2026-04-10", uuid(41), "client"), stream=uuid(41))
        number = evaluation.timeliness([history.facts], asked("to_date", "2026-05-01"))
        assert (number.kpi, number.value, number.n, number.clients) == (17, 50, 2, 1)
