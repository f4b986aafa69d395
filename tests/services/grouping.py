"""A group that is coached together, with what each of them wrote of themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Litestar
from uuid_utils.compat import uuid7

from domain.session.commands import ScheduleSession
from services.actor import Actor
from services.command.execution import Commands
from services.reading.view import ALL
from tests.services.firm import DUE, LATER, Firm, program_body
from tests.services.test_execution import active
from tests.workers.reminder.killing import waking_zone

TOGETHER = ("client", "ben", "eve")
"""Who signs and meets: the first client and two members; `cleo` joins afterwards, when `eve` leaves, and `otto` is of another group."""


async def grouped(app: Litestar, firm: Firm) -> None:
    """`client`, `ben` and `eve` met in an active group, and each wrote something of their own."""
    firm.tenant, firm.zone = uuid7(), waking_zone()
    await firm.open()  # anew, where some hours ago it was the same day: nobody is in a group before the day on which they joined
    for name in ("ben", "eve", "cleo", "otto"):
        await firm.enter(name, "client")
    firm.ids["program"] = (await firm.done("program_manager", "/v1/programs", program_body(firm.ids["sponsor"])))["id"]
    at = f"/v1/programs/{firm.ids['program']}"
    await firm.done("program_manager", f"{at}/add-coach-to-pool", {"coach_id": firm.ids["coach"], "max_engagements": 3})
    await firm.done("program_manager", f"{at}/open-program", {})
    for name in (*TOGETHER, "cleo", "otto"):
        await firm.done("program_manager", f"{at}/enrol-participant", {"client_id": firm.ids[name]})
    await begin(firm, *TOGETHER)
    await firm.plan("Meet")
    firm.ids["objective"] = firm.ids["Meet"]
    await active(firm)
    firm.ids["session"] = await meet(app, firm)


def at_group(firm: Firm) -> str:
    return f"/v1/engagements/{firm.ids['engagement']}"


async def begin(firm: Firm, first: str, *members: str) -> None:
    """A group that everybody has signed for."""
    proposal = {"client_id": firm.ids[first], "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"], "kind": "group"}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
    at = at_group(firm)
    for name in members:
        await firm.done("program_manager", f"{at}/add-member", {"client_id": firm.ids[name]})
    await firm.done("program_manager", f"{at}/assign-coach", {"coach_id": firm.ids["coach"]})
    flows = [{"about": subject, "to": "sponsor"} for subject in sorted(ALL)]
    terms = {"sessions": 8, "cadence_days": 14, "text": "What is said among us stays here.", "information_flows": flows}
    await firm.done("coach", f"{at}/draft-agreement", terms)
    for name in (first, *members, "coach", "sponsor"):
        await sign(firm, name)
    await firm.done("coach", f"{at}/activate-engagement", {"starts_on": "2026-01-01", "planned_end": LATER})


async def sign(firm: Firm, who: str) -> None:
    digest = (await firm.seen(who, at_group(firm)))["agreement"]["digest"]
    await firm.done(who, f"{at_group(firm)}/sign-agreement", {"digest": digest})


async def meet(app: Litestar, firm: Firm) -> str:
    """A session that began an hour ago. All who had signed came."""
    session = await book(app, firm, hours=1)
    there = [firm.ids[name] for name in TOGETHER]
    await firm.done("coach", f"/v1/sessions/{session}/complete-session", {"minutes": 60, "attended": there})
    return session


async def book(app: Litestar, firm: Firm, *, hours: int) -> str:
    """A session that began so many hours ago: it was booked two days before that, when the clock said so."""
    began = datetime.fromtimestamp(int(datetime.now(UTC).timestamp()) // 300 * 300, UTC) - timedelta(hours=hours)
    then = Commands(app.state.commands.store, app.state.commands.directory, lambda: began - timedelta(days=2))
    coach = Actor(firm.tenant, UUID(firm.ids["coach"]), "coach", firm.tenant)
    made = await then.execute(coach, ScheduleSession(engagement_id=UUID(firm.ids["engagement"]), starts_at=began))
    return str(made.id)


async def speak(firm: Firm, who: str) -> dict[str, str]:
    """What somebody writes of themselves, by its kind: each with a word that is nowhere else."""
    words = {kind: f"canary-{who}-{kind}" for kind in ("rating", "private", "shared", "check-in", "evidence")}
    session, plan = f"/v1/sessions/{firm.ids['session']}", f"/v1/plans/{firm.ids['plan']}"
    await firm.done(who, f"{session}/rate-session", {"scores": {"stars": 4}, "comment": words["rating"]})
    for kind, visibility in (("private", "private_client"), ("shared", "shared")):
        await firm.done(who, f"{session}/record-reflection", {"text": words[kind], "visibility": visibility})
    value = {"objective_id": firm.ids["Meet"], "value": "4", "source": f"self_report.{who}", "comment": words["check-in"]}
    await firm.done(who, f"{plan}/measure-progress", value)
    await firm.done(who, f"{plan}/complete-action", {"action_id": await promise(firm, who), "evidence": words["evidence"]})
    return words


async def promise(firm: Firm, who: str) -> str:
    """An action of theirs."""
    body: dict[str, Any] = {"text": f"{who} writes it down", "owner": firm.ids[who], "due_on": DUE, "objective_id": firm.ids["Meet"]}
    made = await firm.done("coach", f"/v1/plans/{firm.ids['plan']}/commit-action", body)
    firm.ids["action"] = made["item_id"]
    return str(made["item_id"])


async def leave(firm: Firm, who: str) -> None:
    await firm.done("program_manager", f"{at_group(firm)}/remove-member", {"client_id": firm.ids[who], "reason_code": "absence"})
