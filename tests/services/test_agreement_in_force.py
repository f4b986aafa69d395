"""Question 6, by hand-written histories: which terms ruled when, and under which each session was held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.digest import digest_of_nothing, extended
from domain.engagement.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementSigned,
    EngagementActivated,
    MemberAdded,
    MemberRemoved,
    RecontractingOpened,
    RecontractingWithdrawn,
    Signatory,
)
from domain.event import Event
from domain.session.events import SessionCompleted, SessionRescheduled, SessionScheduled
from services.audit.question.agreement import signed_content
from services.audit.question.case import Case
from services.audit.question.force import agreement_in_force
from tests.projections.history import BERLIN, CLIENT, COACH, History, noon, uuid

SIDES: Any = ("client", "coach")
DRAFTED = AgreementDrafted(
    agreement_version=1,
    parties=(Signatory(party="client", person_id=CLIENT), Signatory(party="coach", person_id=COACH)),
    sessions=8,
    cadence_days=14,
    cancellation_hours=24,
    termination_days=14,
    confidentiality_limits=(),
    information_flows=(),
    ai_use="none",
    text=None,
    replaces=0,
)
ANEW = replace(DRAFTED, agreement_version=2, sessions=12, replaces=3)
OPENED = RecontractingOpened(agreement_version=1, changes=("sessions",), reason_code="scope", reason=None)
AMENDED = AgreementAmended(agreement_version=2, supersedes=1, digest="ab" * 32, narrowed=())


class Told(History):
    """The history of an engagement with sessions, each in a stream of its own."""

    def agreed(self, day: str, *events: Event) -> Told:
        self.on(day, *events, stream=self.engagement)
        return self

    def signed(self, day: str, version: int) -> Told:
        return self.agreed(
            day, *(AgreementSigned(party=side, agreement_version=version, digest="ab" * 32, method="click") for side in SIDES)
        )

    def held(self, day: str, number: int) -> Told:
        stream = uuid(80 + number)
        booked = SessionScheduled(
            session_id=stream,
            engagement_id=self.engagement,
            client_id=CLIENT,
            coach_id=COACH,
            session_no=number,
            starts_at=noon(day),
            minutes=60,
            zone="Europe/Berlin",
            kind="coaching",
            series_id=None,
            strategy_id=None,
        )
        self.on(day, booked, stream=stream)
        self.on(day, SessionCompleted(minutes=60, pro_bono=False, participants=1, steps=()), stream=stream)
        return self


def amended() -> Told:
    told = Told().agreed("2026-01-05", DRAFTED).signed("2026-01-10", 1).agreed("2026-01-11", ACTIVATED).held("2026-01-20", 1)
    told.agreed("2026-02-01", OPENED).held("2026-02-05", 2).agreed("2026-02-06", ANEW).signed("2026-02-07", 2)
    return told.held("2026-02-10", 3).agreed("2026-02-15", AMENDED).held("2026-02-20", 4)


ACTIVATED = EngagementActivated(starts_on=date(2026, 1, 11), planned_end=date(2026, 7, 1))


def found(history: History, at: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    moment = None if at is None else noon(at)
    return [(one.kind, dict(one.facts)) for one in agreement_in_force(Case(history.engagement, history.feds, BERLIN, now, moment))]  # type: ignore[arg-type]


def under(history: History) -> list[tuple[int, int | None, bool]]:
    """Session, version of the terms, and whether they were agreed anew meanwhile."""
    sessions = [facts for kind, facts in found(history) if kind.startswith("session_")]
    return [(facts["session_no"], facts.get("number"), facts["recontracting"]) for facts in sessions]


def test_each_session_is_held_under_the_terms_that_ruled_then() -> None:
    assert under(amended()) == [(1, 1, False), (2, 1, True), (3, 1, True), (4, 2, False)]


def test_new_terms_rule_when_they_are_put_into_force_and_not_when_all_have_signed() -> None:
    kinds = dict(found(amended(), "2026-02-10"))
    assert (kinds["agreement_in_force"]["number"], kinds["agreement_in_force"]["sessions"]) == (1, 8)
    assert kinds["recontracting_open"]["number"] == 1
    after = dict(found(amended(), "2026-02-16"))
    assert (after["agreement_in_force"]["number"], after["agreement_in_force"]["since"]) == (2, date(2026, 2, 15))
    assert "recontracting_open" not in after


def test_how_long_the_old_terms_went_on_is_told() -> None:
    took = dict(found(amended()))["recontracting_took"]
    assert (took["opened_on"], took["amended_on"], took["days"]) == (date(2026, 2, 1), date(2026, 2, 15), 14)


def test_what_was_taken_back_is_agreed_anew_no_more() -> None:
    told = Told().agreed("2026-01-05", DRAFTED).signed("2026-01-10", 1).agreed("2026-01-11", ACTIVATED).agreed("2026-02-01", OPENED)
    taken_back = RecontractingWithdrawn(agreement_version=1, reason_code="other", reason=None)
    told.held("2026-02-05", 1).agreed("2026-02-06", taken_back).held("2026-02-10", 2)
    assert under(told) == [(1, 1, True), (2, 1, False)]
    kinds = dict(found(told))
    assert kinds["agreement_in_force"]["number"] == 1
    assert not kinds.keys() & {"recontracting_open", "recontracting_took"}


def test_a_session_before_all_had_signed_stands_out() -> None:
    told = Told().agreed("2026-01-05", DRAFTED).held("2026-01-08", 1).signed("2026-01-10", 1)
    assert under(told) == [(1, None, False)]
    (early,) = [
        one
        for one in agreement_in_force(Case(told.engagement, told.feds, BERLIN, datetime(2026, 6, 1, tzinfo=UTC)))  # type: ignore[arg-type]
        if one.kind == "session_without_agreement"
    ]
    assert early.stands_out


def test_a_session_that_was_moved_counts_when_it_began() -> None:
    told = Told().agreed("2026-01-05", DRAFTED)
    told.held("2026-01-08", 1)
    moved = SessionRescheduled(
        from_=noon("2026-01-08"),
        from_minutes=60,
        from_coach_id=COACH,
        to=noon("2026-01-12"),
        minutes=60,
        coach_id=COACH,
        initiated_by="client",
        reason_code="absence",
        reason=None,
    )
    completed = told.feds.pop()
    told.on("2026-01-08", moved, stream=uuid(81))
    told.signed("2026-01-10", 1)
    told.feds.append(completed)
    assert under(told) == [(1, 1, False)]


def test_what_is_recorded_later_than_asked_for_is_not_told() -> None:
    assert [kind for kind, _ in found(amended(), "2026-01-21")] == ["agreement_in_force", "session_under_agreement"]
    assert [kind for kind, _ in found(amended(), "2026-01-06")] == ["no_agreement_yet"]


BEN, EVE = uuid(70), uuid(71)
TOGETHER = (*DRAFTED.parties, Signatory(party="client", person_id=BEN))


def by(told: Told, day: str, *people: UUID) -> Told:
    """Signatures of a group, each by whose it is."""
    for person in people:
        signed = AgreementSigned(party="coach" if person == COACH else "client", agreement_version=1, digest="ab" * 32, method="click")
        told.on(day, signed, stream=told.engagement, actor=person)
    return told


def test_the_terms_of_a_group_rule_when_each_who_is_coached_has_signed() -> None:
    told = by(Told().agreed("2026-01-05", replace(DRAFTED, parties=TOGETHER)), "2026-01-10", CLIENT, COACH).held("2026-01-11", 1)
    assert under(told) == [(1, None, False)]
    assert under(by(told, "2026-01-12", BEN).held("2026-01-13", 2)) == [(1, None, False), (2, 1, False)]


def test_who_leaves_need_not_sign_any_more() -> None:
    told = by(Told().agreed("2026-01-05", replace(DRAFTED, parties=TOGETHER)), "2026-01-10", CLIENT, COACH)
    left = MemberRemoved(client_id=BEN, left_on=date(2026, 1, 12), head_count=1, reason_code="absence", reason=None)
    assert under(told.agreed("2026-01-12", left).held("2026-01-13", 1)) == [(1, 1, False)]


def test_who_joins_later_signs_what_rules_already() -> None:
    told = by(Told().agreed("2026-01-05", replace(DRAFTED, parties=TOGETHER)), "2026-01-10", CLIENT, COACH, BEN)
    told.agreed("2026-01-11", ACTIVATED).held("2026-01-20", 1)
    joined = told.agreed("2026-02-01", MemberAdded(client_id=EVE, joined_on=date(2026, 2, 1), head_count=3))
    kinds = dict(found(by(joined, "2026-02-03", EVE).held("2026-02-10", 2)))
    assert kinds["agreement_in_force"]["since"] == date(2026, 1, 10)
    assert "coaching_before_agreement" not in kinds
    assert under(joined) == [(1, 1, False), (2, 1, False)]


def test_who_joins_signs_the_content_of_the_terms_that_rule_also_while_new_ones_wait() -> None:
    told = Told().agreed("2026-01-05", DRAFTED)
    first = extended(digest_of_nothing(told.engagement), told.feds[-1])
    told.agreed("2026-02-01", OPENED).agreed("2026-02-06", ANEW)
    second = extended(first, told.feds[-1])
    for digest in (first, second):
        told.agreed("2026-02-07", AgreementSigned(party="client", agreement_version=1, digest=digest, method="click"))
    case = Case(told.engagement, told.feds, BERLIN, datetime(2026, 6, 1, tzinfo=UTC))  # type: ignore[arg-type]
    assert [one.kind for one in signed_content(case)] == ["signed_this_content", "signed_other_content"]
