"""A firm in which somebody may break the glass: one of two program managers, with an administrator to agree."""

from __future__ import annotations

from typing import Any

from tests.services.firm import Firm

REASON = "A colleague was threatened, and the plan may say by whom."
TITLE = "Meet more often"


class Glass:
    """A firm with a plan, and a second program manager, `deputy`."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.at = f"/v1/engagements/{firm.ids['engagement']}"
        self.plan = f"/v1/plans/{firm.ids['plan']}"
        self.emergency = ""

    async def ask(self, who: str = "program_manager") -> str:
        body = {"reason_code": "danger", "reason": REASON}
        self.emergency = str((await self.firm.done(who, f"{self.at}/request-emergency-access", body))["item_id"])
        return self.emergency

    async def send(self, who: str, what: str) -> Any:
        return await self.firm.post(who, f"{self.at}/{what}-emergency-access", {"emergency_id": self.emergency})

    async def open(self) -> None:
        await self.ask()
        answer = await self.send("admin", "approve")
        assert answer.status_code == 200, answer.text

    async def reads_words(self, who: str) -> bool:
        return TITLE in (await self.text(who, self.plan))

    async def text(self, who: str, path: str) -> str:
        await self.firm.runner.catch_up()
        answer = await self.firm.get(who, path)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def listed(self, who: str) -> dict[str, Any]:
        return await self.firm.seen(who, f"{self.at}/emergency-accesses")

    async def told(self, who: str = "client") -> dict[str, Any]:
        return await self.firm.seen(who, f"/v1/people/{self.firm.ids['client']}/accesses")
