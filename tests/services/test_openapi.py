"""The OpenAPI document as a product: valid, complete, and true to what is answered."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import msgspec
import pytest
from httpx import AsyncClient
from jsonschema import Draft202012Validator
from litestar import Litestar
from litestar.routes import HTTPRoute
from openapi_spec_validator import OpenAPIV31SpecValidator

from domain.command import Command
from domain.plan.smart.rules import SAYS
from domain.values import NIL, EmailAddress
from infra.eventstore.errors import Unavailable
from services.command.table import TABLE
from services.contract.openapi import require_unique
from services.entry.body import decode
from services.errors import Unreadable
from services.permission import table
from services.problems import STATUS, code_of, snake, subclasses
from tests.services.firm import Firm

COMMANDS = {snake(entry.command.__name__): entry.command for entry in TABLE.values() if entry.offered}


@pytest.fixture(scope="session")
def document(app: Litestar) -> dict[str, Any]:
    found: dict[str, Any] = app.state.document()
    return found


@pytest.fixture(scope="session")
def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()}


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_of_the_api_is_in_it(app: Litestar, document: dict[str, Any]) -> None:
    routes = [(route, handler) for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    offered = {
        (route.path_format, method.lower())
        for route, handler in routes
        for method in handler.http_methods - {"HEAD", "OPTIONS"}
        if not handler.opt.get("page")
    }
    assert {(path, method) for path, item in document["paths"].items() for method in item} == offered


def test_every_command_and_read_is_named_described_and_given_an_example(app: Litestar, operations: dict[str, dict[str, Any]]) -> None:
    assert operations.keys() >= COMMANDS.keys()
    handlers = [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    taking = {handler.operation_id for handler in handlers if "command" in handler.opt}
    for name, operation in operations.items():
        assert re.fullmatch("[a-z_]+", name)
        assert operation["summary"], name
        assert len(operation["summary"]) <= 130, name
        assert "For" in operation["description"], name
        assert ("requestBody" in operation) == (name in taking)


def test_every_schema_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """Two structs of one name are called by their modules, which generators of clients cannot read."""
    assert [name for name in document["components"]["schemas"] if not name.isalnum()] == []


def test_two_operations_of_one_name_are_found() -> None:
    with pytest.raises(ValueError, match="twice: a"):
        require_unique({"/x": {"get": {"operationId": "a"}}, "/y": {"get": {"operationId": "a"}}})


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_example_of_a_command_can_be_sent(name: str, operations: dict[str, dict[str, Any]]) -> None:
    example = operations[name]["requestBody"]["content"]["application/json"]["example"]
    command: Command = decode(COMMANDS[name], msgspec.json.encode(example))
    assert type(command) is COMMANDS[name]


async def test_every_example_of_a_body_can_be_read_where_it_is_sent(
    operations: dict[str, dict[str, Any]], document: dict[str, Any], planned: Firm, app: Litestar
) -> None:
    """It may be refused by a rule, or be about what is not there, but never as unreadable."""
    handlers = {handler.operation_id: handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "requestBody" in operation:
                may = table.MAY.get(handlers[operation["operationId"]].opt["action"], frozenset())
                who = next(
                    (role for role in ("client", "coach", "program_manager", "admin", "integration", "sponsor") if role in may), None
                )
                body = operation["requestBody"]["content"]["application/json"]["example"]
                noun = {"people": "client", "programs": "program", "engagements": "engagement", "plans": "plan"}.get(operation["tags"][0])
                id = planned.ids[noun] if noun else str(planned.tenant)
                given = {"If-Match": "*"} if method == "put" else {}
                answer = await planned.send(who, method.upper(), path.replace("{id}", id), json=body, headers=given)
                assert answer.status_code not in {400, 401, 405, 415, 428, 500}, f"{operation['operationId']}: {answer.text}"


def test_every_example_of_an_answer_is_one(document: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    checker = Draft202012Validator.FORMAT_CHECKER
    for name, operation in operations.items():
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                if "example" in content:
                    schema = {**content["schema"], "components": document["components"]}
                    faults = [
                        fault.message for fault in Draft202012Validator(schema, format_checker=checker).iter_errors(content["example"])
                    ]
                    assert faults == [], name


def test_links_lead_to_operations_with_bodies_and_parameters_that_they_take(operations: dict[str, dict[str, Any]]) -> None:
    found = [
        (name, link)
        for name, one in operations.items()
        for answer in one["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    led = {(name, link["operationId"]) for name, link in found}
    assert {("draft_plan", "define_objective"), ("define_objective", "measure_progress"), ("list_people", "read_person")} <= led
    assert {("propose_engagement", "draft_plan"), ("measure_progress", "read_plan"), ("make_key", "revoke_key")} <= led
    for name, link in found:
        to = operations[link["operationId"]]
        assert link.get("parameters", {}).keys() <= {one["name"] for one in to["parameters"]}, name
        if "requestBody" in link:
            assert link["requestBody"].keys() == to["requestBody"]["content"]["application/json"]["example"].keys(), name


async def test_options_names_every_method_of_an_address(document: dict[str, Any], client: AsyncClient) -> None:
    for path, item in document["paths"].items():
        answer = await client.options(path.replace("{id}", str(NIL)).replace("{code}", "due_in_past"))
        allowed = {method.lower() for method in answer.headers["Allow"].split(", ")}
        assert allowed - {"head", "options"} == item.keys(), path


async def test_the_word_null_is_no_way_to_leave_a_filter_out(firm: Firm) -> None:
    for path, name in (("/v1/keys", "person"), ("/v1/plans", "limit"), ("/v1/ledger", "program"), ("/v1/audit/altered-history", "about")):
        for word in ("null", "Null"):
            answer = await firm.get("auditor", f"{path}?{name}={word}")
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, f"/query/{name}"), path


def test_no_object_of_a_request_takes_unknown_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    waiting = [command.__name__ for command in COMMANDS.values()]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        schema = schemas[name]
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, name
        waiting += re.findall(r"#/components/schemas/(\w+)", str(schema))
    assert len(seen) > len(COMMANDS)


def test_unknown_fields_are_refused_in_every_part_of_a_command() -> None:
    with pytest.raises(Unreadable) as refused:
        decode(COMMANDS["define_objective"], b'{"title": "x", "links": {"is_admin": true}}')
    assert [fault.pointer for fault in refused.value.faults] == ["/links/is_admin"]


def test_public_operations_say_so_and_all_others_take_a_key(document: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    assert document["security"] == [{"key": []}]
    public = {name for name, operation in operations.items() if operation.get("security") == []}
    assert public == {
        "live",
        "ready",
        "explain_problem",
        "list_problems",
        "download_report",
        "ask_mail_link",
        *("read_asked", "submit_rater_feedback", "read_survey_asked", "submit_survey_response"),
    }
    for name, operation in operations.items():
        assert ("401" in operation["responses"]) == (name not in public)


def test_every_answer_but_success_is_a_problem_with_codes_that_exist(operations: dict[str, dict[str, Any]]) -> None:
    known = {code_of(kind) for kind in STATUS} | {code_of(kind) for kind in subclasses(Unavailable)} | {"internal_error"}
    for name, operation in operations.items():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], name
                assert set(re.findall(r"`(\w+)`", response["description"])) <= known, name


def test_what_may_be_refused_is_read_from_the_rules(operations: dict[str, dict[str, Any]]) -> None:
    adjusting = operations["adjust_milestone"]["responses"]
    assert {"`milestone_closed`", "`version_conflict`"} <= set(re.findall("`[a-z_]+`", adjusting["409"]["description"]))
    assert "`plan_exists`" in operations["draft_plan"]["responses"]["409"]["description"]  # a claim's
    assert "`engagement_not_active`" in operations["launch_needs_assessment"]["responses"]["409"]["description"]


async def test_the_catalogue_says_who_may_and_what_follows(client: AsyncClient, firm: Any) -> None:
    cards = {card["name"]: card for card in (await firm.get("client", "/v1/commands")).json()["items"]}
    assert cards.keys() == COMMANDS.keys()
    assert cards["adjust_milestone"]["events"] == ["plan.milestone_adjusted"]
    assert "plan.objective_refined" in cards["accept_change"]["events"]
    for name, card in cards.items():
        assert set(card["roles"]) == table.MAY[name] - {"operator", "worker"}
        assert card["events"], name
        assert card["refusals"]["not_permitted"] == 403


async def test_the_catalogue_points_at_the_body_that_a_command_takes(document: dict[str, Any], client: AsyncClient, firm: Any) -> None:
    for card in (await firm.get("client", "/v1/commands")).json()["items"]:
        address, _, pointer = card["body"].partition("#")
        assert address == "/schema/openapi.json"
        schema = document
        for step in pointer.split("/")[1:]:
            schema = schema[step.replace("~1", "/")]
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = document["components"]["schemas"][name] if name else schema
        assert "command" not in schema.get("required", ()), card["name"]


async def test_the_page_has_each_field_of_a_body_and_what_each_smart_code_means(client: AsyncClient) -> None:
    page = html.unescape((await client.get("/docs")).text)
    _, _, defining = page.partition('id="define_objective"')
    defining, _, _ = defining.partition("</details>")
    assert "<td><code>title</code></td><td>required</td>" in defining
    assert '<a href="#schema-MeasureBody">' in defining
    assert "No fields: send an empty object." in page
    for code, says in SAYS.items():
        assert f"<code>{code}</code>: {says}" in page


async def test_the_page_has_of_each_answer_its_headers_an_example_and_what_can_follow(
    client: AsyncClient, operations: dict[str, dict[str, Any]]
) -> None:
    page = html.unescape((await client.get("/docs")).text)
    anchors = set(re.findall(r'id="([^"]+)"', page))
    for name, operation in operations.items():
        told = page.partition(f'<details id="{name}">')[2].partition("</details>")[0]
        for status, response in operation["responses"].items():
            assert f"<td>{status}</td>" in told, name
            if "example" in (shown := response.get("content", {}).get("application/json", {})):
                assert json.dumps(shown["example"], indent=2, ensure_ascii=False) in told, name
            wanted = {*response.get("links", {}), *(f"header-{header}" for header in response.get("headers", {}))}
            assert wanted <= set(re.findall(r'href="#([^"]+)"', told)) & anchors, name


async def test_the_document_and_its_page_come_from_here_only(client: AsyncClient) -> None:
    assert (await client.get("/schema/openapi.json")).json()["openapi"] == "3.1.0"
    page = await client.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in page.text
    assert re.findall(r"(?:src|href)=\"(?!/|#|data:,)", page.text) == []
    for name in COMMANDS:
        assert f'id="{name}"' in page.text
    assert (await client.get("/docs/style.css")).headers["content-type"].startswith("text/css")


def test_what_several_routes_ask_of_the_query_is_listed_at_each(operations: dict[str, dict[str, Any]]) -> None:
    def asked(name: str) -> set[str]:
        return {one["name"] for one in operations[name]["parameters"] if one["in"] == "query"}

    filters = {"actor", "initiator", "reason", "kind", "flag", "from", "to", "format", "limit", "cursor"}
    assert asked("read_ledger") == filters
    assert asked("list_ledger") == filters | {"program", "plan", "coach"}
    for name in ("read_plan_as_of", "read_engagement_as_of", "read_assessment_as_of"):
        assert asked(name) == {"recorded", "occurred", "position", "approval", "signature"}
    for name in ("read_ledger", "list_ledger"):
        assert operations[name]["responses"]["200"]["content"].keys() == {"application/json", "text/csv"}


def test_a_pattern_tells_readers_of_ecma_262_what_the_door_takes(document: dict[str, Any]) -> None:
    """Its white space is not Python's: U+0085 is none there, and U+FEFF is."""
    white = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
    told = document["components"]["schemas"]["RegisterPerson"]["properties"]["email"]["pattern"].replace(r"\s", white)
    addresses = [f"a{chr(one)}a@b.example" for one in range(0x3100)]
    allowed = [address for address in addresses if re.fullmatch(told, address)]
    assert len(allowed) > 0x3000
    for address in allowed:
        msgspec.convert(address, EmailAddress)


def test_what_can_be_a_file_says_in_a_header_what_it_is_called(operations: dict[str, dict[str, Any]]) -> None:
    for name in ("read_ledger", "list_ledger"):
        assert "Content-Disposition" in operations[name]["responses"]["200"]["headers"]
    assert "Content-Disposition" not in operations["read_plan"]["responses"]["200"]["headers"]
