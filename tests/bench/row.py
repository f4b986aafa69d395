"""What a bench is made of, and how to add one.

A `Group` is measured in interleaved rounds: each round measures every side of it, one shortly after the other, so that the
machine's moods meet all of them alike. What counts is the median over the rounds of the ratio ours / yardstick.

    ROWS = (Row("http", "command over HTTP, 32 clients : its handler called directly", "1/s", Goal(">=", 0.5)),
            Row("http p99", "the same, 99th percentile", "ms", Goal("<=", 3.0)))

    @asynccontextmanager
    async def commands(stage: Stage) -> AsyncIterator[Measure]:
        ...                                     # set up once: stage.database(), stage.store(database), stage.folder
        async def measure() -> Round:           # one round: every side for about stage.size.seconds
            return {"http": Pair(ours, direct), "http p99": Pair(slow, slow_direct)}
        yield measure
        ...                                     # clean up

    HTTP = Group("http", ROWS, commands)        # and a line in `tests/bench/catalogue.py`

Every row of the group is in every round. A first round more is thrown away, unless the group says `warm=False`. `run` raises
`Absent` when something that it needs is not installed here. `tests/bench/test_rows.py` runs one tiny round of every group,
untimed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Literal, NamedTuple, TypeAlias

from tests.bench.stage import Stage


class Absent(Exception):
    """Something that a group needs is not installed; the text names it and the cure."""


class Goal(NamedTuple):
    """A bound on the median of the ratio; with `of` "ours" on our own figure, in the row's unit."""

    sign: Literal[">=", "<="]
    bound: float
    of: Literal["ratio", "ours"] = "ratio"

    def met(self, ratio: float | None, ours: float) -> bool:
        value = ours if self.of == "ours" else ratio
        if value is None:
            raise ValueError("a goal for the ratio, but no yardstick was measured")
        return value >= self.bound if self.sign == ">=" else value <= self.bound


class Row(NamedTuple):
    """A line of the table: what is compared with what ("ours : yardstick"), in which unit. Without a goal it only informs."""

    id: str
    title: str
    unit: str
    goal: Goal | None = None


class Pair(NamedTuple):
    """What one round measured for one row, both in the row's unit. Without a yardstick there is no ratio."""

    ours: float
    yardstick: float | None = None


Round: TypeAlias = Mapping[str, Pair]
"""A row's id -> what was measured for it."""

Measure: TypeAlias = Callable[[], Awaitable[Round]]


class Group(NamedTuple):
    """Rows that are measured together: what `--group` names, and what `--resume` skips when it is done.

    `warm` False: no first round is thrown away, for each begins anew. `rounds`: no more than so many, where one is enough.
    """

    name: str
    rows: tuple[Row, ...]
    run: Callable[[Stage], AbstractAsyncContextManager[Measure]]
    warm: bool = True
    rounds: int | None = None
