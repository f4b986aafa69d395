"""The pages over HTTP: what each role finds on them, what nobody may find on them, and what they let a browser do."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest
from httpx import ASGITransport, AsyncClient, Response
from jinja2 import FileSystemLoader
from litestar import Litestar
from msgspec.structs import replace
from uuid_utils.compat import uuid7

from domain.glossary import Disclosure
from infra.settings import Settings
from services.entry.credential import new_key
from services.pages.page import MARK_PATH, STYLE, STYLE_PATH, TEMPLATES, gathered
from services.reading.view import ALL
from services.wiring import create_app
from tests.services.firm import PEOPLE, Firm, today
from tests.services.markup import Markup

EVERYTHING: tuple[Disclosure, ...] = tuple(sorted(ALL))
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = "</title><script>alert(1)</script><img src=x onerror='alert(1)'>\" onload=\"alert(1)"

FIRST_PAGE = {
    "program_manager": "/boards",
    "auditor": "/boards",
    "coach": "/engagements",
    "client": "/engagements",
    "sponsor": "/engagements",
    "stranger": "/engagements",
    "admin": "/people",
    "integration": None,
}
SEES_PLAN = {"client", "coach", "sponsor", "program_manager", "auditor"}


async def shown(firm: Firm, who: str, path: str, status: int = 200) -> Markup:
    """The page as somebody finds it once everything is projected."""
    await firm.runner.catch_up()
    return read(await firm.send(who, "GET", path, headers=BROWSER), status)


def read(answer: Response, status: int = 200) -> Markup:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Markup(answer.text)


def at(firm: Firm) -> str:
    return f"/plans/{firm.ids['plan']}"


async def everything(firm: Firm) -> dict[str, Markup]:
    """Every kind of page that there is."""
    found = {path: await shown(firm, "program_manager", path) for path in ("/boards", "/plans", "/programs", "/coaches", "/engagements")}
    found[f"/programs/{firm.ids['program']}"] = await shown(firm, "program_manager", f"/programs/{firm.ids['program']}")
    found["/"] = await shown(firm, "integration", "/")
    found |= {path: await shown(firm, "admin", path) for path in ("/people", f"/people/{firm.ids['coach']}")}
    emergencies = ("/emergencies", f"/engagements/{firm.ids['engagement']}/emergencies")
    found |= {path: await shown(firm, "program_manager", path) for path in emergencies}
    found["/sign-in"] = read(await firm.client.get("/sign-in", headers=BROWSER))
    found |= {f"plan of {who}": await shown(firm, who, at(firm)) for who in sorted(SEES_PLAN)}
    past = (f"{at(firm)}?as_of=position:1", f"{at(firm)}/compare", f"{at(firm)}/ledger")
    found |= {path: await shown(firm, "client", path, 404 if "as_of" in path else 200) for path in past}
    found["the plan now"] = await shown(firm, "auditor", f"{at(firm)}?as_of={today()}&clock=both")
    found["/ledger"] = await shown(firm, "auditor", "/ledger?kind=plan_proposed")
    found["/accesses"] = await shown(firm, "client", "/accesses")
    found["refusal"] = await shown(firm, "client", "/boards", 403)
    found["problems"] = read(await firm.client.get("/problems", headers=BROWSER))
    found["problem"] = read(await firm.client.get("/problems/due_in_past", headers=BROWSER))
    found["nothing"] = await shown(firm, "client", "/nothing-here", 404)
    return found


@pytest.mark.parametrize(("who", "first"), FIRST_PAGE.items())
async def test_each_role_finds_its_pages_and_no_other(planned: Firm, who: str, first: str | None) -> None:
    await planned.runner.catch_up()
    start = await planned.send(who, "GET", "/", headers=BROWSER)
    assert (start.status_code, start.headers.get("location")) == ((303, first) if first else (200, None))
    expected = {"/boards": 200 if first == "/boards" else 403, "/plans": 200 if first in ("/boards", "/engagements") else 403}
    expected[at(planned)] = 200 if who in SEES_PLAN else 404 if who == "stranger" else 403
    for path, status in expected.items():
        markup = await shown(planned, who, path, status)
        offered = {address for address in markup.addresses if address in {"/boards", "/plans"}}
        assert offered <= {page for page, may in expected.items() if may == 200}, path


async def test_client_and_coach_read_their_plan(planned: Firm) -> None:
    for who in ("client", "coach"):
        words = (await shown(planned, who, at(planned))).words
        for expected in ("Meet", "Because of Meet", "One-to-ones held", "31 Mar 2199", "Person client", "Person sponsor"):
            assert expected in words, (who, expected)
        assert "defined the objective “Meet”" in words
        assert "withheld" not in words


@pytest.mark.parametrize("who", ["program_manager", "auditor"])
async def test_those_who_run_or_audit_see_that_a_text_is_there_and_not_what_it_says(planned: Firm, who: str) -> None:
    words = (await shown(planned, who, at(planned))).words
    assert not re.search(r"Meet|Because of|One-to-ones", words)
    assert "withheld" in words
    assert "31 Mar 2199" in words
    assert ("Person client" in words) == (who == "program_manager")


async def test_an_auditor_finds_no_name_on_any_page(planned: Firm) -> None:
    await planned.propose()
    names = {"Ada Admin", *(f"Person {who}" for who in planned.ids if who in PEOPLE or who == "stranger")}
    for path in ("/boards", "/plans", "/coaches", "/programs", f"/programs/{planned.ids['program']}", "/engagements", at(planned)):
        words = (await shown(planned, "auditor", path)).words
        assert {name for name in names if name in words} <= {"Person auditor"}, path


async def test_a_sponsor_sees_what_the_client_consented_to_and_never_the_timeline(planned: Firm) -> None:
    await planned.propose()
    assert "Meet" not in (await shown(planned, "sponsor", at(planned))).words
    await planned.consent(EVERYTHING)
    words = (await shown(planned, "sponsor", at(planned))).words
    assert "Meet" in words
    assert not re.search(r"Because of Meet|defined the objective|position \d|not measured yet", words)
    await planned.consent(EVERYTHING, grant=False)
    assert "Meet" not in (await planned.send("sponsor", "GET", at(planned), headers=BROWSER)).text


async def test_what_is_foreign_absent_or_no_id_is_the_same_page(app: Litestar, planned: Firm) -> None:
    other = Firm(planned.client, planned.runner, app.state.commands, app.state.api_keys)
    await other.open()
    for who in ("coach", "program_manager", "auditor", "client"):
        found = {(await shown(other, who, path, 404)).words for path in (at(planned), f"/plans/{uuid7()}", "/plans/nothing")}
        assert len(found) == 1, who
        assert "Person" not in (await shown(other, who, "/plans")).words.replace(f"Person {who}", "")


async def test_what_somebody_writes_is_text_and_nothing_else(engaged: Firm) -> None:
    await engaged.plan(HOSTILE)
    added = await engaged.done("admin", "/v1/people", {"name": HOSTILE, "email": "mallory@example.org"})
    await engaged.done("admin", f"/v1/people/{added['id']}/grant-membership", {"role": "coach"})
    program = {"name": HOSTILE, "starts_on": "2026-01-01", "ends_on": "2199-01-01", "capacity": 1, "sessions_per_engagement": 1}
    await engaged.done("program_manager", "/v1/programs", program)
    for markup in [await shown(engaged, "client", at(engaged)), await shown(engaged, "program_manager", "/boards")]:
        assert HOSTILE in markup.words
        assert {one.name for one in markup.elements}.isdisjoint({"script", "iframe", "object"})
        assert [one.attributes["src"] for one in markup.all("img")] == [MARK_PATH]
        assert not [name for one in markup.elements for name in one.attributes if name.startswith("on")]


def test_pages_stay_those_of_one_release_while_files_are_replaced(tmp_path: Path) -> None:
    with as_file(files("services.pages").joinpath("templates")) as templates_of_release:
        copytree(templates_of_release, tmp_path, dirs_exist_ok=True)
    shown, not_yet = gathered(FileSystemLoader(tmp_path)), gathered(FileSystemLoader(tmp_path))
    asked: dict[str, object] = {"reader": None, "here": "/", "hours": 12, "wrong": "", "leads": "", "organization": "", "elsewhere": ""}
    before = shown.get_template("sign_in.html").render(asked)
    for path in tmp_path.rglob("*.html"):
        path.write_text("{{ of_another_release }}")
    assert {templates.get_template("sign_in.html").render(asked) for templates in (shown, not_yet)} == {before}


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_a_template_can_be_compiled(name: str) -> None:
    assert TEMPLATES.get_template(name).name == name


@pytest.mark.parametrize("query", ["program=x", "coach='", "period=2026-13", "period=<script>", "cursor=x", "unknown=1"])
async def test_a_filter_that_cannot_be_read_is_refused(firm: Firm, query: str) -> None:
    markup = await shown(firm, "program_manager", f"/{'plans' if 'cursor' in query else 'boards'}?{query}", 400)
    assert markup.all("script") == []


async def test_pages_fetch_nothing_from_elsewhere_and_run_nothing(planned: Firm) -> None:
    for name, markup in (await everything(planned)).items():
        assert all(re.match(r"[/#](?!/)", address) for address in markup.addresses), name
        assert {one.name for one in markup.elements}.isdisjoint({"script", "style", "iframe", "base"}), name
        assert not [one for one in markup.elements if "style" in one.attributes], name
    assert not re.search(rb"url\(|@import|//(?!\s)", STYLE)


async def test_pages_can_be_found_through_by_ear_and_keyboard(planned: Firm) -> None:
    for name, markup in (await everything(planned)).items():
        ids = [one.attributes["id"] for one in markup.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids)), name
        assert [len(markup.all(element)) for element in ("main", "h1", "header")] == [1, 1, 1], name
        inside = [one.name for one in markup.elements]
        assert inside[: inside.index("body")].count("title") == 1, name  # drawings have titles of their own
        assert markup.all("html")[0].attributes["lang"] == "en"
        headings = [int(one.name[1]) for one in markup.elements if re.fullmatch("h[1-6]", one.name)]
        assert all(after - before <= 1 for before, after in pairwise(headings)), (name, headings)
        assert len(markup.all("caption")) == len(markup.all("table")), name
        labelled = {one.attributes["for"] for one in markup.all("label")}
        fields = [one for kind in ("input", "select", "textarea") for one in markup.all(kind) if one.attributes.get("type") != "hidden"]
        assert {one.attributes["id"] for one in fields} == labelled, name
        referred = {id for one in markup.elements for id in one.attributes.get("aria-labelledby", "").split()}
        assert referred <= set(ids), name
        assert {address.removeprefix("#") for address in markup.addresses if address.startswith("#")} <= set(ids), name


async def test_pages_forbid_what_they_do_not_need_and_are_kept_by_no_cache(planned: Firm) -> None:
    await planned.runner.catch_up()
    for who, path in (("client", at(planned)), ("program_manager", "/boards"), ("client", "/boards"), (None, "/sign-in"), (None, "/none")):
        headers = (await planned.send(who, "GET", path, headers=BROWSER)).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert (policy["default-src"], policy["style-src"], policy["form-action"]) == ("'none'", "'self'", "'self'"), path
        assert (policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'"), path
        assert "script-src" not in policy
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff"


async def test_what_pages_are_drawn_with_may_be_kept_for_ever(client: AsyncClient) -> None:
    for path, kind in ((STYLE_PATH, "text/css; charset=utf-8"), (MARK_PATH, "image/svg+xml")):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert "immutable" in answer.headers["cache-control"]
    assert (await client.get("/assets/style.0000000000000000.css")).status_code == 404


async def test_an_address_that_does_not_exist_is_a_page_for_browsers_and_a_problem_for_programs(client: AsyncClient) -> None:
    read(await client.get("/nothing-here", headers=BROWSER), 404)
    for path, headers in (("/nothing-here", {}), ("/v1/nothing-here", BROWSER)):
        answer = await client.get(path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_without_a_database_a_page_says_so_and_when_to_come_back(settings: Settings) -> None:
    app = create_app(replace(settings, database_url="postgresql://throughline_app@127.0.0.1:9/none"))
    headers = {**BROWSER, "Authorization": f"Bearer {new_key()}"}
    async with app.lifespan(), AsyncClient(transport=ASGITransport(app), base_url="http://throughline.test") as client:
        answer = await client.get("/boards", headers=headers)
    markup = read(answer, 503)
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["x-request-id"] in markup.words
