"""Reading a plan's words in an emergency: asked for by one person, approved by another, and open for four hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from domain.engagement.context import EngagementContext
from domain.engagement.events import (
    EmergencyAccessApproved,
    EmergencyAccessDeclined,
    EmergencyAccessEnded,
    EmergencyAccessRequested,
)
from domain.engagement.state import EngagementState
from domain.errors import ItemUnknown, NotPermitted, ReasonRequired
from domain.errors.engagement import (
    EmergencyAccessAnswered,
    EmergencyAccessNotOpen,
    EmergencyAccessOpen,
    EmergencyAccessPending,
    EmergencyRequestExpired,
    OwnEmergencyRequest,
)
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, MANAGER, NOW, SPONSOR, STRANGER, Happened, folded, given, known
from tests.domain.test_engagement import PROPOSED

WHY = "A colleague was threatened."
ASK = RequestEmergencyAccess(reason_code="danger", reason=WHY)
EMERGENCY = IDS[0]
HOURS = timedelta(hours=1)
ASKED = EmergencyAccessRequested(emergency_id=EMERGENCY, reason_code="danger", reason=OfAuthor(WHY), answer_by=NOW + 24 * HOURS)
OPENED = EmergencyAccessApproved(emergency_id=EMERGENCY, asker_id=MANAGER, reason_code="danger", open_until=NOW + 4 * HOURS)
DECLINED = EmergencyAccessDeclined(emergency_id=EMERGENCY, asker_id=MANAGER)
ENDED = EmergencyAccessEnded(emergency_id=EMERGENCY, asker_id=MANAGER)
WAITS = (PROPOSED, Happened(ASKED, MANAGER, "program_manager"))
OPEN = (*WAITS, Happened(OPENED, STRANGER, "admin"))
APPROVE, DECLINE, END = (kind(emergency_id=EMERGENCY) for kind in (ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess))


def manager(**changes: Any) -> EngagementContext:
    return EngagementContext(**known(**{"actor": MANAGER, "role": "program_manager"} | changes))


def another(**changes: Any) -> EngagementContext:
    return manager(**{"actor": STRANGER} | changes)


def is_open(*past: Any, person: Any = MANAGER, at: datetime = NOW, since: datetime = NOW - timedelta(days=1)) -> bool:
    state: EngagementState = folded("engagement", past)
    return state.is_open_to(person, at, since)


def test_nothing_is_open_because_it_was_asked_for() -> None:
    given(PROPOSED).when(ASK, manager()).then(ASKED)
    assert not is_open(*WAITS)


def test_another_person_opens_it_for_four_hours_and_for_the_asker_alone() -> None:
    given(*WAITS).when(APPROVE, another()).then(OPENED)
    assert is_open(*OPEN)
    assert is_open(*OPEN, at=NOW + 4 * HOURS - timedelta(microseconds=1))
    assert not is_open(*OPEN, at=NOW + 4 * HOURS)
    assert not is_open(*OPEN, since=NOW + timedelta(microseconds=1)), "the role was lost and given anew since"
    for person in (STRANGER, CLIENT, COACH, SPONSOR):
        assert not is_open(*OPEN, person=person)


@pytest.mark.parametrize("reason", ["", "   ", "too short", "         x         "])
def test_whoever_asks_says_why(reason: str) -> None:
    given(PROPOSED).when(replace(ASK, reason=reason), manager()).then_refused(ReasonRequired, "/reason")


@pytest.mark.parametrize("role", ["program_manager", "admin"])
def test_nobody_approves_their_own_request_in_any_role(role: str) -> None:
    given(*WAITS).when(APPROVE, manager(role=role)).then_refused(OwnEmergencyRequest)


def test_a_sponsor_neither_asks_nor_approves_in_another_role() -> None:
    given(PROPOSED).when(ASK, manager(actor=SPONSOR)).then_refused(NotPermitted)
    given(*WAITS).when(APPROVE, another(actor=SPONSOR, role="admin")).then_refused(NotPermitted)


def test_one_at_a_time() -> None:
    given(*WAITS).when(ASK, another()).then_refused(EmergencyAccessPending)
    given(*OPEN).when(ASK, another()).then_refused(EmergencyAccessOpen)
    later = another(now=NOW + 4 * HOURS, ids=IDS[1:])
    again = replace(ASKED, emergency_id=IDS[1], answer_by=NOW + 28 * HOURS)
    given(*OPEN).when(ASK, later).then(again)
    given(*OPEN, ENDED).when(ASK, another(ids=IDS[1:])).then(replace(again, answer_by=NOW + 24 * HOURS))
    given(*WAITS, DECLINED).when(ASK, another(ids=IDS[1:])).then(replace(again, answer_by=NOW + 24 * HOURS))


def test_a_request_waits_for_a_day() -> None:
    late = another(now=NOW + 24 * HOURS)
    given(*WAITS).when(APPROVE, late).then_refused(EmergencyRequestExpired)
    given(*WAITS).when(DECLINE, late).then_refused(EmergencyRequestExpired)
    given(*WAITS).when(ASK, replace(late, ids=IDS[1:])).then(replace(ASKED, emergency_id=IDS[1], answer_by=NOW + 48 * HOURS))
    last = another(now=NOW + 24 * HOURS - timedelta(seconds=1))
    given(*WAITS).when(APPROVE, last).then(replace(OPENED, open_until=NOW + 28 * HOURS - timedelta(seconds=1)))


def test_a_declined_request_opens_nothing() -> None:
    given(*WAITS).when(DECLINE, another()).then(DECLINED)
    given(*WAITS).when(DECLINE, manager()).then(DECLINED)
    given(*WAITS, DECLINED).when(APPROVE, another()).then_refused(EmergencyAccessAnswered)
    assert not is_open(*WAITS, DECLINED)


def test_a_request_is_answered_once() -> None:
    for command in (APPROVE, DECLINE):
        given(*OPEN).when(command, another()).then_refused(EmergencyAccessAnswered)
        given(*WAITS, DECLINED).when(command, another()).then_refused(EmergencyAccessAnswered)


@pytest.mark.parametrize("command", [APPROVE, DECLINE, END])
def test_what_was_not_asked_for_here_is_unknown(command: Any) -> None:
    given(*WAITS).when(replace(command, emergency_id=IDS[5]), another()).then_refused(ItemUnknown, "/emergency_id")


@pytest.mark.parametrize(("actor", "role"), [(MANAGER, "program_manager"), (STRANGER, "program_manager"), (COACH, "admin")])
def test_the_asker_the_approver_and_administrators_end_it(actor: Any, role: str) -> None:
    given(*OPEN).when(END, manager(actor=actor, role=role)).then(ENDED)
    assert not is_open(*OPEN, ENDED)


def test_another_program_manager_does_not_end_it() -> None:
    given(*OPEN).when(END, manager(actor=COACH)).then_refused(NotPermitted, "/emergency_id")


def test_only_what_is_open_is_ended() -> None:
    for past in (WAITS, (*WAITS, DECLINED), (*OPEN, ENDED)):
        given(*past).when(END, manager()).then_refused(EmergencyAccessNotOpen)
    given(*OPEN).when(END, manager(now=NOW + 4 * HOURS)).then_refused(EmergencyAccessNotOpen)
