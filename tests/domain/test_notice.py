"""When coaching ends early by notice: which days there are, what stands in between, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import (
    CompleteEngagement,
    EndAfterNotice,
    EndEngagementEarly,
    EndForErasure,
    PauseEngagement,
    WithdrawEngagementNotice,
)
from domain.engagement.events import EngagementActivated, EngagementEndedEarly, EngagementNoticeGiven, EngagementNoticeWithdrawn
from domain.errors import ReasonRequired
from domain.errors.engagement import EngagementEnded, EngagementNotActive, NoticeGivenAlready, NoticeNotGiven, NoticeTooShort
from domain.errors.program import DatesInverted
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, MANAGER, SPONSOR, days, given, uuid
from tests.domain.test_closure import AT_WILL, COMPLETED, ENDED, GIVEN_BACK, RUNNING, at_end
from tests.domain.test_engagement import CONTRACTED, context
from tests.domain.test_pause import PAUSED

NOTICE_DAYS = 14  # of the agreement
END = EndEngagementEarly(reason_code="other")
GIVEN = EngagementNoticeGiven(
    engagement_id=IDS[0],
    ends_on=days(NOTICE_DAYS),
    given_on=days(0),
    given_by="coach",
    notice_days=NOTICE_DAYS,
    next_session_no=9,
    reason_code="other",
    reason=None,
)
NOTED = (*RUNNING, GIVEN)
WITHDRAW = WithdrawEngagementNotice(reason="They have talked about it.")
WITHDRAWN = EngagementNoticeWithdrawn(ends_on=days(NOTICE_DAYS), reason_code=None, reason=OfAuthor("They have talked about it."))
AFTER = EndAfterNotice(ends_on=days(NOTICE_DAYS))


def on(day: int, **changes: Any) -> Any:
    return replace(at_end(**changes), today=days(day))


@pytest.mark.parametrize(("actor", "side"), [(CLIENT, "client"), (COACH, "coach"), (SPONSOR, "sponsor")])
def test_a_party_keeps_the_days_of_notice_whatever_is_booked(actor: Any, side: Any) -> None:
    state = given(*RUNNING).when(END, at_end(actor=actor, future_sessions=(uuid(60),))).then(replace(GIVEN, given_by=side))
    assert (state.stage, state.notice is not None and state.notice.ends_on) == ("active", days(NOTICE_DAYS))
    said = replace(END, ends_on=days(NOTICE_DAYS + 1))
    given(*RUNNING).when(said, at_end(actor=actor)).then(replace(GIVEN, given_by=side, ends_on=days(NOTICE_DAYS + 1)))
    refusal = (
        given(*RUNNING).when(replace(END, ends_on=days(NOTICE_DAYS - 1)), at_end(actor=actor)).then_refused(NoticeTooShort, "/ends_on")
    )
    assert refusal.facts == {"earliest": days(NOTICE_DAYS)}


def test_no_notice_reaches_beyond_the_planned_end() -> None:
    nearly_over = (*CONTRACTED, EngagementActivated(starts_on=days(-100), planned_end=days(3)))
    given(*nearly_over).when(END, at_end()).then(replace(GIVEN, ends_on=days(3)))
    given(*nearly_over).when(END, on(3)).then(replace(ENDED, closed_on=days(3)))
    given(*nearly_over).when(END, on(9)).then(replace(ENDED, closed_on=days(9)))
    refusal = given(*nearly_over).when(replace(END, ends_on=days(4)), at_end()).then_refused(DatesInverted, "/ends_on")
    assert refusal.facts == {"planned_end": days(3)}


def test_who_runs_the_program_ends_it_on_any_day_from_today() -> None:
    at = at_end(actor=MANAGER)
    given(*RUNNING).when(END, at).then(replace(ENDED, ended_by="organization"))
    tomorrow = replace(GIVEN, given_by="organization", ends_on=days(1))
    given(*RUNNING).when(replace(END, ends_on=days(1)), at).then(tomorrow)
    given(*RUNNING).when(replace(END, ends_on=days(-1)), at).then_refused(DatesInverted, "/ends_on")


def test_an_agreement_without_notice_ends_it_at_once() -> None:
    given(*AT_WILL).when(END, at_end()).then(ENDED)


def test_notice_needs_a_reason_and_coaching_that_began_and_is_not_over() -> None:
    given(*RUNNING).when(EndEngagementEarly(), at_end()).then_refused(ReasonRequired, "/reason")
    given(*CONTRACTED).when(END, at_end()).then_refused(EngagementNotActive)
    given(*RUNNING, COMPLETED).when(END, at_end()).then_refused(EngagementEnded)


def test_a_day_that_was_said_moves_only_to_an_earlier_one() -> None:
    refusal = given(*NOTED).when(END, at_end(actor=CLIENT)).then_refused(NoticeGivenAlready)
    assert refusal.facts == {"ends_on": days(NOTICE_DAYS)}
    given(*NOTED).when(replace(END, ends_on=days(NOTICE_DAYS)), at_end(actor=MANAGER)).then_refused(NoticeGivenAlready)
    sooner = replace(GIVEN, given_by="organization", ends_on=days(2))
    given(*NOTED).when(replace(END, ends_on=days(2)), at_end(actor=MANAGER)).then(sooner)
    given(*NOTED).when(END, at_end(actor=MANAGER)).then(replace(ENDED, ended_by="organization"))


def test_it_is_over_the_day_after_with_the_day_that_was_said_and_once() -> None:
    given(*NOTED).when(AFTER, on(NOTICE_DAYS)).then_nothing()
    over = replace(ENDED, closed_on=days(NOTICE_DAYS))
    state = given(*NOTED).when(AFTER, on(NOTICE_DAYS + 1, future_sessions=(uuid(60),))).then(over)
    assert (state.stage, state.closed_on, state.notice) == ("ended_early", days(NOTICE_DAYS), None)
    given(*NOTED).when(AFTER, on(NOTICE_DAYS + 40)).then(over)
    given(*NOTED, over).when(AFTER, on(NOTICE_DAYS + 1)).then_nothing()


def test_the_words_of_who_gave_notice_are_not_said_again_by_the_clock() -> None:
    why = OfAuthor("I move to another town.")
    ended: EngagementEndedEarly = replace(ENDED, closed_on=days(NOTICE_DAYS), reason_code=None, ended_by="client")
    noticed = replace(GIVEN, given_by="client", reason_code=None, reason=why)
    given(*RUNNING, noticed).when(AFTER, on(NOTICE_DAYS + 1)).then(ended)


def test_a_pause_does_not_move_the_last_day() -> None:
    rests = replace(PAUSED, until=None, reason_code="other", reason=None)
    state = given(*NOTED).when(PauseEngagement(reason_code="other"), context()).then(rests)
    assert (state.stage, state.notice is not None) == ("paused", True)
    given(*NOTED, PAUSED).when(AFTER, on(NOTICE_DAYS + 1)).then(replace(ENDED, closed_on=days(NOTICE_DAYS)))


def test_an_end_that_comes_before_is_the_end() -> None:
    assert given(*NOTED).when(CompleteEngagement(), at_end()).then(COMPLETED).notice is None
    erased = replace(ENDED, ended_by="client", reason_code="client_erased")
    given(*NOTED).when(EndForErasure(), at_end(future_sessions=(uuid(60),))).then(erased)
    for end in (COMPLETED, erased):
        given(*NOTED, end).when(AFTER, on(NOTICE_DAYS + 1)).then_nothing()


def test_notice_that_was_taken_back_ends_nothing() -> None:
    state = given(*NOTED).when(WITHDRAW, context()).then(WITHDRAWN)
    assert (state.stage, state.notice) == ("active", None)
    given(*NOTED, WITHDRAWN).when(AFTER, on(NOTICE_DAYS + 1)).then_nothing()
    given(*NOTED, WITHDRAWN).when(WITHDRAW, context()).then_refused(NoticeNotGiven)
    given(*NOTED, WITHDRAWN).when(END, at_end()).then(GIVEN)
    given(*NOTED).when(WithdrawEngagementNotice(), context()).then_refused(ReasonRequired, "/reason")
    given(*NOTED, COMPLETED).when(WITHDRAW, context()).then_refused(EngagementEnded)


def test_each_notice_takes_a_number_of_a_session() -> None:
    assert given(*RUNNING).when(END, at_end()).then(GIVEN).next_session_no(8) == GIVEN_BACK["next_session_no"] + 1
