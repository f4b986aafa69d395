"""The rules of what is said in a session, and of what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.answering import RatingInstrumentUnknown, RatingOutOfScale
from domain.errors.session import (
    AlreadyRated,
    HeadCountInvalid,
    MinutesOutOfRange,
    NotAttended,
    SessionClosed,
    SessionNotBegun,
    VisibilityInvalid,
)
from domain.session.commands import (
    CaptureInsight,
    CompleteSession,
    CorrectSessionTime,
    CounterSessionTime,
    MakeSessionAgreement,
    RateSession,
    RecordReflection,
    RecordSessionNoShow,
    RecordSessionNote,
    ReviewCommitment,
)
from domain.session.context import PlanFacts, SessionContext
from domain.session.events import (
    CommitmentReviewed,
    InsightCaptured,
    ReflectionRecorded,
    SessionAgreementMade,
    SessionCompleted,
    SessionNoShowRecorded,
    SessionNoteRecorded,
    SessionRated,
    SessionTimeCorrected,
)
from domain.session.rating import INSTRUMENTS, current
from domain.values import OfAuthor, OfClient
from tests.domain import test_session_booking as booking
from tests.domain.spec import CLIENT, COACH, IDS, NOW, STRANGER, Happened, folded, given, uuid
from tests.domain.test_session_booking import CALLED_OFF, SCHEDULED, START

OBJECTIVE, ACTION = uuid(40), uuid(41)
PLAN = PlanFacts(objective_ids=frozenset({OBJECTIVE}), action_ids=frozenset({ACTION}))
AGREE = MakeSessionAgreement(focus="The next talk", wanted_outcome="A first sentence", objective_ids=(OBJECTIVE, OBJECTIVE))
AGREED = SessionAgreementMade(
    focus=OfClient("The next talk"),
    wanted_outcome=OfClient("A first sentence"),
    success_sign=None,
    why=None,
    objective_ids=(OBJECTIVE,),
    replaces=0,
)
CAPTURE = CaptureInsight(text="I ask too late.")
CAPTURED = InsightCaptured(insight_id=IDS[0], visibility="shared", text=OfClient("I ask too late."))
REVIEW = ReviewCommitment(action_id=ACTION, outcome="partly", learning="Mornings work.")
REVIEWED = CommitmentReviewed(action_id=ACTION, outcome="partly", learning=OfClient("Mornings work."))
COMPLETE = CompleteSession(minutes=45, steps=("agreement", "close", "close"))
COMPLETED = SessionCompleted(minutes=45, pro_bono=False, participants=1, steps=("agreement", "close"))
MISSED = SessionNoShowRecorded(absent="client")
NOTE = RecordSessionNote(text="Shy today.", visibility="private_coach")
NOTED = SessionNoteRecorded(note_id=IDS[0], note_version=1, visibility="private_coach", text=OfAuthor("Shy today."), replaces=0)
REFLECT = RecordReflection(text="I talked much.", visibility="shared")
REFLECTED = ReflectionRecorded(reflection_id=IDS[0], reflection_version=1, visibility="shared", text=OfAuthor("I talked much."), replaces=0)
RATE = RateSession(scores={"stars": 4}, comment="Good.")
RATED = SessionRated(instrument="stars", instrument_version=1, scores=OfClient({"stars": 4}), comment=OfClient("Good."))
CORRECT = CorrectSessionTime(from_=45, to=50, reason_code="other")
CORRECTED = SessionTimeCorrected(from_=45, to=50, reason_code="other", reason=None)


def context(**changes: Any) -> SessionContext:
    return booking.context(**{"plan": PLAN, "now": START + timedelta(hours=1)} | changes)


def test_agrees_on_what_the_session_is_about() -> None:
    given(SCHEDULED).when(AGREE, context()).then(AGREED)
    full = replace(AGREE, success_sign="I say it aloud", why="  ", objective_ids=(), seen=2)
    given(SCHEDULED, AGREED).when(full, context(actor=CLIENT)).then(
        replace(AGREED, success_sign=OfClient("I say it aloud"), objective_ids=(), replaces=2)
    )


def test_refuses_to_agree_over_what_was_not_seen_or_about_what_the_plan_has_not() -> None:
    refusal = given(SCHEDULED, AGREED).when(AGREE, context()).then_refused(VersionConflict, "/seen")
    assert refusal.facts == {"changed_at": 2}
    given(SCHEDULED).when(replace(AGREE, objective_ids=(OBJECTIVE, ACTION)), context()).then_refused(ItemUnknown, "/objective_ids/1")
    given(SCHEDULED).when(AGREE, context(plan=PlanFacts())).then_refused(ItemUnknown, "/objective_ids/0")


@pytest.mark.parametrize("over", [CALLED_OFF, MISSED, COMPLETED])
def test_refuses_to_agree_once_it_is_over(over: Any) -> None:
    given(SCHEDULED, over).when(AGREE, context()).then_refused(SessionClosed)


def test_captures_insights_and_reviews_commitments_in_the_session_and_after_it() -> None:
    given(SCHEDULED).when(CAPTURE, context()).then(CAPTURED)
    given(SCHEDULED, COMPLETED).when(CAPTURE, context()).then(CAPTURED)
    given(SCHEDULED).when(REVIEW, context()).then(REVIEWED)
    given(SCHEDULED, COMPLETED).when(replace(REVIEW, learning=None), context()).then(replace(REVIEWED, learning=None))


@pytest.mark.parametrize("over", [CALLED_OFF, MISSED])
@pytest.mark.parametrize("command", [CAPTURE, REVIEW])
def test_refuses_both_where_nobody_met(command: Any, over: Any) -> None:
    given(SCHEDULED, over).when(command, context()).then_refused(SessionClosed)


def test_refuses_a_commitment_that_is_not_in_the_plan() -> None:
    given(SCHEDULED).when(replace(REVIEW, action_id=OBJECTIVE), context()).then_refused(ItemUnknown, "/action_id")


def test_completes_a_session() -> None:
    given(SCHEDULED).when(COMPLETE, context()).then(COMPLETED)
    given(SCHEDULED).when(COMPLETE, context(pro_bono=True)).then(replace(COMPLETED, pro_bono=True))
    given(SCHEDULED).when(replace(COMPLETE, pro_bono=True, minutes=60), context()).then(replace(COMPLETED, pro_bono=True, minutes=60))
    given(SCHEDULED).when(replace(COMPLETE, participants=12), context(is_group=True)).then(replace(COMPLETED, participants=12))


def test_refuses_more_minutes_and_more_heads_than_there_can_be() -> None:
    given(SCHEDULED).when(replace(COMPLETE, minutes=481), context()).then_refused(MinutesOutOfRange, "/minutes")
    given(SCHEDULED).when(replace(COMPLETE, participants=2), context()).then_refused(HeadCountInvalid, "/participants")
    given(SCHEDULED, COMPLETED).when(replace(CORRECT, to=481), context()).then_refused(MinutesOutOfRange, "/to")


def test_takes_no_longer_than_has_passed_since_it_began() -> None:
    """By a clock that may be five minutes ahead of ours; a correction no more than the report."""
    given(SCHEDULED).when(replace(COMPLETE, minutes=65), context()).then(replace(COMPLETED, minutes=65))
    refusal = given(SCHEDULED).when(replace(COMPLETE, minutes=66), context()).then_refused(MinutesOutOfRange, "/minutes")
    assert refusal.facts == {"began_at": START, "most": 65}
    late = START + timedelta(minutes=30)
    begun = context(occurred_at=late)
    given(SCHEDULED).when(replace(COMPLETE, minutes=36, occurred_at=late), begun).then_refused(MinutesOutOfRange, "/minutes")
    given(SCHEDULED).when(replace(COMPLETE, minutes=35, occurred_at=late), begun).then(replace(COMPLETED, minutes=35))
    day = context(now=START + timedelta(days=1))
    given(SCHEDULED).when(replace(COMPLETE, minutes=480), day).then(replace(COMPLETED, minutes=480))
    given(SCHEDULED, COMPLETED).when(replace(CORRECT, to=66), context()).then_refused(MinutesOutOfRange, "/to")
    given(SCHEDULED, COMPLETED).when(replace(CORRECT, to=65), context()).then(replace(CORRECTED, to=65))
    counter = CounterSessionTime(from_=45, to=66, reason_code="other")
    given(SCHEDULED, COMPLETED).when(counter, context(exported=True)).then_refused(MinutesOutOfRange, "/to")


def test_of_what_was_booked_afterwards_it_is_said_when_it_began() -> None:
    booked = Happened(replace(SCHEDULED, reason_code="other"), at=START + timedelta(minutes=30))
    assert folded("session", [booked]).booked_afterwards
    for command, event in ((COMPLETE, COMPLETED), (RecordSessionNoShow(absent="client"), MISSED)):
        given(booked).when(command, context()).then_refused(OccurredAtOutOfRange, "/occurred_at")
        given(booked).when(replace(command, occurred_at=START), context(occurred_at=START)).then(event)
    early = START - timedelta(seconds=1)
    given(booked).when(replace(COMPLETE, occurred_at=early), context(occurred_at=early)).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_records_who_did_not_come() -> None:
    given(SCHEDULED).when(RecordSessionNoShow(absent="client"), context()).then(MISSED)


@pytest.mark.parametrize("command", [COMPLETE, RecordSessionNoShow(absent="coach")])
def test_refuses_an_outcome_before_it_began_and_a_second_one(command: Any) -> None:
    given(SCHEDULED).when(command, context(occurred_at=START)).then(*_outcome(command))
    early = context(occurred_at=START - timedelta(microseconds=1))
    given(SCHEDULED).when(command, early).then_refused(SessionNotBegun, "/occurred_at")
    for over in (COMPLETED, MISSED, CALLED_OFF):
        given(SCHEDULED, over).when(command, context()).then_refused(SessionClosed)


def _outcome(command: Any) -> list[Any]:
    return [COMPLETED] if isinstance(command, CompleteSession) else [replace(MISSED, absent="coach")]


@pytest.mark.parametrize("command", [COMPLETE, REVIEW, RecordSessionNoShow(absent="coach")])
def test_reports_what_happened_since_it_was_booked(command: Any) -> None:
    given(SCHEDULED).when(command, context(occurred_at=NOW - timedelta(seconds=1))).then_refused(OccurredAtOutOfRange, "/occurred_at")
    ahead = context(occurred_at=START + timedelta(hours=1, minutes=6))
    given(SCHEDULED).when(command, ahead).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_writes_notes_and_reflections_and_writes_them_anew() -> None:
    given(SCHEDULED).when(NOTE, context()).then(NOTED)
    again = replace(NOTE, note_id=IDS[0], text="Less shy.", visibility="shared", seen=2)
    rewritten = replace(NOTED, note_version=2, text=OfAuthor("Less shy."), visibility="shared", replaces=2)
    given(SCHEDULED, NOTED).when(again, context()).then(rewritten)
    mine = replace(REFLECT, visibility="private_client")
    given(SCHEDULED, CALLED_OFF).when(mine, context(actor=CLIENT)).then(replace(REFLECTED, visibility="private_client"))
    anew = replace(REFLECT, reflection_id=IDS[0], seen=2)
    given(SCHEDULED, REFLECTED).when(anew, context()).then(replace(REFLECTED, reflection_version=2, replaces=2))


@pytest.mark.parametrize("visibility", ["sponsor", "public", "private_client"])
@pytest.mark.parametrize("command", [NOTE, REFLECT, CAPTURE])
def test_lets_in_nobody_else(command: Any, visibility: str) -> None:
    refusal = given(SCHEDULED).when(replace(command, visibility=visibility), context()).then_refused(VisibilityInvalid, "/visibility")
    assert refusal.facts == {"known": ["shared", "private_coach"]}
    other = replace(command, visibility="private_coach")
    given(SCHEDULED).when(other, context(actor=CLIENT)).then_refused(VisibilityInvalid, "/visibility")


def test_only_who_wrote_it_writes_it_anew_and_of_what_is_private_nobody_learns() -> None:
    anew = replace(NOTE, note_id=IDS[0], visibility="shared", seen=2)
    shared = replace(NOTED, visibility="shared")
    given(SCHEDULED, shared).when(anew, context(actor=CLIENT)).then_refused(NotPermitted, "/note_id")
    given(SCHEDULED, NOTED).when(anew, context(actor=CLIENT)).then_refused(ItemUnknown, "/note_id")
    given(SCHEDULED, NOTED).when(anew, context(actor=STRANGER)).then_refused(ItemUnknown, "/note_id")
    given(SCHEDULED).when(anew, context()).then_refused(ItemUnknown, "/note_id")
    reflection = replace(REFLECT, reflection_id=IDS[0], seen=2)
    given(SCHEDULED, REFLECTED).when(reflection, context(actor=CLIENT)).then_refused(NotPermitted, "/reflection_id")
    given(SCHEDULED).when(reflection, context()).then_refused(ItemUnknown, "/reflection_id")


def test_refuses_to_write_over_what_was_not_seen() -> None:
    refusal = given(SCHEDULED, NOTED).when(replace(NOTE, note_id=IDS[0]), context()).then_refused(VersionConflict, "/seen")
    assert refusal.facts == {"changed_at": 2}
    given(SCHEDULED).when(replace(REFLECT, seen=7), context()).then_refused(VersionConflict, "/seen")


def test_the_client_rates_what_took_place_once_by_each_instrument() -> None:
    nps = RateSession(instrument="nps", scores={"nps": 0})
    rated = SessionRated(instrument="nps", instrument_version=1, scores=OfClient({"nps": 0}), comment=None)
    given(SCHEDULED, COMPLETED).when(RATE, context(actor=CLIENT)).then(RATED)
    given(SCHEDULED, COMPLETED, RATED).when(nps, context(actor=CLIENT)).then(rated)
    given(SCHEDULED, COMPLETED, RATED).when(RATE, context(actor=CLIENT)).then_refused(AlreadyRated)


@pytest.mark.parametrize("past", [(), (MISSED,), (CALLED_OFF,)])
def test_refuses_to_rate_and_to_correct_what_did_not_take_place(past: Any) -> None:
    given(SCHEDULED, *past).when(RATE, context(actor=CLIENT)).then_refused(NotAttended)
    given(SCHEDULED, *past).when(CORRECT, context()).then_refused(NotAttended)


@pytest.mark.parametrize("scores", [{"stars": 0}, {"stars": 6}, {"nps": 4}, {"stars": 4, "nps": 4}])
def test_refuses_scores_beside_the_scale(scores: dict[str, int]) -> None:
    refusal = given(SCHEDULED, COMPLETED).when(replace(RATE, scores=scores), context()).then_refused(RatingOutOfScale, "/scores")
    assert refusal.facts == {"items": ["stars"], "lowest": 1, "highest": 5}


def test_refuses_an_instrument_that_there_is_not() -> None:
    refusal = given(SCHEDULED, COMPLETED).when(replace(RATE, instrument="mood"), context()).then_refused(RatingInstrumentUnknown)
    assert refusal.facts == {"known": ["nps", "srs", "stars", "wai_sr"]}


def test_the_scales_of_the_alliance_part_its_items() -> None:
    """Twelve items of 1 to 5: 12 to 60 in all, 4 to 20 on each of three scales."""
    alliance = INSTRUMENTS["wai_sr", 1]
    assert current("wai_sr") is alliance
    for point in (1, 5):
        scores = dict.fromkeys(alliance.items, point)
        assert alliance.fits(scores)
        assert alliance.sums(scores) == {"total": 12 * point, "goal": 4 * point, "task": 4 * point, "bond": 4 * point}
    only = dict.fromkeys(alliance.items, 1) | {f"item_{number}": 5 for number in (4, 6, 8, 11)}
    assert alliance.sums(only) == {"total": 28, "goal": 20, "task": 4, "bond": 4}
    assert INSTRUMENTS["srs", 1].sums(dict.fromkeys(("relationship", "goals", "approach", "overall"), 9)) == {"total": 36}


def test_corrects_the_time_from_what_it_is() -> None:
    state = given(SCHEDULED, COMPLETED).when(CORRECT, context()).then(CORRECTED)
    assert state.minutes_held == 50
    refusal = given(SCHEDULED, COMPLETED, CORRECTED).when(CORRECT, context()).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"minutes": 50}
    given(SCHEDULED, COMPLETED).when(replace(CORRECT, reason_code=None), context()).then_refused(ReasonRequired)
    given(SCHEDULED, COMPLETED).when(replace(CORRECT, to=45), context()).then_nothing()


def test_what_is_written_is_its_author_s() -> None:
    state = folded("session", [SCHEDULED, NOTED, Happened(replace(REFLECTED, reflection_id=uuid(60)), actor=CLIENT, role="client")])
    assert [one.author for one in (*state.notes.values(), *state.reflections.values())] == [COACH, CLIENT]
