"""Who of a group came to a session, who of them rates it, and what a member does to the plan."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import NotPermitted
from domain.errors.session import AlreadyRated, AttendeeUnknown, HeadCountInvalid, NotThere, VisibilityInvalid
from domain.plan.commands import CommitAction, CompleteAction
from domain.session.commands import CompleteSession, RecordReflection
from domain.session.events import SessionCompleted
from tests.domain.planning import ACTION, ENGAGED, by, committed, defined, drafted
from tests.domain.spec import CLIENT, COACH, STRANGER, Happened, days, folded, given, uuid
from tests.domain.test_session_booking import ENGAGEMENT, SCHEDULED, START
from tests.domain.test_session_held import COMPLETED, RATE, RATED, context

ABSENT, OUTSIDER = uuid(7), uuid(8)
TOGETHER = frozenset({CLIENT, STRANGER, ABSENT})
CAME = SessionCompleted(minutes=60, pro_bono=False, participants=2, steps=(), attended=(CLIENT, STRANGER))


def of_group(**changes: Any) -> Any:
    members = replace(ENGAGEMENT, members=frozenset({STRANGER, ABSENT}))
    return context(**{"is_group": True, "coached": TOGETHER, "engagement": members} | changes)


def complete(**changes: Any) -> CompleteSession:
    return replace(CompleteSession(minutes=60), **changes)


def test_who_came_says_how_many_they_were() -> None:
    given(SCHEDULED).when(complete(attended=(CLIENT, STRANGER, CLIENT)), of_group(occurred_at=START)).then(CAME)
    given(SCHEDULED).when(complete(participants=2, attended=(CLIENT, STRANGER)), of_group(occurred_at=START)).then(CAME)
    told = given(SCHEDULED).when(complete(participants=3), of_group(occurred_at=START)).then(replace(CAME, participants=3, attended=None))
    assert told.completed.attended is None


def test_only_who_is_coached_then_can_have_come_and_no_other_number() -> None:
    unknown = complete(attended=(CLIENT, OUTSIDER))
    given(SCHEDULED).when(unknown, of_group(occurred_at=START)).then_refused(AttendeeUnknown, "/attended/1")
    other = complete(participants=3, attended=(CLIENT, STRANGER))
    given(SCHEDULED).when(other, of_group(occurred_at=START)).then_refused(HeadCountInvalid, "/participants")


def test_each_who_came_rates_for_themselves_and_once() -> None:
    by_client = Happened(RATED, CLIENT, "client")
    given(SCHEDULED, CAME, by_client).when(RATE, of_group(actor=STRANGER)).then(RATED)
    given(SCHEDULED, CAME, by_client).when(RATE, of_group(actor=CLIENT)).then_refused(AlreadyRated)
    given(SCHEDULED, CAME).when(RATE, of_group(actor=ABSENT)).then_refused(NotThere)
    state = folded("session", [SCHEDULED, CAME, by_client, Happened(RATED, STRANGER, "client")])
    assert [one.by for one in state.ratings] == [CLIENT, STRANGER]


def test_where_nobody_said_who_came_those_rate_who_were_coached_then() -> None:
    unnamed = replace(COMPLETED, participants=3)
    given(SCHEDULED, unnamed).when(RATE, of_group(actor=ABSENT)).then(RATED)
    given(SCHEDULED, unnamed).when(RATE, of_group(actor=OUTSIDER)).then_refused(NotThere)


@pytest.mark.parametrize("visibility", ["private_client", "shared"])
def test_a_member_writes_for_their_own_eyes_or_for_all(visibility: Any) -> None:
    command = RecordReflection(text="I ask too late.", visibility=visibility)
    (event,) = given(SCHEDULED, CAME).when(command, of_group(actor=STRANGER)).events()
    assert getattr(event, "visibility", None) == visibility
    not_theirs = replace(command, visibility="private_coach")
    given(SCHEDULED, CAME).when(not_theirs, of_group(actor=STRANGER)).then_refused(VisibilityInvalid, "/visibility")


def test_a_member_promises_and_completes_what_is_their_own() -> None:
    group = replace(ENGAGED, members=frozenset({STRANGER}))
    past = (drafted(), defined())
    promise = CommitAction(text="Ask three colleagues", owner=STRANGER, due_on=days(7), accountable_to=STRANGER)
    (event,) = given(*past).when(promise, by(COACH, engagement=group)).events()
    done = CompleteAction(action_id=ACTION)
    own = replace(committed(), owner=STRANGER)
    assert getattr(event, "owner", None) == STRANGER
    assert len(given(*past, own).when(done, by(STRANGER, engagement=group)).events()) == 1
    given(*past, committed()).when(done, by(STRANGER, engagement=group)).then_refused(NotPermitted, "/action_id")
    given(*past, own).when(done, by(CLIENT, engagement=group)).then_refused(NotPermitted, "/action_id")
    assert len(given(*past, own).when(done, by(COACH, engagement=group)).events()) == 1
