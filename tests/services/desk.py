"""Reports from the request to the download, as a reader has them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Litestar

from services.command.execution import utc_now
from services.report.files import About
from tests.services.firm import Firm
from tests.services.test_execution import active
from workers.report.making import Gathered, Making
from workers.report.writing import written


class Desk:
    """Does what the worker does with a request, when a test wants it done."""

    def __init__(self, app: Litestar, firm: Firm) -> None:
        state = app.state
        self.firm = firm
        self.making = Making(state.reads.connections, state.commands, state.files, utc_now)

    async def ask(self, who: str, *recipients: str, **more: Any) -> str:
        ids = self.firm.ids
        body = {"template": "client_progress", "subject_id": ids["engagement"], "recipients": [ids[one] for one in recipients]}
        made = await self.firm.done(who, "/v1/reports", {"format": "json"} | body | more)
        return str(made["id"])

    async def gather(self, report: str) -> Gathered:
        await self.firm.runner.catch_up()
        reading = await self.making.commands.store.read(self.firm.tenant, UUID(report))
        assert reading.head is not None
        gathered = await self.making.gather(self.firm.tenant, UUID(report), reading.head.position)
        assert gathered is not None
        return gathered

    def about(self, gathered: Gathered) -> About:
        return About(self.firm.tenant, gathered.report.id, gathered.holder)

    async def make(self, report: str) -> None:
        gathered = await self.gather(report)
        await self.making.keep(self.firm.tenant, gathered, written(gathered))

    async def get(self, who: str, report: str) -> Any:
        """What somebody downloads."""
        shown = await self.firm.seen(who, f"/v1/reports/{report}")
        answer = await self.firm.get(None, shown["file"]["path"])
        assert answer.status_code == 200, answer.text
        return answer

    async def got(self, who: str, *recipients: str, **more: Any) -> Any:
        """What somebody asked for and downloads, as JSON."""
        report = await self.ask(who, *recipients, **more)
        await self.make(report)
        return msgspec.json.decode((await self.get(who, report)).content)


def codes(told: Any) -> set[str]:
    """What was left out of a report."""
    return {one["what"] for one in told["left_out"]}


async def activated(firm: Firm) -> None:
    """The plan is active and has been measured."""
    await active(firm)
    at = f"/v1/plans/{firm.ids['plan']}"
    body = {"objective_id": firm.ids["Meet"], "value": "7", "source": "calendar"}
    await firm.done("client", f"{at}/measure-progress", body)
