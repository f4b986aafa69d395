"""What follows a form that was done: the way back to its page, once the page can show what was done."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import structlog
from litestar.response import Redirect

from projections.projection import Projection
from projections.snapshot import NotCaughtUp, caught_up
from services.execution import Answer
from services.pages.page import HEADERS
from services.pages.session import SEE_OTHER
from services.reading import Reads

SECONDS: Final = 1.0
"""How long a page waits at most for what its form did."""
log = structlog.get_logger()


async def lead(reads: Reads, tenant: UUID, answer: Answer, path: str, *shown: Projection[Any]) -> Redirect:
    """To `path`, as soon as its rows hold what was done. While they do not, the page says that it was done and shows it a moment later."""
    try:
        async with caught_up(reads.connections, tenant, answer.position, *shown, seconds=SECONDS):
            pass
    except NotCaughtUp:
        log.info("page_ahead_of_rows", tenant_id=str(tenant), position=answer.position)
    return Redirect(path, status_code=SEE_OTHER, headers=HEADERS)
