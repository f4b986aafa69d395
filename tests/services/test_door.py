"""Commands over HTTP: what is answered, once and only once, and to the version that was meant."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from services.actor import OPERATOR, WORKER
from services.command.table import TABLE
from services.permission.table import MAY
from services.problems import snake
from tests.services.firm import Firm, objective_body


async def test_what_begins_a_stream_is_created_with_its_address(firm: Firm) -> None:
    answer = await firm.post("admin", "/v1/people", {"name": "Bo", "email": "bo@example.org"})
    body = answer.json()
    assert (answer.status_code, body["version"], set(body)) == (201, 1, {"id", "version", "position"})
    assert answer.headers["location"] == f"/v1/people/{body['id']}"
    assert answer.headers["etag"] == '"v1"'
    assert answer.headers["throughline-position"] == str(body["position"])
    assert (await firm.seen("admin", answer.headers["location"]))["name"] == "Bo"


async def test_what_is_made_inside_a_stream_is_named(planned: Firm) -> None:
    plan = await planned.seen("client", f"/v1/plans/{planned.ids['plan']}")
    assert [objective["id"] for objective in plan["objectives"]] == [planned.ids["Meet"]]


async def test_a_command_that_changes_answers_with_the_next_version(planned: Firm) -> None:
    answer = await planned.post("coach", f"/v1/plans/{planned.ids['plan']}/propose-plan", {})
    assert (answer.status_code, answer.json()["version"], answer.headers["etag"]) == (200, 3, '"v3"')
    assert "location" not in answer.headers


async def test_a_stale_if_match_changes_nothing(planned: Firm) -> None:
    path = f"/v1/plans/{planned.ids['plan']}/define-objective"
    stale = await planned.post("coach", path, objective_body("Second"), If_Match='"v1"')
    assert (stale.status_code, stale.json()["code"], stale.json()["facts"]) == (412, "precondition_failed", {"version": 2})
    assert (await planned.post("coach", path, objective_body("Second"), If_Match='"v2"')).status_code == 200
    assert (await planned.post("coach", path, objective_body("Third"), If_Match="*")).status_code == 200


async def test_the_tag_of_a_read_is_good_for_if_match(planned: Firm) -> None:
    await planned.runner.catch_up()
    at = f"/v1/plans/{planned.ids['plan']}"
    tag = (await planned.get("coach", at)).headers["etag"]
    assert (await planned.post("coach", f"{at}/propose-plan", {}, If_Match=tag)).status_code == 200
    assert (await planned.post("coach", f"{at}/propose-plan", {}, If_Match=tag)).status_code == 412
    assert (await planned.post("coach", f"{at}/propose-plan", {}, If_Match='W/"v3"')).status_code == 400


async def test_the_same_key_has_one_effect_however_often_it_is_sent(firm: Firm) -> None:
    key, body = str(uuid4()), {"name": "Cy", "email": "cy@example.org"}
    answers = await asyncio.gather(*(firm.post("admin", "/v1/people", body, Idempotency_Key=key) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert [answer.headers.get("idempotency-replayed") for answer in answers].count("true") == 7
    again = await firm.post("admin", "/v1/people", body, Idempotency_Key=key)
    assert (again.status_code, again.text, again.headers["location"]) == (201, answers[0].text, answers[0].headers["location"])
    await firm.runner.catch_up()
    everyone = (await firm.seen("admin", "/v1/people?limit=200"))["items"]
    assert [person["name"] for person in everyone].count("Cy") == 1


async def test_a_key_belongs_to_one_request_of_one_person(firm: Firm) -> None:
    first = await firm.post("admin", "/v1/people", {"name": "Di", "email": "di@example.org"}, Idempotency_Key="k1")
    other = await firm.post("admin", "/v1/people", {"name": "Di", "email": "di2@example.org"}, Idempotency_Key="k1")
    assert (first.status_code, other.status_code, other.json()["code"]) == (201, 422, "idempotency_key_reused")
    theirs = await firm.post("integration", "/v1/people", {"name": "Ed", "email": "ed@example.org"}, Idempotency_Key="k1")
    assert theirs.status_code == 201
    for key in ("", "with space", "x" * 256):
        assert (await firm.post("admin", "/v1/people", {}, Idempotency_Key=key)).status_code == 400


async def test_a_refusal_is_not_kept_for_its_key(firm: Firm) -> None:
    at = f"/v1/people/{firm.ids['client']}/grant-membership"
    assert (await firm.post("admin", at, {"role": "auditor", "until": "2001-01-01"}, Idempotency_Key="k2")).status_code == 422
    assert (await firm.post("admin", at, {"role": "sponsor", "until": "2199-01-01"}, Idempotency_Key="k3")).status_code == 200


async def test_outsiders_are_not_told_how_much_happens(engaged: Firm) -> None:
    await engaged.consent(("objective_titles",))
    made = await engaged.post("integration", "/v1/people", {"name": "Flo", "email": "flo@example.org"})
    assert (made.status_code, set(made.json())) == (201, {"id"})
    assert {"etag", "throughline-position"} & set(made.headers) == set()
    assert (await engaged.post("integration", "/v1/people", {"name": "G", "email": "g@example.org"}, If_Match='"v1"')).status_code == 400


async def test_nobody_registers_an_organization_over_http(firm: Firm) -> None:
    assert (await firm.post("admin", "/v1/organizations", {"name": "X", "slug": "xyz"})).status_code in {404, 405}


def test_what_no_key_lets_anybody_do_is_not_offered() -> None:
    hidden = {snake(entry.command.__name__) for entry in TABLE.values() if not entry.offered}
    assert "register_organization" in hidden
    assert hidden == {snake(command.__name__) for command in TABLE if MAY[snake(command.__name__)] <= {OPERATOR, WORKER}}


async def test_of_racing_enrolments_for_the_last_seat_one_wins(engaged: Firm) -> None:
    for number in range(9):
        await engaged.enter(f"client{number}", "client")
    await engaged.enter("late", "client")
    at = f"/v1/programs/{engaged.ids['program']}/enrol-participant"
    for number in range(8):
        await engaged.done("program_manager", at, {"client_id": engaged.ids[f"client{number}"]})
    rivals = [engaged.ids["client8"], engaged.ids["late"]]
    answers = await asyncio.gather(*(engaged.post("program_manager", at, {"client_id": rival}) for rival in rivals))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_coach_takes_no_more_than_their_seats(engaged: Firm) -> None:
    program, statuses = f"/v1/programs/{engaged.ids['program']}", []
    for number in range(3):
        await engaged.enter(f"more{number}", "client")
        client = {"client_id": engaged.ids[f"more{number}"]}
        await engaged.done("program_manager", f"{program}/enrol-participant", client)
        made = await engaged.done("program_manager", "/v1/engagements", client | {"program_id": engaged.ids["program"]})
        answer = await engaged.post("program_manager", f"/v1/engagements/{made['id']}/assign-coach", {"coach_id": engaged.ids["coach"]})
        statuses.append((answer.status_code, answer.json().get("code")))
    assert statuses == [(200, None), (200, None), (409, "coach_at_capacity")]
