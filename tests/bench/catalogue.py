"""All groups, in the order in which they are measured."""

from __future__ import annotations

from typing import Final

from tests.bench.history import HISTORY
from tests.bench.load import LOAD
from tests.bench.row import Group

GROUPS: Final[tuple[Group, ...]] = (LOAD, HISTORY)
