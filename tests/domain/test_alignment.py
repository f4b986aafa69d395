"""The sides meet at the start, in the middle and at the end, and never without the client."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import HoldAlignmentMeeting
from domain.engagement.events import AlignmentMeetingHeld
from domain.errors import OccurredAtOutOfRange
from domain.errors.engagement import ClientMustAttend, EngagementEnded
from domain.values import OfClient
from tests.domain.spec import COACH, NOW, TODAY, Happened, days, given
from tests.domain.test_choice import CANCELLED
from tests.domain.test_engagement import ACTIVATED, CONTRACTED, PROPOSED, context

MEET = HoldAlignmentMeeting(kind="start", attendees=("client", "coach", "sponsor"), agreed_points="Lead the new team.")
MET = AlignmentMeetingHeld(
    kind="start", held_on=TODAY, attendees=("client", "coach", "sponsor"), agreed_points=OfClient("Lead the new team.")
)


@pytest.mark.parametrize("kind", ["start", "mid", "end"])
def test_what_the_sides_agreed_on_is_kept(kind: Any) -> None:
    state = given(*CONTRACTED, ACTIVATED).when(replace(MEET, kind=kind), context()).then(replace(MET, kind=kind))
    (meeting,) = state.alignments
    assert (meeting.kind, meeting.noted_by, meeting.attendees) == (kind, COACH, MET.attendees)


def test_the_first_one_may_come_before_the_coaching_begins() -> None:
    given(PROPOSED).when(MEET, context()).then(MET)


@pytest.mark.parametrize("attendees", [("coach", "sponsor"), ("manager",)])
def test_nothing_is_agreed_about_an_absent_client(attendees: Any) -> None:
    given(*CONTRACTED).when(replace(MEET, attendees=attendees), context()).then_refused(ClientMustAttend, "/attendees")


def test_everybody_is_there_once_and_blank_points_say_nothing() -> None:
    twice = replace(MEET, attendees=("client", "coach", "client"), agreed_points=" ")
    given(PROPOSED).when(twice, context()).then(replace(MET, attendees=("client", "coach"), agreed_points=None))


def test_it_was_held_when_it_was_reported() -> None:
    past = Happened(PROPOSED, at=NOW - timedelta(days=9))
    given(past).when(MEET, context(occurred_at=NOW - timedelta(days=3))).then(replace(MET, held_on=days(-3)))
    given(past).when(MEET, context(occurred_at=NOW - timedelta(days=10))).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_none_is_held_when_it_is_over() -> None:
    given(PROPOSED, CANCELLED).when(MEET, context()).then_refused(EngagementEnded)
