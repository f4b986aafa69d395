"""How soon coaching begins (21), how it ends (31) and what sponsors may see of it (32), against histories worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.engagement.events import (
    AgreementAmended,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementProposed,
    Recipient,
)
from projections.kpi import program
from projections.kpi.facts import Facts
from projections.kpi.value import Kpi, Share, guarded
from tests.projections.history import CLIENT, COACH, ENGAGEMENT, PROGRAM, History, activated, asked, noon, uuid
from tests.projections.meeting import begun, held

SPONSOR = uuid(50)


def enrolled(on: str = "2026-01-01", *, sponsor: UUID | None = SPONSOR, client: UUID = CLIENT, engagement: UUID = ENGAGEMENT) -> History:
    """An engagement of a participant, under way."""
    proposed = EngagementProposed(
        engagement_id=engagement,
        client_id=client,
        program_id=PROGRAM,
        kind="individual",
        pro_bono=False,
        sponsor_id=sponsor,
        enrolled_at=noon(on),
    )
    return begun(History(client, engagement).on("2026-01-02", proposed, stream=engagement))


def over(history: History, kind: Any, on: str, **more: Any) -> Facts:
    closing = {
        "engagement_id": history.engagement,
        "client_id": history.client,
        "coach_id": COACH,
        "program_id": PROGRAM,
        "seat": 1,
        "closed_on": date.fromisoformat(on),
        "next_session_no": 1,
    }
    return history.on(on, kind(**closing, **more), stream=history.engagement).facts


def completed(history: History, on: str) -> Facts:
    return over(history, EngagementCompleted, on, sessions_held=1, final_evaluation_id=uuid(60), sustainment_plan=None)


def ended(history: History, on: str, why: str | None) -> Facts:
    return over(history, EngagementEndedEarly, on, sessions_held=1, ended_by="client", reason_code=why, reason=None)


def cancelled(history: History, on: str) -> Facts:
    return over(history, EngagementCancelled, on, reason_code="scope", reason=None)


def value(kpi: Kpi) -> Decimal | None:
    return kpi.value


class TestTimeToValue:
    def test_counts_from_enrolment_to_the_first_session_in_the_period_of_that(self) -> None:
        facts = held(held(enrolled(), 1, "2026-02-15"), 2, "2026-01-20").facts
        assert [value(program.days_to_session([facts], asked(period, "2026-06-30"))) for period in ("to_date", "2026-01", "2026-02")] == [
            Decimal(19),
            Decimal(19),
            None,
        ]
        assert value(program.days_to_session([facts], asked("to_date", "2026-01-19"))) is None

    def test_takes_the_median_and_counts_the_plan_beside_it(self) -> None:
        several = [
            enrolled(on, client=uuid(70 + n), engagement=uuid(80 + n)) for n, on in enumerate(["2026-01-01", "2026-01-03", "2025-12-02"])
        ]
        facts = [one.on("2026-01-21", activated("2026-01-21")).facts for one in several]
        kpi = program.days_to_plan(facts, asked("2026-q1", "2026-06-30"))
        assert (kpi.value, kpi.n, kpi.clients) == (20, 3, 3)

    def test_who_was_not_enrolled_is_left_out(self) -> None:
        facts = held(begun(History()), 1, "2026-01-20").facts
        assert program.days_to_session([facts], asked("to_date", "2026-06-30")).n == 0


class TestCompletion:
    def test_counts_ends_in_the_period_with_the_reasons_of_early_ones(self) -> None:
        facts = [
            completed(enrolled(), "2026-03-31"),
            ended(enrolled(), "2026-03-02", "absence"),
            ended(enrolled(), "2026-03-03", "absence"),
            ended(enrolled(), "2026-03-04", None),
            cancelled(enrolled(), "2026-03-05"),
            enrolled().facts,
        ]
        kpi = program.completion(facts, asked("2026-q1", "2026-06-30"))
        assert (kpi.numerator, kpi.denominator) == (1, 4)
        assert kpi.mix == {"reason_code": (Share("absence", 2), Share("none", 1))}
        assert program.completion(facts, asked("2026-q2", "2026-06-30")).denominator == 0
        assert program.completion(facts, asked("2026-q1", "2026-03-30")).numerator == 0

    def test_a_small_group_tells_no_reason(self) -> None:
        kpi = guarded(program.completion([ended(enrolled(), "2026-03-02", "absence")], asked("to_date", "2026-06-30")), 5)
        assert (kpi.value, kpi.mix, kpi.suppressed) == (None, {}, "below_floor")


def consenting(history: History, on: str, *, until: str | None = None, to: Recipient | None = None) -> History:
    last = date.fromisoformat(until) if until else None
    granted = DisclosureConsentGranted(subjects=("progress",), recipient=to or Recipient(role="sponsor"), until=last)
    return history.on(on, granted, stream=ENGAGEMENT)


def withdrawing(history: History, on: str, *subjects: Any) -> History:
    event = DisclosureConsentWithdrawn(subjects=subjects or ("progress",), recipient=Recipient(role="sponsor"))
    return history.on(on, event, stream=ENGAGEMENT)


def share(history: History, today: str, period: str = "to_date") -> tuple[Decimal | None, Decimal | None]:
    kpi = program.consent_health([history.facts], asked(period, today))
    return kpi.numerator, kpi.denominator


class TestConsent:
    def test_counts_a_consent_while_it_is_in_force(self) -> None:
        history = consenting(enrolled(), "2026-02-01", until="2026-04-30")
        days = ("2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01")
        assert [share(history, day)[0] for day in days] == [0, 1, 1, 0]
        assert share(history, "2026-06-30", "2026-q1") == (1, 1)

    def test_what_is_withdrawn_counts_no_more(self) -> None:
        history = withdrawing(consenting(enrolled(), "2026-02-01"), "2026-03-01")
        assert [share(history, day)[0] for day in ("2026-02-28", "2026-03-01")] == [1, 0]
        assert share(consenting(history, "2026-03-15"), "2026-03-31") == (1, 1)
        assert share(withdrawing(consenting(enrolled(), "2026-02-01"), "2026-03-01", "attainment"), "2026-03-31") == (1, 1)

    def test_narrower_terms_end_what_they_do_not_let_through(self) -> None:
        amended = AgreementAmended(agreement_version=2, supersedes=1, digest="ab" * 32, narrowed=("progress",))
        history = consenting(enrolled(), "2026-02-01").on("2026-03-01", amended, stream=ENGAGEMENT)
        assert [share(history, day)[0] for day in ("2026-02-28", "2026-03-01")] == [1, 0]

    @pytest.mark.parametrize(("recipient", "counts"), [(Recipient(person_id=SPONSOR), 1), (Recipient(person_id=COACH), 0)])
    def test_only_what_reaches_the_sponsor_counts(self, recipient: Recipient, counts: int) -> None:
        assert share(consenting(enrolled(), "2026-02-01", to=recipient), "2026-03-31") == (counts, 1)

    def test_engagements_without_a_sponsor_or_over_are_left_out(self) -> None:
        assert share(enrolled(sponsor=None), "2026-03-31") == (0, 0)
        facts = completed(consenting(enrolled(), "2026-02-01"), "2026-03-02")
        assert program.consent_health([facts], asked("to_date", "2026-03-02")).denominator == 0
        assert program.consent_health([facts], asked("to_date", "2026-03-01")).numerator == 1
