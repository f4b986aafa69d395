"""A change of the coach over HTTP: who may, what becomes of sessions and seats, and what an audit finds of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from services.entry.auth import COOKIE, Wanted
from tests.services.firm import Firm

WHY = {"reason": "The former coach moves abroad."}
MORNING, NOON = "2031-03-03T09:00:00Z", "2031-03-03T11:00:00Z"


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
async def changing(engaged: Firm) -> Firm:
    """A firm where a second coach, `stranger`, has one place left in the program."""
    await pool(engaged, "stranger")
    return engaged


async def pool(firm: Firm, coach: str) -> None:
    at = f"/v1/programs/{firm.ids['program']}/add-coach-to-pool"
    await firm.done("program_manager", at, {"coach_id": firm.ids[coach], "max_engagements": 1})


def at(firm: Firm, command: str = "") -> str:
    return f"/v1/engagements/{firm.ids['engagement']}{command and '/'}{command}"


def change(firm: Firm, **more: Any) -> dict[str, Any]:
    return {"from": firm.ids["coach"], "to": firm.ids["stranger"], **WHY, **more}


def booking(firm: Firm, starts_at: str = MORNING) -> dict[str, Any]:
    return {"engagement_id": firm.ids["engagement"], "starts_at": starts_at}


def note(text: str, visibility: str = "shared") -> dict[str, str]:
    return {"text": text, "visibility": visibility}


async def test_who_runs_the_program_changes_the_coach_and_nobody_else(changing: Firm) -> None:
    for who, status in {"client": 403, "coach": 403, "sponsor": 403, "stranger": 404, "auditor": 403, "admin": 403}.items():
        assert (await changing.post(who, at(changing, "reassign-coach"), change(changing))).status_code == status, who
    missing = await changing.post("program_manager", at(changing, "reassign-coach"), {**change(changing), "reason": "short"})
    assert told(missing) == (422, "reason_required")
    notes = await changing.post("program_manager", at(changing, "reassign-coach"), change(changing, handover_scope="shared_notes"))
    assert told(notes) == (422, "handover_consent_missing")
    for who in ("program_manager", "coach"):
        assert (await changing.post(who, at(changing, "grant-handover-consent"), {})).status_code == 403
    await changing.done("program_manager", at(changing, "reassign-coach"), change(changing))
    again = await changing.post("program_manager", at(changing, "reassign-coach"), change(changing))
    assert told(again) == (409, "version_conflict")
    assert again.json()["facts"]["coach_id"] == changing.ids["stranger"]
    seen = await changing.seen("client", at(changing))
    assert seen["coach_id"] == changing.ids["stranger"]
    assert (await changing.get("coach", at(changing))).status_code == 404
    assert (await changing.seen("coach", "/v1/engagements"))["items"] == []
    assert [one["id"] for one in (await changing.seen("stranger", "/v1/engagements"))["items"]] == [changing.ids["engagement"]]


async def test_sessions_that_are_booked_are_called_off_and_their_time_is_free(changing: Firm) -> None:
    first = (await changing.done("client", "/v1/sessions", booking(changing)))["id"]
    await changing.done("program_manager", at(changing, "reassign-coach"), change(changing))
    seen = await changing.seen("client", f"/v1/sessions/{first}")
    assert (seen["stage"], seen["cancelled_by"], seen["late_cancel"]) == ("cancelled", "coach", False)
    again = await changing.seen("client", f"/v1/sessions/{(await changing.done('client', '/v1/sessions', booking(changing)))['id']}")
    assert (again["coach_id"], again["session_no"]) == (changing.ids["stranger"], 3)  # the change has number 2
    assert (await changing.post("coach", f"/v1/sessions/{first}/record-session-note", note("Late."))).status_code == 404
    back = {"from": changing.ids["stranger"], "to": changing.ids["coach"], **WHY}
    await changing.done("program_manager", at(changing, "reassign-coach"), back)
    freed = await changing.done("coach", "/v1/sessions", booking(changing))
    assert (await changing.seen("coach", f"/v1/sessions/{freed['id']}"))["session_no"] == 5


async def test_no_session_stays_booked_with_a_coach_who_left_however_they_meet(changing: Firm) -> None:
    changed, *booked = await asyncio.gather(
        changing.post("program_manager", at(changing, "reassign-coach"), change(changing)),
        *(changing.post("client", "/v1/sessions", booking(changing, hour)) for hour in (MORNING, NOON)),
    )
    assert changed.status_code == 200, changed.text
    assert {one.status_code for one in booked} == {201}, [one.text for one in booked]
    items = (await changing.seen("client", "/v1/sessions"))["items"]
    assert {one["coach_id"] for one in items if one["stage"] == "scheduled"} <= {changing.ids["stranger"]}
    assert len({one["session_no"] for one in items}) == 2


async def test_of_two_changes_that_want_the_last_place_of_a_coach_one_gets_it(changing: Firm) -> None:
    """The place that the former coach leaves is free at once, and one in another program is another place."""
    there = changing.ids["engagement"]
    await changing.enter("second", "client")
    await another(changing, changing.ids["program"])
    in_same = changing.ids["engagement"]
    program = changing.ids["program"]
    await changing.enter("third", "client")
    await second_program(changing)
    elsewhere = changing.ids["engagement"]
    body = change(changing)
    answers = await asyncio.gather(
        *(changing.post("program_manager", f"/v1/engagements/{id}/reassign-coach", body) for id in (there, in_same, elsewhere))
    )
    assert Counter(one.status_code for one in answers[:2]) == {200: 1, 409: 1}, [one.text for one in answers]
    assert answers[2].status_code == 200, answers[2].text
    [refused] = [one for one in answers if one.status_code == 409]
    assert told(refused) == (409, "coach_at_capacity")
    left = next(id for id, one in zip((there, in_same), answers, strict=False) if one.status_code == 200)
    back = {"from": changing.ids["stranger"], "to": changing.ids["coach"], **WHY}
    await changing.done("program_manager", f"/v1/engagements/{left}/reassign-coach", back)
    again = in_same if left == there else there
    await changing.done("program_manager", f"/v1/engagements/{again}/reassign-coach", body)
    assert program != changing.ids["program"]


async def another(firm: Firm, program: str) -> None:
    """An active engagement of the second client in the same program."""
    await firm.done("program_manager", f"/v1/programs/{program}/enrol-participant", {"client_id": firm.ids["second"]})
    await contracted(firm, "second", program)


async def second_program(firm: Firm) -> None:
    body = {"name": "Another", "starts_on": "2026-01-01", "ends_on": "2199-06-30", "capacity": 3, "sessions_per_engagement": 8}
    firm.ids["program"] = (await firm.done("program_manager", "/v1/programs", body))["id"]
    program = f"/v1/programs/{firm.ids['program']}"
    for coach in ("coach", "stranger"):
        await pool(firm, coach)
    await firm.done("program_manager", f"{program}/open-program", {})
    await firm.done("program_manager", f"{program}/enrol-participant", {"client_id": firm.ids["third"]})
    await contracted(firm, "third", firm.ids["program"])


async def contracted(firm: Firm, client: str, program: str) -> None:
    proposal = {"client_id": firm.ids[client], "program_id": program}
    made = f"/v1/engagements/{(await firm.done('program_manager', '/v1/engagements', proposal))['id']}"
    await firm.done("program_manager", f"{made}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{made}/draft-agreement", {"sessions": 8, "cadence_days": 14})
    digest = (await firm.seen(client, made))["agreement"]["digest"]
    for party in (client, "coach"):
        await firm.done(party, f"{made}/sign-agreement", {"digest": digest})
    firm.ids["engagement"] = made.rpartition("/")[2]


async def test_an_audit_finds_what_was_handed_over_and_with_whose_consent(changing: Firm) -> None:
    await changing.plan("Meet")
    session = (await changing.done("client", "/v1/sessions", booking(changing)))["id"]
    await changing.done("coach", f"/v1/sessions/{session}/record-session-note", note("We met."))
    await changing.done("coach", f"/v1/sessions/{session}/record-session-note", note("I doubt it.", "private_coach"))
    await changing.done("client", at(changing, "grant-handover-consent"), {"coach_id": changing.ids["stranger"]})
    await changing.done("program_manager", at(changing, "reassign-coach"), change(changing, handover_scope="shared_notes"))
    await changing.done("client", at(changing, "withdraw-handover-consent"), {})
    await changing.runner.catch_up()
    for who in ("client", "program_manager", "auditor"):
        answer = (await changing.seen(who, f"/v1/audit/coach-change?about={changing.ids['engagement']}"))["findings"]
        found = {one["kind"]: one for one in answer}
        assert set(found) == {"coach_changed", "notes_with_consent", "notes_consent_withdrawn", "access_changed"}
        assert not any(one["stands_out"] for one in answer)
        changed, consent, access = found["coach_changed"], found["notes_with_consent"], found["access_changed"]
        assert (changed["facts"]["scope"], changed["facts"]["sessions"]) == ("shared_notes", 1)
        assert consent["facts"]["client"] == changing.ids["client"]
        assert len(consent["evidence"]) == 2
        assert (access["facts"]["former"], access["facts"]["coach"]) == (changing.ids["coach"], changing.ids["stranger"])
        assert access["facts"]["handed"] > 1
        assert access["facts"]["kept"] > 1
    assert (await changing.get("coach", f"/v1/audit/coach-change?about={changing.ids['engagement']}")).status_code in {403, 404}
    plan = f"/v1/plans/{changing.ids['plan']}"
    told = [one["sentence"] for one in (await changing.seen("client", f"{plan}/timeline"))["items"]]
    assert any("gave the coaching over from Person coach to Person stranger" in one for one in told)
    for coach, engagements in {"coach": 0, "stranger": 1}.items():
        assert (await changing.seen("program_manager", f"/v1/board?coach={changing.ids[coach]}"))["engagements"] == engagements


async def form(firm: Firm, who: str, **fields: str) -> Any:
    """What a browser sends from the page of the change, with the sign-in of that person."""
    role = "coach" if who == "stranger" else who
    key = await firm.issuer.make(firm.tenant, UUID(firm.ids[who]), role, Wanted(kind="sign_in"))  # type: ignore[arg-type]
    headers = {"Cookie": f"{COOKIE}={key.key}", "Origin": str(firm.client.base_url).rstrip("/")}
    return await firm.client.post(f"/engagements/{firm.ids['engagement']}/handover", data=fields, headers=headers)


async def test_the_page_of_a_change_shows_each_what_they_may_do_about_it(changing: Firm) -> None:
    page = f"/engagements/{changing.ids['engagement']}/handover"
    await changing.runner.catch_up()
    shown = {who: (await changing.get(who, page)).text for who in ("client", "coach", "program_manager", "auditor")}
    assert "Let the next coach read shared notes" in shown["client"]
    assert "Change the coach" in shown["program_manager"]
    assert "Person stranger" in shown["program_manager"]
    assert not any("<button>" in shown[who].partition("<main")[2] for who in ("coach", "auditor"))
    assert (await form(changing, "client", what="consent")).status_code == 303
    sent = {"what": "change", "from": changing.ids["coach"], "to": changing.ids["stranger"], "handover_scope": "shared_notes"}
    again = await form(changing, "program_manager", **sent, reason="short")
    assert again.status_code == 422
    for kept in ('value="short"', '<option value="shared_notes" selected>', f'<option value="{changing.ids["stranger"]}" selected>'):
        assert kept in again.text
    assert (await form(changing, "program_manager", **sent, reason=WHY["reason"])).status_code == 303
    await changing.runner.catch_up()
    assert (await changing.get("coach", page)).status_code == 404
    assert "the shared notes of sessions, by the client" in (await changing.get("stranger", page)).text
    assert "Take that back" in (await changing.get("client", page)).text


async def test_the_director_is_shown_whose_coach_lost_the_role_until_another_takes_over(changing: Firm) -> None:
    assert (await changing.seen("program_manager", "/v1/board"))["needs_help"] == []
    coach = f"/v1/people/{changing.ids['coach']}/revoke-membership"
    await changing.done("admin", coach, {"role": "coach", "reason": "They left the firm."})
    [row] = (await changing.seen("program_manager", "/v1/board"))["needs_help"]
    assert (row["engagement_id"], [one["code"] for one in row["reasons"]]) == (changing.ids["engagement"], ["coach_gone"])
    await changing.done("program_manager", at(changing, "reassign-coach"), change(changing))
    assert (await changing.seen("program_manager", "/v1/board"))["needs_help"] == []
