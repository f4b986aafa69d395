"""All groups, in the order in which they are measured."""

from __future__ import annotations

from typing import Final

from tests.bench.board import BOARD
from tests.bench.broker import BROKERS
from tests.bench.door import DOOR
from tests.bench.history import HISTORY
from tests.bench.load import LOAD
from tests.bench.row import Group
from tests.bench.visible import VISIBLE

GROUPS: Final[tuple[Group, ...]] = (LOAD, HISTORY, DOOR, BOARD, VISIBLE, *BROKERS)
