"""Many commands in one request: each answered as alone, or all or none; in order, once, and by the same rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from httpx import Response

from tests.services.firm import DUE, Firm, objective_body

PATH = "/v1/batches"


def person(name: str, *, label: str | None = None, email: str | None = None) -> dict[str, Any]:
    item = {"command": "register_person", "body": {"name": name, "email": email or f"{name.lower()}@example.org"}}
    return item | ({"id": label} if label else {})


def grant(target: Any, role: str, **more: Any) -> dict[str, Any]:
    return {"command": "grant_membership", "target": target, "body": {"role": role}} | more


async def send(firm: Firm, who: str, items: list[Any], **more: Any) -> Response:
    headers = {name: more.pop(name) for name in list(more) if name[0].isupper()}
    return await firm.post(who, PATH, {"items": items} | more, **headers)


async def done(firm: Firm, who: str, items: list[Any], **more: Any) -> list[dict[str, Any]]:
    answer = await send(firm, who, items, **more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def position(firm: Firm) -> int:
    reading = await firm.commands.store.read(firm.tenant, firm.tenant)
    assert reading.head is not None
    return reading.head.position


async def test_a_person_is_registered_and_given_a_role_in_one_request(firm: Firm) -> None:
    before = await position(firm)
    answer = await send(firm, "admin", [person("Bo", label="bo"), grant({"made_by": "bo"}, "coach")])
    told = answer.json()
    assert (told["done"], told["refused"], told["postponed"]) == (2, 0, 0)
    made, granted = told["items"]
    assert (made["status"], made["id"], made["done"]["version"], made["done"]["position"]) == (201, "bo", 1, before + 1)
    assert granted == {"status": 200, "done": {"id": made["done"]["id"], "version": 2, "position": before + 2}}
    assert answer.headers["throughline-position"] == str(before + 2)
    shown = await firm.seen("admin", f"/v1/people/{made['done']['id']}")
    assert [role["role"] for role in shown["roles"]] == ["coach"]


async def test_who_reads_the_commands_finds_where_many_of_them_go(firm: Firm) -> None:
    assert (await firm.seen("coach", "/v1/commands"))["batches"] == PATH


async def test_each_item_has_the_answer_that_it_would_have_alone(firm: Firm) -> None:
    client = firm.ids["client"]
    items = [
        person("Cy"),
        person("Cy2", email="client@example.org"),
        grant(client, "client"),
        grant(str(uuid4()), "coach"),
        {"command": "grant_membership", "target": client, "body": {"role": "auditor", "until": "2001-01-01"}},
        {"command": "register_person", "body": {"name": "", "nick": "x"}},
        {"command": "define_program", "body": {"name": "P", "starts_on": "2026-01-01", "ends_on": DUE, "capacity": 1}},
        grant(client, "sponsor", if_version=1),
        grant(client, "sponsor", if_version=2),
    ]
    told = await done(firm, "admin", items)
    assert [item["status"] for item in told] == [201, 409, 409, 404, 422, 400, 400, 412, 200]
    codes = [item["problem"]["code"] for item in told if "problem" in item]
    unread = "unreadable"
    assert codes == ["person_exists", "role_already_granted", "not_found", "dates_inverted", unread, unread, "precondition_failed"]
    assert [fault["pointer"] for fault in told[4]["problem"]["errors"]] == ["/items/4/body/until"]
    pointers = [fault["pointer"] for fault in told[5]["problem"]["errors"]]
    assert pointers == ["/items/5/body/nick", "/items/5/body/name", "/items/5/body/email"]
    assert told[7]["problem"]["facts"] == {"version": 2}


async def test_each_item_says_what_the_single_request_says(planned: Firm) -> None:
    """Refused or not: the same problem but for the request's id and where the fault is."""
    at = f"/v1/plans/{planned.ids['plan']}"
    blank = {"objective_id": str(uuid4()), "title": "Half of them", "due_on": "2199-01-31"}
    for who, command, body in (("coach", "set_milestone", blank), ("client", "propose_plan", {}), ("stranger", "propose_plan", {})):
        alone = (await planned.post(who, f"{at}/{command.replace('_', '-')}", body)).json()
        (item,) = await done(planned, who, [{"command": command, "target": planned.ids["plan"], "body": body}])
        told = item["problem"]
        assert {name: told[name] for name in ("type", "title", "status", "detail", "code")} == {
            name: alone[name] for name in ("type", "title", "status", "detail", "code")
        }
        assert told.get("facts") == alone.get("facts")


async def test_all_or_nothing(firm: Firm) -> None:
    before = await position(firm)
    items = [person("Di", label="di"), grant({"made_by": "di"}, "coach"), grant(firm.ids["client"], "client"), person("Ed")]
    refused = await send(firm, "admin", items, mode="all")
    assert (refused.status_code, refused.json()["code"]) == (409, "role_already_granted")
    assert refused.json()["errors"][0]["pointer"].startswith("/items/2")
    assert await position(firm) == before
    del items[2]
    told = await done(firm, "admin", items, mode="all")
    assert [item["done"]["position"] for item in told] == [before + 1, before + 2, before + 3]


async def test_all_or_nothing_names_the_item_whose_claim_is_taken(firm: Firm) -> None:
    before = await position(firm)
    taken = person("Flo", email="coach@example.org")
    for items, place in (([person("Gil"), taken], 1), ([person("Gil"), person("Gil"), taken], 1), ([taken, person("Gil")], 0)):
        refused = await send(firm, "admin", items, mode="all")
        assert (refused.status_code, refused.json()["code"]) == (409, "person_exists")
        assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/items/{place}/body/email"]
    assert await position(firm) == before


async def test_all_or_nothing_first_tells_every_fault_of_every_item(firm: Firm) -> None:
    items = [{"command": "register_person", "body": {"name": ""}}, person("Hal"), grant(firm.ids["client"], "king")]
    refused = await send(firm, "admin", items, mode="all")
    assert (refused.status_code, refused.json()["code"]) == (400, "unreadable")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/items/0/body/name", "/items/0/body/email", "/items/2/body/role"]


async def test_what_is_wrong_with_the_batch_itself_is_told_at_once(firm: Firm) -> None:
    items = [
        {"command": "register_organization", "body": {}},
        {"command": "miss_milestone", "target": firm.ids["client"], "body": {}},
        person("Ida") | {"target": firm.ids["client"]},
        {"command": "grant_membership", "body": {"role": "coach"}},
        person("Jo", label="jo"),
        person("Jo2", label="jo"),
        grant({"made_by": "nobody"}, "coach"),
        grant({"made_by": "jo"}, "king"),
    ]
    refused = await send(firm, "admin", items)
    assert refused.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [
        ("/items/0/command", "unknown_command"),
        ("/items/1/command", "unknown_command"),
        ("/items/2/target", "unknown_field"),
        ("/items/3/target", "required"),
        ("/items/5/id", "duplicate"),
        ("/items/6", "unknown_reference"),
        ("/items/7/body/role", "invalid"),
    ]
    late = [grant({"made_by": "kim"}, "coach"), person("Kim", label="kim"), person("Lu") | {"id": "lu\n"}]
    assert (await send(firm, "admin", late)).status_code == 400
    refused = await send(firm, "admin", late[:2])
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("/items/0", "unknown_reference")]
    for body in ({"items": []}, {"items": [person("M")] * 201}, {"items": [person("M")], "mode": "some"}, {"items": [person("M")], "x": 1}):
        assert (await firm.post("admin", PATH, body)).status_code == 400


async def test_what_nothing_came_of_cannot_be_referred_to(firm: Firm) -> None:
    taken = person("Nat", label="nat", email="coach@example.org")
    unread = {"command": "register_person", "id": "oz", "body": {}}
    told = await done(firm, "admin", [taken, unread, grant({"made_by": "nat"}, "coach"), grant({"made_by": "oz"}, "coach")])
    assert [(item["status"], item["problem"]["code"]) for item in told] == [
        (409, "person_exists"),
        (400, "unreadable"),
        (422, "nothing_made"),
        (422, "nothing_made"),
    ]


async def test_a_whole_plan_is_made_in_one_step(engaged: Firm) -> None:
    """What is made inside a stream is referred to as well, and each sees what those before it did."""
    plan, objective = {"made_by": "plan"}, {"made_by": "objective"}
    milestone = {"objective_id": objective, "title": "Half of them", "due_on": "2199-01-31"}
    items = [
        {"id": "plan", "command": "draft_plan", "body": {"engagement_id": engaged.ids["engagement"]}},
        {"id": "objective", "command": "define_objective", "target": plan, "body": objective_body("Meet")},
        {"command": "set_milestone", "target": plan, "body": milestone},
        {"command": "propose_plan", "target": plan, "body": {}},
    ]
    told = await done(engaged, "coach", items, mode="all")
    assert [item["done"]["version"] for item in told] == [1, 2, 3, 4]
    shown = await engaged.seen("coach", f"/v1/plans/{told[0]['done']['id']}")
    assert [one["id"] for one in shown["objectives"]] == [told[1]["done"]["item_id"]]


async def test_a_text_that_looks_like_a_reference_stays_a_text(firm: Firm) -> None:
    name = '{"made_by":"pia"}'
    told = await done(firm, "admin", [person("Pia", label="pia"), person(name, email="q@example.org")])
    assert (await firm.seen("admin", f"/v1/people/{told[1]['done']['id']}"))["name"] == name


async def test_more_than_one_append_is_one_batch(firm: Firm) -> None:
    """Also where an item refers to one of an earlier append."""
    people = [person(f"P{number}", label=f"p{number}") for number in range(60)]
    grants = [grant({"made_by": f"p{number}"}, "client") for number in range(60)]
    told = await done(firm, "admin", [*people, *grants])
    assert {item["status"] for item in told} == {200, 201}
    assert [item["done"]["id"] for item in told[:60]] == [item["done"]["id"] for item in told[60:]]


async def test_outsiders_are_not_told_how_much_happens(firm: Firm) -> None:
    answer = await send(firm, "integration", [person("Ria", label="ria"), person("Sol", email="coach@example.org")])
    assert "throughline-position" not in answer.headers
    made, refused = answer.json()["items"]
    assert set(made["done"]) == {"id"}
    assert "facts" not in refused["problem"]
    assert (await send(firm, "integration", [grant(firm.ids["client"], "sponsor", if_version=2)])).status_code == 400
    denied = await done(firm, "integration", [grant(firm.ids["client"], "program_manager")])
    assert denied[0]["status"] == 403


async def test_the_same_key_has_one_effect_and_one_answer(firm: Firm) -> None:
    items = [person("Tea", label="tea"), person("Tea2", email="coach@example.org"), grant({"made_by": "tea"}, "coach"), {**person("")}]
    for mode, sent in (("each", items), ("all", [person("Uli", label="uli"), grant({"made_by": "uli"}, "coach")])):
        key = uuid4().hex
        before = await position(firm)
        first, again = [await send(firm, "admin", sent, mode=mode, Idempotency_Key=key) for _ in range(2)]
        assert (first.status_code, again.status_code) == (200, 200)
        assert first.text == again.text
        assert (first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")) == (None, "true")
        assert await position(firm) == before + 2
        other = await send(firm, "admin", sent[:1], mode=mode, Idempotency_Key=key)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        single = await firm.post("admin", "/v1/people", sent[0]["body"], Idempotency_Key=key)
        assert (single.status_code, single.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_batch_that_is_refused_as_a_whole_is_not_kept_for_its_key(firm: Firm) -> None:
    refused = await send(firm, "admin", [grant(firm.ids["client"], "client")], mode="all", Idempotency_Key="kept-1")
    assert refused.status_code == 409
    assert (await send(firm, "admin", [grant(firm.ids["client"], "sponsor")], mode="all", Idempotency_Key="kept-1")).status_code == 200


async def test_seats_that_a_batch_takes_are_seen_by_its_later_items(engaged: Firm) -> None:
    """A coach with three seats, one of them taken, gets two more clients of one append, and the third is refused."""
    program, coach = engaged.ids["program"], engaged.ids["coach"]
    clients = [f"c{number}" for number in range(3)]
    people = [item for name in clients for item in (person(name, label=name), grant({"made_by": name}, "client"))]
    ids = [item["done"]["id"] for item in await done(engaged, "admin", people)][::2]
    items: list[Any] = []
    for name, client in zip(clients, ids, strict=True):
        items += [
            {"command": "enrol_participant", "target": program, "body": {"client_id": client}},
            {"id": name, "command": "propose_engagement", "body": {"client_id": client, "program_id": program}},
            {"command": "assign_coach", "target": {"made_by": name}, "body": {"coach_id": coach}},
        ]
    told = await done(engaged, "program_manager", items)
    assert [item["status"] for item in told] == [200, 201, 200, 200, 201, 200, 200, 201, 409]
    assert told[-1]["problem"]["code"] == "coach_at_capacity"


async def test_too_large_a_batch_is_refused_with_413(firm: Firm) -> None:
    large = {"items": [person("V", email="v@example.org")], "mode": "x" * 1024 * 1024}
    answer = await firm.post("admin", PATH, large)
    assert (answer.status_code, "1048576 bytes" in answer.json()["detail"]) == (413, True)


async def test_a_key_is_needed(firm: Firm) -> None:
    assert (await firm.post(None, PATH, {"items": [person("W")]})).status_code == 401


async def test_an_event_of_a_batch_occurs_when_it_is_recorded(firm: Firm) -> None:
    told = await done(firm, "admin", [person("Xi", label="xi"), grant({"made_by": "xi"}, "coach"), person("Yu")])
    rows = await firm.commands.store.pool.of(firm.tenant).fetch(
        "SELECT * FROM es.feed($1, $2, $3)", firm.tenant, told[0]["done"]["position"] - 1, 10
    )
    assert len(rows) == 3
    assert all(row["occurred_at"] == row["recorded_at"] for row in rows)
    assert len({UUID(item["done"]["id"]) for item in told}) == 2
