"""Who saw what about somebody: noted with every read, and told to whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from services.command.execution import utc_now
from services.permission.table import PUBLIC
from services.reading.recorder import RECORDED
from tests.services.firm import Firm, program_body

NOUNS = {"people": "client", "engagements": "engagement", "plans": "plan", "programs": "program", "organizations": "tenant"}


def addresses(app: Litestar, firm: Firm) -> Iterator[str]:
    """Every address that a read or a page answers at, of the firm's client where it is about one thing."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and any(shows(handler) for handler in route.route_handlers):
            noun = route.path.removeprefix("/v1").split("/")[1]
            if "{" not in route.path:
                yield route.path
            elif noun in NOUNS:
                id = str(firm.tenant) if noun == "organizations" else firm.ids[NOUNS[noun]]
                yield re.sub(r"{id:\w+}", id, route.path)


def shows(handler: BaseRouteHandler) -> bool:
    """A read, or a page that asks who looks at it."""
    return bool(handler.opt.get("answer")) or (bool(handler.opt.get("page")) and handler.opt["action"] != PUBLIC)


async def told(firm: Firm, who: str = "client", query: str = "") -> dict[str, Any]:
    return await firm.seen(who, f"/v1/people/{firm.ids['client']}/accesses{query}")


@pytest.mark.parametrize("role", sorted(RECORDED))
async def test_no_answer_names_the_client_without_a_note(app: Litestar, planned: Firm, role: str) -> None:
    await planned.consent(("objective_titles", "progress"))
    await planned.runner.catch_up()
    named, known = set(), {item["id"] for item in (await told(planned, query="?limit=200"))["items"]}
    for at in addresses(app, planned):
        app.state.reads.recorder.recent.clear()  # a page may show what the read of the same thing has noted
        answer = await planned.get(role, at)
        if answer.is_error:
            continue
        noted = [item for item in (await told(planned, query="?limit=200"))["items"] if item["id"] not in known]
        known |= {item["id"] for item in noted}
        if planned.ids["client"] in answer.text or "Person client" in answer.text:
            named.add(at)
            assert {item["reader_id"] for item in noted} == {planned.ids[role]}, at
    assert named, f"{role} was shown nothing, so the sweep has seen nothing"


async def test_the_client_reads_who_saw_what_and_when(planned: Firm) -> None:
    plan = f"/v1/plans/{planned.ids['plan']}"
    await planned.consent(("objective_titles",))
    await planned.seen("sponsor", plan)
    await planned.seen("program_manager", "/v1/engagements")
    items = (await told(planned))["items"]
    assert [(item["role"], item["action"], item["record_id"]) for item in items] == [
        ("program_manager", "list_engagements", None),
        ("sponsor", "read_plan", planned.ids["plan"]),
    ]
    assert items[1]["classes"] == ["names", "objective_titles"]
    assert items[0]["at"] > items[1]["at"]


async def test_what_the_parties_read_is_theirs(planned: Firm) -> None:
    for party in ("client", "coach"):
        await planned.seen(party, f"/v1/plans/{planned.ids['plan']}/timeline")
    assert (await told(planned))["items"] == []


async def test_what_could_have_been_seen_follows_the_consent_of_the_day(planned: Firm) -> None:
    await planned.consent(("progress",))
    today = {(one["role"], one["person_id"]): one["classes"] for one in (await told(planned))["possible"]}
    assert today["sponsor", planned.ids["sponsor"]] == ["names", "progress"]
    assert "words" in today["coach", planned.ids["coach"]]
    assert "words" not in today["program_manager", None]
    assert "names" not in today["auditor", None]
    await planned.consent(("progress",), grant=False)
    after = {(one["role"], one["person_id"]): one["classes"] for one in (await told(planned))["possible"]}
    assert after["sponsor", planned.ids["sponsor"]] == ["names"]


async def test_before_it_began_nobody_could_see_anything(planned: Firm) -> None:
    await planned.seen("sponsor", f"/v1/plans/{planned.ids['plan']}")
    yesterday = (utc_now() - timedelta(days=2)).date().isoformat()
    answer = await told(planned, query=f"?until={yesterday}")
    assert (answer["until"], answer["items"], answer["possible"]) == (yesterday, [], [])
    tomorrow = (utc_now() + timedelta(days=2)).date().isoformat()
    refused = await planned.get("client", f"/v1/people/{planned.ids['client']}/accesses?until={tomorrow}")
    assert (refused.status_code, refused.json()["code"]) == (422, "moment_ahead")
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/query/until"]


async def test_the_list_goes_on_where_a_page_ended(planned: Firm) -> None:
    for path in (f"/v1/plans/{planned.ids['plan']}", f"/v1/engagements/{planned.ids['engagement']}", "/v1/plans", "/v1/engagements"):
        await planned.seen("program_manager", path)
    seen, cursor = [], ""
    while True:
        page = await told(planned, query=f"?limit=1{cursor}")
        seen += [item["action"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == ["list_engagements", "list_plans", "read_engagement", "read_plan"]


async def test_an_auditor_who_reads_it_is_noted_too(planned: Firm) -> None:
    await told(planned, "auditor")
    assert [(item["role"], item["action"]) for item in (await told(planned))["items"]] == [("auditor", "read_accesses")]


@pytest.mark.parametrize(("role", "status"), [("coach", 404), ("sponsor", 404), ("program_manager", 403), ("integration", 403)])
async def test_it_is_for_the_person_and_for_who_runs_or_audits_the_organization(planned: Firm, role: str, status: int) -> None:
    assert (await planned.get(role, f"/v1/people/{planned.ids['client']}/accesses")).status_code == status


async def test_who_audits_one_program_does_not_learn_it_of_others(planned: Firm) -> None:
    made = await planned.done("admin", "/v1/people", {"name": "Person of a program", "email": "program@example.org"})
    other = await planned.done("program_manager", "/v1/programs", program_body(planned.ids["sponsor"]))
    grant = {"role": "auditor", "program_id": other["id"]}
    await planned.done("admin", f"/v1/people/{made['id']}/grant-membership", grant)
    planned.keys["outside"] = (await planned.issuer.create(planned.tenant, UUID(made["id"]), "auditor")).key
    await planned.seen("program_manager", f"/v1/plans/{planned.ids['plan']}")
    for address in ("/v1/people/{}/accesses", "/accesses?person={}", "/v1/audit/seen-by-others?about={}"):
        at = address.format(planned.ids["client"])
        assert (await planned.get("outside", at)).status_code == 403
        assert (await planned.get("auditor", at)).status_code == 200
