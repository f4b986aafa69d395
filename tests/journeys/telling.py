"""Tells the demo's tale over HTTP, as of now: each person with their own key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest

from domain.command import Command
from domain.errors import Refusal
from domain.person.commands import GrantMembership, RegisterPerson
from services.command.table import TABLE
from services.contract.catalogue import path_of
from services.entry.auth import Keys
from services.problems import snake
from tests.waiting import PATIENCE_SECONDS
from workers.demo.cast import ADMIN, FIRM
from workers.demo.teller import Made, Member
from workers.founding import Founded


class Refused(Exception):
    """What the API answered instead of doing it."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status}: {problem}")
        self.status = status
        self.code = problem["code"]


class Telling:
    """A `Teller` to whom each day is today. It remembers how far the log has come, so that a read sees what was done."""

    def __init__(self, address: str, founded: Founded, keys: Keys) -> None:
        self.http = httpx.AsyncClient(base_url=address, timeout=PATIENCE_SECONDS)
        self.tenant = founded.tenant
        self.keys = keys
        self.key_of = {ADMIN.first_name: founded.key}
        self.position = 0

    async def turn_to(self, day: int) -> Any:
        return datetime.now(UTC).astimezone(ZoneInfo(FIRM[2])).date()

    async def enter(self, member: Member) -> UUID:
        person = (await self.does(ADMIN.first_name, RegisterPerson(name=member.name, email=member.email))).id
        await self.does(ADMIN.first_name, GrantMembership(role=member.role), person)
        self.key_of[member.first_name] = (await self.keys.create(self.tenant, person, member.role)).key
        return person

    async def does(self, who: str, command: Command, target: UUID | None = None) -> Made:
        path = path_of(TABLE[type(command)]).replace("{id}", str(target))
        answer = await self.http.post(
            path,
            content=msgspec.json.encode(command),
            headers={**self.signed(who), "Content-Type": "application/json", "Idempotency-Key": str(uuid4())},
        )
        if answer.status_code not in (200, 201):
            raise Refused(answer.status_code, answer.json())
        body = answer.json()
        self.position = max(self.position, body.get("position", 0))
        id = UUID(body["id"])
        return Made(id, UUID(body["item_id"]) if body.get("item_id") else id, body.get("version", 0))

    async def is_refused(self, who: str, refusal: type[Refusal], command: Command, target: UUID) -> None:
        with pytest.raises(Refused) as refused:
            await self.does(who, command, target)
        assert refused.value.code == snake(refusal.__name__)

    async def agreement(self, who: str, engagement: UUID) -> str:
        return str((await self.reads(who, f"/v1/engagements/{engagement}"))["agreement"]["digest"])

    async def proposal(self, who: str, plan: UUID) -> tuple[int, str]:
        body = await self.reads(who, f"/v1/plans/{plan}")
        return body["plan_version"], body["digest"]

    async def reads(self, who: str, path: str) -> Any:
        """What somebody sees there, by now."""
        answer = await self.asks(who, path)
        if answer.status_code != 200:
            raise Refused(answer.status_code, answer.json())
        return answer.json()

    async def asks(self, who: str, path: str) -> httpx.Response:
        return await self.http.get(path, headers={**self.signed(who), "Throughline-Min-Position": str(self.position)})

    def signed(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key_of[who]}"}
