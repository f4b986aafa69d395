"""An answer is worked out once for all of its pages, a while long, and without names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Litestar
from uuid_utils.compat import uuid7

from services.actor import Actor
from services.audit.question.answers import Parameters
from services.audit.question.index import Index
from services.audit.question.memory import KEPT, Answered, Memory, Worked
from services.command.execution import utc_now
from tests.services.firm import Firm
from tests.services.test_execution import active

SIGNED = "/v1/audit/signed-content?limit=2"


async def page(firm: Firm, who: str, cursor: str = "") -> dict[str, Any]:
    return await firm.seen(who, f"{SIGNED}{cursor and f'&cursor={cursor}'}")


async def test_later_pages_are_of_the_answer_that_the_first_was_of(planned: Firm, app: Litestar) -> None:
    memory: Memory = app.state.answers
    await active(planned)
    first = await page(planned, "auditor")
    [(kept, worked)] = [one for one in memory.answers.items() if one[0].actor.tenant == planned.tenant]
    assert (kept.position, len(worked.found)) == (first["position"], first["count"])
    memory.answers[kept] = worked._replace(found=worked.found[:3])
    assert len((await page(planned, "auditor", first["next_cursor"]))["findings"]) == 1
    other = await page(planned, "program_manager", first["next_cursor"])
    assert (other["count"], len(other["findings"])) == (first["count"], 2), "another reader's is worked out for them"
    del memory.answers[kept]
    assert len((await page(planned, "auditor", first["next_cursor"]))["findings"]) == 2, "what was forgotten is worked out again"


async def test_what_a_client_was_told_is_not_remembered(planned: Firm, app: Litestar) -> None:
    await active(planned)
    assert "next_cursor" in await page(planned, "client")
    assert not [one for one in app.state.answers.answers if one.actor.tenant == planned.tenant]


def test_the_oldest_answers_are_forgotten_first_and_all_after_a_while() -> None:
    now, memory = utc_now(), Memory(most=5)
    auditor = Actor(uuid7(), UUID(int=1), "auditor", UUID(int=2))
    asked = [Answered(auditor, slug, Parameters(), 7, now) for slug in ("first", "second", "third")]
    for one, size in zip(asked, (2, 3, 1), strict=True):
        memory.keep(one, Worked([None] * size, 1, Index()), now)  # type: ignore[list-item]  # only counted
    assert [memory.find(one, now) is not None for one in asked] == [False, True, True]
    memory.keep(asked[0], Worked([None] * 6, 1, Index()), now)  # type: ignore[list-item]
    assert memory.find(asked[0], now) is None, "too large for it"
    assert memory.find(asked[1], now + KEPT + timedelta(seconds=1)) is None
    memory.keep(asked[0], Worked([], 1, Index()), now + KEPT + timedelta(seconds=1))
    assert list(memory.answers) == [asked[0]]
