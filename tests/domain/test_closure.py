"""When an engagement is over, what has to be done before, and what it gives back."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.command import Command
from domain.engagement.commands import (
    AssignCoach,
    CancelEngagement,
    CompleteEngagement,
    EndEngagementEarly,
    EndForErasure,
    PauseEngagement,
    SignAgreement,
)
from domain.engagement.context import Course
from domain.engagement.events import (
    DisclosureConsentGranted,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    Recipient,
)
from domain.errors import ReasonRequired
from domain.errors.engagement import (
    EngagementActive,
    EngagementEnded,
    EngagementNotActive,
    FinalEvaluationMissing,
    FutureSessionsExist,
    ObjectivesOpen,
)
from domain.event import Event
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, days, given, uuid
from tests.domain.test_engagement import ACTIVATE, ACTIVATED, ASSIGNED, CONTRACTED, DIGEST, DRAFT, DRAFTED, PROGRAM, PROPOSED, context
from tests.domain.test_pause import PAUSED

FINAL = uuid(40)
COURSE = Course(final_evaluation_id=FINAL, sessions_held=6, next_session_no=9)
GIVEN_BACK: dict[str, Any] = {
    "engagement_id": IDS[0],
    "client_id": CLIENT,
    "coach_id": COACH,
    "program_id": PROGRAM,
    "seat": 2,
    "closed_on": days(0),
    "next_session_no": 9,
}
RUNNING = (*CONTRACTED, ACTIVATED)
AT_WILL = tuple(replace(one, termination_days=0) if one == DRAFTED else one for one in RUNNING)
"""Under an agreement that asks for no notice: `test_notice.py` has those that do."""
COMPLETED = EngagementCompleted(**GIVEN_BACK, sessions_held=6, final_evaluation_id=FINAL, sustainment_plan=None)
ENDED = EngagementEndedEarly(**GIVEN_BACK, sessions_held=6, ended_by="coach", reason_code="other", reason=None)
CANCELLED = EngagementCancelled(**GIVEN_BACK, reason_code="other", reason=None)
END, CANCEL = EndEngagementEarly(reason_code="other"), CancelEngagement(reason_code="other")


def at_end(**changes: Any) -> Any:
    actor = {"actor": changes.pop("actor")} if "actor" in changes else {}
    return context(course=replace(COURSE, **changes), **actor)


@pytest.mark.parametrize(
    ("before", "end"),
    [
        (RUNNING, replace(ENDED, ended_by="client", reason_code="client_erased")),
        ((*RUNNING, PAUSED), replace(ENDED, ended_by="client", reason_code="client_erased")),
        (CONTRACTED, replace(CANCELLED, reason_code="client_erased")),
    ],
)
def test_an_erasure_ends_it_at_whichever_stage_whatever_is_booked(before: tuple[Event, ...], end: Event) -> None:
    given(*before).when(EndForErasure(), at_end(future_sessions=(uuid(60),))).then(end)


def test_an_erasure_leaves_what_is_over_as_it_ended() -> None:
    given(*RUNNING, COMPLETED).when(EndForErasure(), at_end()).then_nothing()


def test_completes_with_a_plan_for_the_time_after() -> None:
    words = CompleteEngagement(sustainment_plan="One review a quarter.")
    state = given(*RUNNING).when(words, at_end()).then(replace(COMPLETED, sustainment_plan=OfClient("One review a quarter.")))
    assert (state.stage, state.closed_on) == ("completed", days(0))


@pytest.mark.parametrize(
    ("course", "refusal"),
    [
        ({"final_evaluation_id": None}, FinalEvaluationMissing),
        ({"open_objectives": (uuid(41),)}, ObjectivesOpen),
        ({"future_sessions": (uuid(42),)}, FutureSessionsExist),
    ],
)
def test_refuses_to_complete_what_is_not_done(course: dict[str, Any], refusal: Any) -> None:
    given(*RUNNING).when(CompleteEngagement(), at_end(**course)).then_refused(refusal)


@pytest.mark.parametrize("past", [CONTRACTED, (*RUNNING, PAUSED)])
def test_completes_only_what_is_active(past: Any) -> None:
    given(*past).when(CompleteEngagement(), at_end()).then_refused(EngagementNotActive)


@pytest.mark.parametrize(("actor", "side"), [(CLIENT, "client"), (COACH, "coach"), (SPONSOR, "sponsor"), (STRANGER, "organization")])
def test_any_party_ends_it_early_with_objectives_open_and_nothing_evaluated(actor: Any, side: Any) -> None:
    open_still = {"final_evaluation_id": None, "open_objectives": (uuid(41),), "actor": actor}
    given(*AT_WILL).when(END, at_end(**open_still)).then(replace(ENDED, ended_by=side))


def test_what_rests_can_be_ended() -> None:
    state = given(*AT_WILL, PAUSED).when(END, at_end()).then(ENDED)
    assert (state.stage, state.pause) == ("ended_early", None)


def test_an_early_end_needs_a_reason_no_booked_session_and_coaching_that_began() -> None:
    given(*RUNNING).when(EndEngagementEarly(), at_end()).then_refused(ReasonRequired, "/reason")
    given(*AT_WILL).when(END, at_end(future_sessions=(uuid(42),))).then_refused(FutureSessionsExist)
    given(*CONTRACTED).when(END, at_end()).then_refused(EngagementNotActive)


def test_cancels_before_the_coaching_begins() -> None:
    assert given(*CONTRACTED).when(CANCEL, at_end()).then(CANCELLED).stage == "cancelled"
    given(PROPOSED).when(CANCEL, at_end()).then(replace(CANCELLED, coach_id=None, seat=None))


def test_refuses_to_cancel_what_began_what_is_booked_and_without_a_reason() -> None:
    given(*RUNNING).when(CANCEL, at_end()).then_refused(EngagementActive)
    given(*CONTRACTED).when(CANCEL, at_end(future_sessions=(uuid(42),))).then_refused(FutureSessionsExist)
    given(*CONTRACTED).when(CancelEngagement(), at_end()).then_refused(ReasonRequired, "/reason")


@pytest.mark.parametrize(
    "command",
    [CompleteEngagement(), END, CANCEL, ACTIVATE, DRAFT, AssignCoach(coach_id=COACH), SignAgreement(digest=DIGEST)],
    ids=lambda command: type(command).__name__,
)
def test_what_is_over_stays_over(command: Command) -> None:
    given(PROPOSED, ASSIGNED, CANCELLED).when(command, at_end()).then_refused(EngagementEnded)


def test_what_is_over_does_not_rest() -> None:
    given(*RUNNING, COMPLETED).when(PauseEngagement(reason_code="other"), context()).then_refused(EngagementNotActive)


def test_consents_end_with_it() -> None:
    consent = DisclosureConsentGranted(subjects=("progress",), recipient=Recipient(role="sponsor"), until=None)
    state = given(*RUNNING, consent).when(CompleteEngagement(), at_end()).then(COMPLETED)
    assert state.facts(days(0)).consents == frozenset()
