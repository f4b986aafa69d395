"""What the log's functions show of another organization when they are asked for its ids in one's own name: nothing."""

from __future__ import annotations

import pytest

from tests.infra.row_security import allowed
from tests.infra.row_security.allowed import ROLES
from tests.infra.row_security.call import functions
from tests.infra.row_security.visit import Two, visit

NUMBERS = (0, 1, 2)
"""Versions, positions and limits that are tried: before the first, the first, behind it."""


@pytest.mark.parametrize("role", ROLES)
async def test_a_function_shows_and_changes_nothing_of_the_other(two: Two, role: str) -> None:
    for function in await functions(two.admin, role):
        for number in NUMBERS:
            answers = await visit(two, role, two.mine, {function.name: function.call(two.mine, two.other, number)})
            assert not two.shows(answers[function.name]), (answers, number)
            assert "'sqlstate': '42883'" not in answers[function.name], "it was called as it is declared"


SHOWING = {
    "app": {
        *("es.load", "es.hindsight", "es.traces", "es.feed", "es.feed_of", "es.events_at", "es.claimed", "es.keys_of", "es.live_keys"),
        *("es.append", "es.load_v2", "es.holders", "es.bridge_events"),
    },
    "projector": {"es.feed", "es.keys_of"},
    "worker": {"es.steps_since"},
    "bridge": {"es.bridge_events", "es.bridge_notifications", "es.bridge_snapshots"},
}
"""Of those that give text or bytes: the other ones give numbers or nothing."""


@pytest.mark.parametrize("role", ROLES)
async def test_the_sweep_finds_what_a_function_may_show(two: Two, role: str) -> None:
    called = await functions(two.admin, role)
    assert {function.name for function in called} == {name for name in allowed.FUNCTIONS[role] if name.startswith("es.")}
    shown = set()
    for function in called:
        for number in NUMBERS:
            answers = await visit(two, role, two.other, {function.name: function.call(two.other, two.other, number)})
            shown |= {name for name, answer in answers.items() if two.shows(answer)}
    assert shown >= SHOWING[role]
