"""An assessment by raters over HTTP: launched, its raters approved, and links as the mails bring them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from httpx import Response
from litestar import Litestar

from tests.services.firm import Firm

SOON = timedelta(days=14)


class Survey:
    """One assessment of a firm's client, of kind feedback_360, about delegation."""

    def __init__(self, app: Litestar, firm: Firm) -> None:
        self.answers = app.state.respondents.answers
        self.firm = firm
        self.id = UUID(int=0)

    @property
    def at(self) -> str:
        return f"/v1/assessments/{self.id}"

    async def launch(self, **more: Any) -> None:
        body = {"engagement_id": self.firm.ids["engagement"], "kind": "feedback_360", "competencies": ["delegation"]}
        self.id = UUID((await self.firm.done("coach", "/v1/assessments", body | more))["id"])

    async def approve(self, name: str, group: str) -> UUID:
        body = {"name": name, "email": f"{name.lower()}@corvane.example", "group": group}
        rater = (await self.firm.done("client", f"{self.at}/nominate-rater", body))["item_id"]
        await self.firm.done("coach", f"{self.at}/decide-rater-nomination", {"rater_id": rater, "approved": True})
        return UUID(rater)

    async def link(self, rater: UUID) -> str:
        made = await self.answers.invite(self.firm.tenant, self.id, rater, datetime.now(UTC) + SOON)
        assert made is not None
        return str(made.text())

    async def invited(self, name: str, group: str) -> str:
        """The link of a new rater."""
        return await self.link(await self.approve(name, group))

    async def answer(self, link: str, *points: int, **comments: str) -> Response:
        """About the three items of delegation, in order; 0, or left out: it does not apply."""
        given = (*points, 0, 0, 0)[:3]
        answers = {f"delegation_{number}": point or None for number, point in enumerate(given, start=1)}
        return await self.firm.post(None, f"/v1/raters/{link}", {"answers": answers, "comments": comments})

    async def answered(self, name: str, group: str, *points: int, **comments: str) -> str:
        """A rater who has answered; their link."""
        link = await self.invited(name, group)
        taken = await self.answer(link, *points, **comments)
        assert taken.status_code == 200, taken.text
        return link

    async def close(self, reason: str = "Everybody whom we need has answered.") -> None:
        await self.firm.done("coach", f"{self.at}/close-assessment", {"reason": reason})
