"""An organization to talk to over HTTP: its people, each with a key, and an engagement with a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import AsyncClient, Response
from uuid_utils.compat import uuid7

from domain.glossary import Role
from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from projections.runner import Runner
from services.command.execution import Commands
from services.entry.auth import Keys
from services.reading.view import ALL
from workers.founding import found

PEOPLE: tuple[Role, ...] = ("program_manager", "coach", "client", "sponsor", "auditor", "integration")
DUE, LATER = "2199-03-31", "2199-06-30"
ZONE = "Europe/Berlin"


def today() -> date:
    """Where the organizations of tests are: for an hour or two of each day it is another one than in UTC."""
    return datetime.now(ZoneInfo(ZONE)).date()


class Firm:
    """Speaks as each of its people. Every person has one role, by whose name they are called; `stranger` is a second coach."""

    def __init__(self, client: AsyncClient, runner: Runner, commands: Commands, keys: Keys) -> None:
        self.client = client
        self.runner = runner
        self.commands = commands
        self.issuer = keys
        self.tenant = uuid7()
        self.zone = ZONE
        self.keys: dict[str, str] = {}
        self.ids: dict[str, str] = {}

    async def open(self) -> None:
        """Registers the organization with its people."""
        slug = f"firm-{self.tenant.hex[-12:]}"
        firm = RegisterOrganization(name="Northlight", slug=slug, time_zone=self.zone)
        founded = await found(self.commands, self.issuer, self.tenant, firm, RegisterPerson(name="Ada Admin", email="ada@example.org"))
        self.keys["admin"], self.ids["admin"] = founded.key, str(founded.admin_id)
        await self.enter_all({role: role for role in PEOPLE} | {"stranger": "coach"})

    async def enter(self, name: str, role: Role) -> None:
        await self.enter_all({name: role})

    async def enter_all(self, people: Mapping[str, Role]) -> None:
        """Registers them in one request, each with their role and a key."""
        items: list[dict[str, Any]] = []
        for name, role in people.items():
            items.append({"command": "register_person", "id": name, "body": {"name": f"Person {name}", "email": f"{name}@example.org"}})
            items.append({"command": "grant_membership", "target": {"made_by": name}, "body": {"role": role}})
        self.ids |= await self.together("admin", items)
        for name, role in people.items():
            self.keys[name] = (await self.issuer.create(self.tenant, UUID(self.ids[name]), role)).key

    async def engage(self, consents: tuple[str, ...] = ()) -> None:
        """A program with an active engagement of client, coach and sponsor."""
        coach, client, sponsor = (self.ids[name] for name in ("coach", "client", "sponsor"))
        program = {"made_by": "program"}
        proposal = {"client_id": client, "program_id": program, "sponsor_id": sponsor}
        items: list[dict[str, Any]] = [
            {"command": "define_program", "id": "program", "body": program_body(sponsor)},
            {"command": "add_coach_to_pool", "target": program, "body": {"coach_id": coach, "max_engagements": 3}},
            {"command": "open_program", "target": program, "body": {}},
            {"command": "enrol_participant", "target": program, "body": {"client_id": client}},
            {"command": "propose_engagement", "id": "engagement", "body": proposal},
        ]
        self.ids |= await self.together("program_manager", items)
        await self.contract(consents)

    async def contract(self, consents: tuple[str, ...]) -> None:
        at = f"/v1/engagements/{self.ids['engagement']}"
        await self.done("program_manager", f"{at}/assign-coach", {"coach_id": self.ids["coach"]})
        flows = [{"about": subject, "to": "sponsor"} for subject in sorted(ALL)]
        terms = {"sessions": 8, "cadence_days": 14, "text": "What is said stays here.", "information_flows": flows}
        await self.done("coach", f"{at}/draft-agreement", terms)
        digest = (await self.seen("client", at))["agreement"]["digest"]
        for party in ("client", "coach", "sponsor"):
            await self.done(party, f"{at}/sign-agreement", {"digest": digest})
        await self.done("coach", f"{at}/activate-engagement", {"starts_on": "2026-01-01", "planned_end": LATER})
        if consents:
            await self.consent(consents)

    async def consent(self, subjects: tuple[str, ...], *, grant: bool = True) -> None:
        at = f"/v1/engagements/{self.ids['engagement']}/{'grant' if grant else 'withdraw'}-disclosure-consent"
        await self.done("client", at, {"subjects": list(subjects), "recipient": {"role": "sponsor"}})

    async def plan(self, *titles: str) -> str:
        """A draft with objectives of these titles; their ids are under the titles."""
        made = await self.done("coach", "/v1/plans", {"engagement_id": self.ids["engagement"]})
        self.ids["plan"] = made["id"]
        for title in titles:
            answer = await self.done("coach", f"/v1/plans/{made['id']}/define-objective", objective_body(title))
            self.ids[title] = answer["item_id"]
        return str(made["id"])

    async def propose(self) -> dict[str, Any]:
        at = f"/v1/plans/{self.ids['plan']}"
        await self.done("coach", f"{at}/propose-plan", {})
        return await self.seen("client", at)

    async def send(self, who: str | None, method: str, path: str, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.keys[who]}"} if who else {}
        return await self.client.request(method, path, headers=headers | more.pop("headers", {}), **more)

    async def post(self, who: str | None, path: str, body: Any, **headers: str) -> Response:
        return await self.send(who, "POST", path, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def get(self, who: str | None, path: str, **headers: str) -> Response:
        return await self.send(who, "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def done(self, who: str, path: str, body: Any) -> dict[str, Any]:
        answer = await self.post(who, path, body)
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def together(self, who: str, items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """Does all of a batch in one request; answers with the ids of what the items that have an `id` made."""
        told = await self.done(who, "/v1/batches", {"items": items, "mode": "all"})
        return {item["id"]: item["done"]["id"] for item in told["items"] if "id" in item}

    async def seen(self, who: str, path: str) -> dict[str, Any]:
        """What somebody reads once everything is projected."""
        await self.runner.catch_up()
        answer = await self.get(who, path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def program_body(sponsor: str) -> dict[str, Any]:
    return {
        "name": "Leading with clarity",
        "starts_on": "2026-01-01",
        "ends_on": LATER,
        "capacity": 10,
        "sessions_per_engagement": 8,
        "sponsored": True,
        "sponsor_ids": [sponsor],
    }


def objective_body(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "why": f"Because of {title}",
        "measure": {"name": "One-to-ones held", "unit": "count", "direction": "increase", "source": "calendar"},
        "baseline": {"value": "2", "at": "2026-01-02", "source": "calendar"},
        "target": "12",
        "due_on": DUE,
        "confidence": 7,
    }
