"""A board is worked out once, and again as soon as it could be another one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from litestar import Litestar

from projections.kpi.board import Board
from projections.snapshot import Scope
from services.board.memory import Memory, Question
from tests.services.firm import Firm, objective_body

QUESTION = Question(UUID(int=1), 7, 1, date(2026, 11, 20), Scope(), "to_date")
BOARD = Board("to_date", 7, 0, (), (), ())


@pytest.mark.parametrize(
    "other",
    [
        QUESTION._replace(tenant=UUID(int=2)),
        QUESTION._replace(position=8),
        QUESTION._replace(policy=2),
        QUESTION._replace(today=date(2026, 11, 21)),
        QUESTION._replace(scope=Scope(program_ids=frozenset())),
        QUESTION._replace(period="2026-11"),
    ],
)
def test_another_question_is_not_answered_by_it(other: Question) -> None:
    memory = Memory()
    memory.keep(QUESTION, BOARD)
    assert memory.find(other) is None


async def test_a_board_is_looked_up_until_something_happens(planned: Firm, app: Litestar) -> None:
    memory: Memory = app.state.boards
    before = await planned.seen("program_manager", "/v1/board")
    [known] = [one for one in memory.kept if one.tenant == planned.tenant]
    memory.kept[known] = Board("remembered", known.position, 0, (), (), ())
    assert (await planned.seen("program_manager", "/v1/board"))["period"] == "remembered"
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/define-objective", objective_body("Another"))
    after = await planned.seen("program_manager", "/v1/board")
    assert (after["period"], before["period"]) == ("to_date", "to_date")
    assert after["as_of_position"] > before["as_of_position"]
