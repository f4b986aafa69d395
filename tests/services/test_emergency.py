"""Break-glass over HTTP: who may open the words of a plan to whom, what is open then, and for how long."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from infra.settings import Settings
from services.entry.auth import Wanted
from services.permission.scope import SCOPES
from tests.services.desk import Desk
from tests.services.firm import program_body
from tests.services.glass import REASON, TITLE, Glass
from tests.services.test_idempotency import two


async def test_words_are_open_to_the_asker_alone_and_only_on_the_plan_as_it_stands(glass: Glass) -> None:
    assert not await glass.reads_words("program_manager")
    await glass.ask()
    assert not await glass.reads_words("program_manager")
    assert (await glass.send("admin", "approve")).status_code == 200
    assert await glass.reads_words("program_manager")
    for other in ("deputy", "auditor"):
        assert not await glass.reads_words(other)
    for who in ("admin", "integration", "stranger"):
        assert (await glass.firm.get(who, glass.plan)).status_code in {403, 404}
    assert not await glass.reads_words("sponsor")


async def test_every_other_read_stays_withheld_while_it_is_open(glass: Glass) -> None:
    await glass.open()
    others = (
        "/v1/plans",
        "/v1/engagements",
        glass.at,
        f"{glass.plan}/timeline",
        f"{glass.plan}/as-of?recorded=now",
        f"{glass.plan}/as-of?position=9",
        f"{glass.plan}/diff?from=2026-01-01&to=now",
        f"{glass.plan}/ledger",
        "/v1/ledger",
        "/v1/board",
        f"/v1/audit/client-part?about={glass.firm.ids['plan']}",
        f"/v1/audit/lowered-targets?about={glass.firm.ids['plan']}",
        "/plans",
        f"/plans/{glass.firm.ids['plan']}?as_of=2099-01-01",
    )
    await glass.firm.runner.catch_up()
    answered = 0
    for path in others:
        answer = await glass.firm.get("program_manager", path)
        answered += answer.status_code == 200
        assert TITLE not in answer.text, path
        assert "What is said stays here." not in answer.text, path
    assert answered >= 10
    assert TITLE in await glass.text("program_manager", f"/plans/{glass.firm.ids['plan']}")


async def test_nothing_but_reading_is_open(glass: Glass) -> None:
    await glass.open()
    body = {"objective_id": glass.firm.ids[TITLE], "refinement": {"type": "title", "title": "Another"}}
    assert (await glass.firm.post("program_manager", f"{glass.plan}/propose-plan", {})).status_code == 403
    assert (await glass.firm.post("program_manager", f"{glass.plan}/refine-objective", body)).status_code in {400, 403}


async def test_a_report_tells_no_more_than_before(app: Litestar, glass: Glass) -> None:
    """Its file would outlive the four hours."""
    await glass.open()
    desk = Desk(app, glass.firm)
    for template in ("client_progress", "plan_ledger"):
        file = await desk.got("program_manager", "program_manager", template=template)
        assert TITLE not in str(file), template


async def test_it_is_over_after_four_hours_without_an_event(app: Litestar, glass: Glass, monkeypatch: pytest.MonkeyPatch) -> None:
    await glass.open()
    opened = datetime.fromisoformat((await glass.listed("client"))["items"][0]["open_until"])
    monkeypatch.setattr(app.state.reads, "clock", lambda: opened - timedelta(seconds=1))
    assert await glass.reads_words("program_manager")
    monkeypatch.setattr(app.state.reads, "clock", lambda: opened)
    assert not await glass.reads_words("program_manager")
    assert (await glass.listed("client"))["items"][0]["standing"] == "ended"


async def test_ending_it_closes_every_process_at_once(glass: Glass, settings: Settings) -> None:
    await glass.open()
    headers = {"Authorization": f"Bearer {glass.firm.keys['program_manager']}"}
    await glass.firm.runner.catch_up()
    async with two(settings) as processes:
        tags = []
        for process in processes:
            answer = await process.get(glass.plan, headers=headers)
            assert TITLE in answer.text
            tags.append(answer.headers["etag"])
        assert (await glass.send("admin", "end")).status_code == 200
        for process, tag in zip(processes, tags, strict=True):
            answer = await process.get(glass.plan, headers=headers | {"If-None-Match": tag})
            assert answer.status_code == 200, "what is cached is not what there is"
            assert TITLE not in answer.text


@pytest.mark.parametrize("others", [("approve", "approve"), ("approve", "decline"), ("approve", "decline", "approve", "decline")])
async def test_who_answers_at_once_answers_once(glass: Glass, others: tuple[str, ...]) -> None:
    await glass.ask()
    people = ("admin", "deputy", "admin", "deputy")
    answers = await asyncio.gather(*(glass.send(who, what) for who, what in zip(people, others, strict=False)))
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * (len(others) - 1)]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"emergency_access_answered"}
    (winner,) = (what for what, answer in zip(others, answers, strict=False) if answer.status_code == 200)
    assert await glass.reads_words("program_manager") == (winner == "approve")


async def test_the_same_human_approves_with_no_key_of_theirs(glass: Glass) -> None:
    firm = glass.firm
    manager = firm.ids["program_manager"]
    await firm.done("admin", f"/v1/people/{manager}/grant-membership", {"role": "admin"})
    firm.keys["also admin"] = (await firm.issuer.create(firm.tenant, UUID(manager), "admin")).key
    await glass.ask()
    for key in ("program_manager", "also admin"):
        answer = await glass.send(key, "approve")
        assert (answer.status_code, answer.json()["code"]) == (403, "own_emergency_request")
    assert (await glass.send("deputy", "approve")).status_code == 200
    assert await glass.reads_words("program_manager")
    assert (await firm.get("also admin", glass.plan)).status_code == 403


async def test_who_runs_another_program_has_no_part_in_it(glass: Glass) -> None:
    firm = glass.firm
    other = await firm.done("program_manager", "/v1/programs", program_body(firm.ids["sponsor"]))
    for name, program in (("far", other["id"]), ("near", firm.ids["program"])):
        made = await firm.done("admin", "/v1/people", {"name": f"Person {name}", "email": f"{name}@example.org"})
        await firm.done("admin", f"/v1/people/{made['id']}/grant-membership", {"role": "program_manager", "program_id": program})
        firm.keys[name] = (await firm.issuer.create(firm.tenant, UUID(made["id"]), "program_manager")).key
    await glass.ask("near")
    assert (await glass.send("far", "approve")).status_code == 404
    assert (await firm.get("far", f"{glass.at}/emergency-accesses")).status_code == 404
    assert (await glass.send("program_manager", "approve")).status_code == 200
    assert await glass.reads_words("near")
    assert not await glass.reads_words("program_manager")


@pytest.mark.parametrize("who", ["client", "coach", "sponsor", "auditor", "integration", "stranger"])
async def test_nobody_else_has_a_part_in_it(glass: Glass, who: str) -> None:
    await glass.ask()
    body = {"reason_code": "danger", "reason": REASON}
    refused = {(await glass.firm.post(who, f"{glass.at}/request-emergency-access", body)).status_code}
    refused |= {(await glass.send(who, what)).status_code for what in ("approve", "decline", "end")}
    assert refused <= {403, 404}
    assert (await glass.send("admin", "approve")).status_code == 200
    assert (await glass.send(who, "end")).status_code in {403, 404}


async def test_a_key_without_the_scope_of_its_own_breaks_no_glass(glass: Glass) -> None:
    firm = glass.firm
    wanted = Wanted(scopes=frozenset(SCOPES) - {"emergencies:write"})
    confined = await firm.issuer.make(firm.tenant, UUID(firm.ids["program_manager"]), "program_manager", wanted)
    firm.keys["confined"] = confined.key
    answer = await firm.post("confined", f"{glass.at}/request-emergency-access", {"reason_code": "danger", "reason": REASON})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


async def test_what_is_refused_says_so(glass: Glass) -> None:
    firm, body = glass.firm, {"reason_code": "danger", "reason": REASON}
    ask = f"{glass.at}/request-emergency-access"

    async def refused(who: str, path: str, sent: Any) -> tuple[int, str]:
        answer = await firm.post(who, path, sent)
        return answer.status_code, answer.json()["code"]

    assert await refused("program_manager", ask, body | {"reason": "because"}) == (422, "reason_required")
    assert (await refused("program_manager", ask, body | {"reason_code": "curiosity"}))[0] == 400
    assert await refused("program_manager", f"/v1/engagements/{firm.ids['plan']}/request-emergency-access", body) == (404, "not_found")
    await glass.ask()
    assert await refused("deputy", ask, body) == (409, "emergency_access_pending")
    assert (await glass.send("program_manager", "end")).json()["code"] == "emergency_access_not_open"
    await glass.send("admin", "approve")
    assert await refused("deputy", ask, body) == (409, "emergency_access_open")
    assert (await glass.send("admin", "decline")).json()["code"] == "emergency_access_answered"
    glass.emergency = firm.ids["plan"]
    unknown = await glass.send("admin", "approve")
    assert (unknown.status_code, unknown.json()["code"], unknown.json()["errors"][0]["pointer"]) == (422, "item_unknown", "/emergency_id")
