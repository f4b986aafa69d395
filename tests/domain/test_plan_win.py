"""Wins: small victories that somebody acknowledges."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from domain.errors import ItemUnknown, OccurredAtOutOfRange
from domain.errors.engagement import NotAParty
from domain.plan.commands import AcknowledgeWin
from domain.plan.events import WinAcknowledged
from domain.values import OfClient
from tests.domain.planning import ACTION, MILESTONE, UNKNOWN, active, by, committed, defined, drafted, milestone
from tests.domain.spec import CLIENT, COACH, IDS, NOW, STRANGER, TODAY, Happened, days, given

ACKNOWLEDGE = AcknowledgeWin(what="All three colleagues answered")
WIN = WinAcknowledged(
    win_id=IDS[0],
    what=OfClient("All three colleagues answered"),
    on=TODAY,
    action_id=None,
    milestone_id=None,
    acknowledged_by="coach",
)
PAST = active(defined(), committed(), milestone())


def test_a_win_is_acknowledged_by_either_side_in_any_state_of_the_plan() -> None:
    given(drafted()).when(ACKNOWLEDGE, by(COACH)).then(WIN)
    state = given(*PAST).when(ACKNOWLEDGE, by(CLIENT)).then(replace(WIN, acknowledged_by="client"))
    assert [win.id for win in state.wins] == [IDS[0]]


def test_a_win_may_come_from_an_action_and_a_milestone_of_the_plan() -> None:
    linked = replace(ACKNOWLEDGE, action_id=ACTION, milestone_id=MILESTONE)
    given(*PAST).when(linked, by(COACH)).then(replace(WIN, action_id=ACTION, milestone_id=MILESTONE))
    given(*PAST).when(replace(ACKNOWLEDGE, action_id=UNKNOWN), by(COACH)).then_refused(ItemUnknown, "/action_id")
    given(*PAST).when(replace(ACKNOWLEDGE, milestone_id=UNKNOWN), by(COACH)).then_refused(ItemUnknown, "/milestone_id")


def test_a_win_is_dated_after_the_plan_and_what_it_came_from() -> None:
    past = [
        Happened(drafted(), at=NOW - timedelta(days=9)),
        Happened(defined(), at=NOW - timedelta(days=8)),
        Happened(committed(), at=NOW - timedelta(days=3)),
    ]
    before = by(COACH, occurred_at=NOW - timedelta(days=5))
    given(*past).when(ACKNOWLEDGE, before).then(replace(WIN, on=days(-5)))
    given(*past).when(replace(ACKNOWLEDGE, action_id=ACTION), before).then_refused(OccurredAtOutOfRange, "/occurred_at")
    given(*past).when(ACKNOWLEDGE, by(COACH, occurred_at=NOW - timedelta(days=10))).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_only_parties_acknowledge() -> None:
    given(*PAST).when(ACKNOWLEDGE, by(STRANGER)).then_refused(NotAParty)
