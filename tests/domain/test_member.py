"""Who is coached together: each a client of their own, and up to fifteen of them for credit."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import AddMember, RemoveMember
from domain.engagement.events import MemberAdded, MemberRemoved
from domain.errors import ReasonRequired
from domain.errors.engagement import AlreadyAMember, ConflictOfInterest, EngagementEnded, NotAGroup, NotAMember, SelfCoaching
from domain.errors.program import NotAClient, NotEnrolled
from tests.domain.spec import CLIENT, COACH, SPONSOR, STRANGER, TODAY, folded, given, uuid
from tests.domain.test_choice import CANCELLED, TALK
from tests.domain.test_engagement import ASSIGNED, FACTS, PROPOSED, context

GROUP = replace(PROPOSED, kind="group")
ADD = AddMember(client_id=STRANGER)
ADDED = MemberAdded(client_id=STRANGER, joined_on=TODAY, head_count=2)
REMOVE = RemoveMember(client_id=STRANGER, reason_code="absence")
REMOVED = MemberRemoved(client_id=STRANGER, left_on=TODAY, head_count=1, reason_code="absence", reason=None)
ENROLLED = replace(FACTS, enrolled=frozenset({CLIENT, STRANGER}))


@pytest.mark.parametrize("kind", ["group", "team"])
def test_a_client_joins(kind: Any) -> None:
    state = given(replace(PROPOSED, kind=kind)).when(ADD, context(program=ENROLLED)).then(ADDED)
    assert (state.present_members, state.head_count, state.counts_for_credit) == ((STRANGER,), 2, True)


def test_outside_of_a_program_a_client_needs_only_the_role() -> None:
    given(replace(GROUP, program_id=None)).when(ADD, context(program=None)).then(ADDED)


@pytest.mark.parametrize(
    ("client", "known_facts", "refusal"),
    [
        (STRANGER, {"client_role_held": False}, NotAClient),
        (STRANGER, {"program": FACTS}, NotEnrolled),
        (COACH, {}, SelfCoaching),
        (SPONSOR, {}, ConflictOfInterest),
        (CLIENT, {}, AlreadyAMember),
    ],
)
def test_who_cannot_be_coached_with_the_others(client: Any, known_facts: dict[str, Any], refusal: Any) -> None:
    known = context(**{"program": ENROLLED} | known_facts)
    given(GROUP, ASSIGNED).when(AddMember(client_id=client), known).then_refused(refusal, "/client_id")


def test_nobody_joins_twice_and_who_left_may_come_back() -> None:
    given(GROUP, ADDED).when(ADD, context(program=ENROLLED)).then_refused(AlreadyAMember, "/client_id")
    state = given(GROUP, ADDED, REMOVED).when(ADD, context(program=ENROLLED)).then(ADDED)
    assert [(one.client_id, one.left_on) for one in state.members] == [(STRANGER, TODAY), (STRANGER, None)]


def test_one_client_is_no_group() -> None:
    given(PROPOSED).when(ADD, context(program=ENROLLED)).then_refused(NotAGroup)
    given(PROPOSED).when(REMOVE, context()).then_refused(NotAGroup)


def test_a_member_leaves_with_a_reason() -> None:
    state = given(GROUP, ADDED).when(REMOVE, context()).then(REMOVED)
    assert (state.present_members, state.head_count) == ((), 1)
    given(GROUP, ADDED).when(replace(REMOVE, reason_code=None), context()).then_refused(ReasonRequired, "/reason")


@pytest.mark.parametrize("client", [STRANGER, CLIENT])
def test_who_is_no_member_does_not_leave_nor_the_first_client(client: Any) -> None:
    given(GROUP).when(replace(REMOVE, client_id=client), context()).then_refused(NotAMember, "/client_id")


def test_more_than_fifteen_are_coached_without_credit() -> None:
    full = [GROUP, *(MemberAdded(client_id=uuid(40 + number), joined_on=TODAY, head_count=number + 2) for number in range(14))]
    assert (folded("engagement", full).head_count, folded("engagement", full).counts_for_credit) == (15, True)
    state = given(*full).when(ADD, context(program=ENROLLED)).then(replace(ADDED, head_count=16))
    assert (state.head_count, state.counts_for_credit) == (16, False)


def test_a_member_does_not_coach_their_own_group() -> None:
    pool = replace(ENROLLED, pool={STRANGER: 1})
    given(GROUP, ADDED).when(replace(TALK, coach_id=STRANGER), context(program=pool)).then_refused(SelfCoaching, "/coach_id")


def test_nobody_joins_or_leaves_when_it_is_over() -> None:
    given(GROUP, ADDED, CANCELLED).when(AddMember(client_id=COACH), context()).then_refused(EngagementEnded)
    given(GROUP, ADDED, CANCELLED).when(REMOVE, context()).then_refused(EngagementEnded)
