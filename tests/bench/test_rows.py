"""Every group of the bench can be measured: one tiny round of each, whose figures are not looked at."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import msgspec
import pytest

from tests.bench.__main__ import chosen, kept
from tests.bench.catalogue import GROUPS
from tests.bench.outcome import Outcome, Report, Result, as_markdown, as_table, outcomes
from tests.bench.row import Absent, Goal, Group, Pair, Row
from tests.bench.stage import TINY, Stage
from tests.database import Databases
from tests.waiting import PATIENCE_SECONDS

WHOLE = {"memory", "steady"}
"""Groups that start a whole installation and need minutes for it, however little they measure."""
ROW = Row("one", "ours : theirs", "1/s", Goal(">=", 0.5))


@pytest.fixture
def stage(databases: Databases, home: Path) -> Stage:
    home.mkdir(mode=0o711)
    return Stage(databases, home, TINY)


@pytest.mark.parametrize(
    "group", [pytest.param(group, id=group.name, marks=pytest.mark.soak if group.name in WHOLE else ()) for group in GROUPS]
)
async def test_a_round_measures_every_row(group: Group, stage: Stage) -> None:
    try:
        async with group.run(stage) as measure, asyncio.timeout(PATIENCE_SECONDS):  # who is told to come back does so again and again
            found = outcomes(group, [await measure()])
    except Absent as absent:
        pytest.skip(str(absent))
    assert [one.id for one in found] == [row.id for row in group.rows]
    assert all(one.ours > 0 for one in found)


def test_ids_and_groups_are_told_apart() -> None:
    ids = [row.id for group in GROUPS for row in group.rows]
    assert len(ids) == len(set(ids))
    assert len({group.name for group in GROUPS}) == len(GROUPS)


def told(row: Row, *pairs: Pair) -> Outcome:
    [found] = outcomes(Group("g", (row,), lambda stage: pytest.fail("not run")), [{row.id: pair} for pair in pairs])
    return found


def test_the_median_of_the_ratios_is_judged() -> None:
    found = told(ROW, Pair(10, 10), Pair(4, 10), Pair(6, 10))
    assert (found.least, found.ratio, found.most, found.met) == (0.4, 0.6, 1.0, True)
    assert told(ROW, Pair(4, 10)).met is False


def test_a_goal_may_be_for_our_own_figure() -> None:
    row = ROW._replace(goal=Goal("<=", 50, of="ours"))
    assert (told(row, Pair(40)).met, told(row, Pair(60, 10)).met) == (True, False)
    with pytest.raises(ValueError, match="no yardstick"):
        told(ROW, Pair(1))


def test_the_table_shows_the_figures() -> None:
    result = Result(group="g", rounds=1, seconds=1, events=1, begun="", load_average=0, outcomes=[told(ROW, Pair(3000, 1000))])
    cells = ["one", "ours : theirs", "3,000 1/s", "1,000 1/s", "3.00 (3.00-3.00)", ">= 0.5x", "met"]
    assert re.split(r" {2,}", as_table([result]).splitlines()[1]) == cells
    assert as_markdown([result]).splitlines()[2] == f"| {' | '.join(cells)} |"


def test_a_finished_group_is_kept_when_it_was_measured_to_the_same_extent(tmp_path: Path) -> None:
    file, done = tmp_path / "figures.json", GROUPS[0].name
    same = Result(group=done, rounds=TINY.rounds, seconds=TINY.seconds, events=TINY.events, begun="", load_average=0, outcomes=[])
    other = msgspec.structs.replace(same, group=GROUPS[1].name, rounds=TINY.rounds + 1)
    assert kept(file, TINY) == []
    file.write_bytes(msgspec.json.encode(Report(machine={}, results=[same, other])))
    assert kept(file, TINY) == [same]
    assert chosen([], [same]) == [group for group in GROUPS if group.name != done]
    assert [group.name for group in chosen([GROUPS[1].name], [same])] == [GROUPS[1].name]
