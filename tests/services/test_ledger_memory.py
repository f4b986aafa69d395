"""A page of the ledger is read once, and again as soon as it could be another one; names are never remembered."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from litestar import Litestar

from projections.change_ledger import Filter
from projections.rebuild import purge
from services.audit.ledger.memory import LONGEST, Lines, Memory, Question
from tests.services.firm import Firm, objective_body
from tests.services.test_execution import active


async def test_a_page_is_looked_up_until_something_happens(planned: Firm, app: Litestar) -> None:
    memory: Memory = app.state.ledgers
    await active(planned)
    await planned.seen("auditor", "/v1/ledger")  # which is noted, and so is something that happens
    memory.kept.clear()
    before = await planned.seen("auditor", "/v1/ledger")
    [known] = [one for one in memory.kept if one.tenant == planned.tenant]
    memory.kept[known] = Lines((), (), (), None)
    assert (await planned.seen("auditor", "/v1/ledger"))["items"] == []
    assert len((await planned.seen("auditor", "/v1/ledger?kind=plan_activated"))["items"]) == 1, "another question"
    assert len((await planned.seen("auditor", "/v1/ledger?limit=1"))["items"]) == 1, "another page"
    change = {"command": "define_objective", **objective_body("Another")}
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/propose-change", {"change": change, "reason_code": "scope"})
    after = await planned.seen("auditor", "/v1/ledger")
    assert [one["kind"] for one in after["items"]] == ["change_proposed", *(one["kind"] for one in before["items"])]


async def test_a_remembered_page_names_nobody_who_was_erased(planned: Firm, app: Litestar) -> None:
    await active(planned)
    client = planned.ids["client"]

    async def name() -> object:
        told = await planned.seen("program_manager", "/v1/ledger")
        return next(one["name"] for one in told["people"] if one["id"] == client)

    assert isinstance(await name(), str)
    await purge(planned.runner.connections, planned.tenant, subject=UUID(client))
    assert await name() == {"erased": True}


def question(position: int, limit: int) -> Question:
    chosen = Filter(*[None] * 11, zone="UTC", now=datetime(2026, 11, 22, tzinfo=UTC), patience=14)
    return Question(UUID(int=1), position, chosen, None, limit)


def test_a_page_is_kept_and_a_file_is_not() -> None:
    memory, page = Memory(), Lines((), (), (), None)
    for limit in (LONGEST, LONGEST + 1):
        assert memory.keep(question(1, limit), page) is page
    assert [memory.find(question(1, limit)) for limit in (LONGEST, LONGEST + 1)] == [page, None]
