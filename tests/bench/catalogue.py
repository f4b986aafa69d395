"""All groups, in the order in which they are measured."""

from __future__ import annotations

from typing import Final

from tests.bench.access import ACCESS
from tests.bench.append import APPEND, ONE_TENANT
from tests.bench.board import BOARD
from tests.bench.booking import BOOKING
from tests.bench.broker import BROKERS
from tests.bench.code import CODE
from tests.bench.door import DOOR
from tests.bench.follow import CATCH_UP, REBUILD
from tests.bench.history import HISTORY
from tests.bench.isolation import ISOLATION
from tests.bench.listing import LIST
from tests.bench.load import LOAD
from tests.bench.lock import LOCK
from tests.bench.memory import MEMORY
from tests.bench.past import PAST
from tests.bench.pooler import OLDER_POOLER, POOLER
from tests.bench.row import Group
from tests.bench.scale import SCALE
from tests.bench.steady import STEADY
from tests.bench.verifying import VERIFY
from tests.bench.visible import VISIBLE
from tests.bench.waking import SCAN, WAKE

GROUPS: Final[tuple[Group, ...]] = (
    *(APPEND, ONE_TENANT, LOCK, ISOLATION, LOAD, CODE, CATCH_UP, REBUILD, WAKE, SCAN, PAST, HISTORY),
    *(DOOR, BOOKING, BOARD, LIST, ACCESS, VISIBLE, VERIFY),
    *(POOLER, OLDER_POOLER, SCALE, MEMORY, STEADY),
    *BROKERS,
)
