"""A coach's log of hours over HTTP: what counts, who is named, who sees what, and what was handed in stays as it was."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from domain.session.commands import ScheduleSession
from services.actor import Actor
from services.command.execution import Commands
from tests.services.firm import Firm

NOW = datetime.now(UTC)
HANDED_IN = {"body": "icf"}
WITHHELD = {"withheld": True}


SUPERVISED = {"kind": "supervision", "held_on": str((NOW - timedelta(days=30)).date()), "minutes": 90}


@pytest.fixture
async def logged(app: Litestar, planned: Firm) -> Firm:
    """With two sessions that were held lately, one of them for nothing, and a coach whose education began before."""
    for hours, minutes, pro_bono in ((2, 45, False), (1, 20, True)):
        planned.ids[f"held {minutes}"] = await held(app, planned, hours, minutes, pro_bono)
    record = {"body": "icf", "level": "acc", "number": "ACC-7", "issued_on": "2025-06-01", "education_start": "2025-01-10"}
    await planned.done("admin", at(planned, "record-coach-credential"), record)
    return planned


async def held(app: Litestar, firm: Firm, hours: int, minutes: int, pro_bono: bool) -> str:
    """A session that began so many hours ago: it was booked two days before that, when the clock said so."""
    began = datetime.fromtimestamp(int(NOW.timestamp()) // 300 * 300, UTC) - timedelta(hours=hours)
    then = Commands(app.state.commands.store, app.state.commands.directory, lambda: began - timedelta(days=2))
    coach = Actor(firm.tenant, UUID(firm.ids["coach"]), "coach", firm.tenant)
    made = await then.execute(coach, ScheduleSession(engagement_id=UUID(firm.ids["engagement"]), starts_at=began))
    await firm.done("coach", f"/v1/sessions/{made.id}/complete-session", {"minutes": minutes, "pro_bono": pro_bono})
    return str(made.id)


def at(firm: Firm, command: str, who: str = "coach") -> str:
    return f"/v1/people/{firm.ids[who]}/{command}"


def levels(log: dict[str, Any], level: str = "acc") -> dict[str, dict[str, Any]]:
    return {one["requirement"]: one for each in log["levels"] if each["level"] == level for one in each["requirements"]}


async def consent(firm: Firm, word: str) -> None:
    await firm.done("client", at(firm, f"{word}-listing-consent", "client"), {"coach_id": firm.ids["coach"]})


async def test_a_coach_follows_their_hours_and_shows_them_with_the_consent_of_clients(logged: Firm) -> None:
    log = await logged.seen("coach", at(logged, "credential-log"))
    assert (log["ruleset"], log["paid_minutes"], log["pro_bono_minutes"], log["paid_hours"]) == ("icf-2025", 45, 20, "0.7500")
    assert levels(log)["hours"] | {"share": None} == {
        **{"requirement": "hours", "unit": "minutes", "numerator": 65, "denominator": 6000, "share": None},
        **{"listed": 0, "n": 2, "verified": True},
    }
    assert levels(log, "mcc")["clients"]["verified"] is False
    assert log["load"] | {"share": None} == {
        **{"kpi": 28, "engagements": 1, "places": 3, "share": None, "sessions": 2},
        **{"paid_minutes": 45, "pro_bono_minutes": 20, "head_count": 0},
    }
    [alone] = log["relationships"]
    assert (alone["consents"], alone["name"], alone["email"], alone["last_on"]) == (False, None, None, None)
    assert [one["hours"] for one in alone["sessions"]] == ["0.7500", "0.3333"]

    await consent(logged, "grant")
    log = await logged.seen("coach", at(logged, "credential-log"))
    [alone] = log["relationships"]
    assert (alone["name"], alone["email"]) == ("Person client", "client@example.org")
    assert (levels(log)["hours"]["listed"], levels(log)["clients"]["listed"]) == (65, 1)
    assert log["credentials"][0]["number"] == "ACC-7"

    file = await logged.get("coach", at(logged, "credential-log"), Accept="text/csv")
    assert file.headers["content-type"].startswith("text/csv")
    same = await logged.get("coach", at(logged, "credential-log") + "?format=csv")
    assert (same.headers["content-type"], same.content) == (file.headers["content-type"], file.content)
    [first, second] = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (first["client"], first["email"], first["hours"], first["payment"], second["payment"]) == (
        *("Person client", "client@example.org"),
        *("0.7500", "paid", "pro bono"),
    )

    await consent(logged, "withdraw")
    answer = await logged.get("coach", at(logged, "credential-log"))  # without waiting for anything: it holds at once
    assert answer.json()["relationships"][0]["name"] is None


async def test_nothing_counts_for_icf_until_it_is_known_when_education_began(logged: Firm) -> None:
    await logged.done("coach", at(logged, "record-coach-credential"), {"body": "icf"})
    log = await logged.seen("coach", at(logged, "credential-log"))
    assert (log["uncounted_minutes"], levels(log)["hours"]["numerator"]) == (65, 0)
    assert {one["reason"] for one in log["relationships"][0]["sessions"]} == {"education_unknown"}
    emcc = await logged.seen("coach", at(logged, "credential-log?body=emcc"))
    assert (emcc["ruleset"], levels(emcc, "foundation")["hours"]["numerator"]) == ("emcc-eia-2021", 65)
    assert emcc["not_known"] == ["reciprocal_halves"]
    before = await logged.seen("coach", at(logged, "credential-log?body=emcc&on=2026-01-01"))
    assert (before["on"], before["sessions"], before["relationships"]) == ("2026-01-01", 0, [])


async def test_supervision_counts_for_emcc_until_the_entry_is_taken_back(logged: Firm) -> None:
    made = (await logged.done("coach", at(logged, "record-coach-development"), SUPERVISED))["item_id"]
    log = await logged.seen("coach", at(logged, "credential-log?body=emcc"))
    assert log["development"] == [{"id": made, **SUPERVISED}]
    assert levels(log, "foundation")["supervision_hours"]["numerator"] == 90
    assert "development" not in await logged.seen("admin", at(logged, "credential-log?body=emcc"))
    back = {"development_id": made, "reason": "It was another coach's supervision."}
    await logged.done("coach", at(logged, "withdraw-coach-development"), back)
    log = await logged.seen("coach", at(logged, "credential-log?body=emcc"))
    assert (log["development"], levels(log, "foundation")["supervision_hours"]["numerator"]) == ([], 0)


async def test_who_runs_the_firm_sees_numbers_and_an_auditor_no_names(logged: Firm) -> None:
    await consent(logged, "grant")
    for who in ("admin", "program_manager"):
        log = await logged.seen(who, at(logged, "credential-log"))
        assert "relationships" not in log
        assert (log["paid_minutes"], log["credentials"][0]["number"]) == (45, WITHHELD)
    log = await logged.seen("auditor", at(logged, "credential-log"))
    [alone] = log["relationships"]
    assert (alone["client_id"], alone["consents"], alone["name"], alone["email"]) == (logged.ids["client"], True, WITHHELD, WITHHELD)
    assert [one["session_id"] for one in alone["sessions"]] == [logged.ids["held 45"], logged.ids["held 20"]]
    for who, whose, status in (
        ("client", "coach", 404),
        ("client", "client", 403),
        ("sponsor", "coach", 404),
        ("stranger", "coach", 404),
        ("integration", "coach", 403),
    ):
        assert (await logged.get(who, at(logged, "credential-log", whose))).status_code == status


async def test_what_was_handed_in_changes_by_a_counter_entry_alone(logged: Firm) -> None:
    session = f"/v1/sessions/{logged.ids['held 45']}"
    early = await logged.post("coach", f"{session}/counter-session-time", {"from": 45, "to": 40, "reason_code": "other"})
    assert (early.status_code, early.json()["code"]) == (409, "log_not_exported")
    await logged.done("coach", f"{session}/correct-session-time", {"from": 45, "to": 50, "reason_code": "other"})
    await logged.runner.catch_up()
    await logged.done("coach", at(logged, "export-credential-log"), HANDED_IN)
    log = await logged.seen("coach", at(logged, "credential-log"))
    [export] = log["exports"]

    refused = await logged.post("coach", f"{session}/correct-session-time", {"from": 50, "to": 30, "reason_code": "other"})
    assert (refused.status_code, refused.json()["code"]) == (409, "log_exported")
    await logged.done("coach", f"{session}/counter-session-time", {"from": 50, "to": 30, "reason_code": "other"})

    log = await logged.seen("coach", at(logged, "credential-log"))
    line = log["relationships"][0]["sessions"][0]
    assert (line["minutes"], [one["minutes"] for one in line["counters"]], line["hours"]) == (50, [-20], "0.5000")
    assert log["paid_minutes"] == 30
    assert log["exports"] == [export]
    file = await logged.get("coach", at(logged, "credential-log"), Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["entry"], row["minutes"]) for row in rows] == [("session", "50"), ("counter", "-20"), ("session", "20")]


async def test_only_the_coach_hands_a_log_in_and_only_the_client_consents(logged: Firm) -> None:
    asked = [
        ("admin", at(logged, "export-credential-log"), HANDED_IN, 403),
        ("stranger", at(logged, "export-credential-log"), HANDED_IN, 404),
        ("stranger", at(logged, "export-credential-log", "stranger"), HANDED_IN, 409),
        ("stranger", at(logged, "record-coach-credential"), {"body": "icf"}, 404),
        ("client", at(logged, "record-coach-credential", "client"), {"body": "icf"}, 403),
        ("coach", at(logged, "grant-listing-consent", "client"), {"coach_id": logged.ids["coach"]}, 404),
        ("admin", at(logged, "grant-listing-consent", "client"), {"coach_id": logged.ids["coach"]}, 403),
        ("admin", at(logged, "record-coach-credential", "client"), {"body": "icf"}, 422),
        ("stranger", at(logged, "record-coach-development"), SUPERVISED, 404),
        ("client", at(logged, "record-coach-development", "client"), SUPERVISED, 403),
        ("admin", at(logged, "record-coach-development", "client"), SUPERVISED, 422),
    ]
    for who, path, body, status in asked:
        answer = await logged.post(who, path, body)
        assert answer.status_code == status, (who, path, answer.text)


async def test_an_auditor_asks_what_was_delivered_and_what_backs_it(logged: Firm) -> None:
    session = f"/v1/sessions/{logged.ids['held 45']}"
    await logged.runner.catch_up()
    await logged.done("coach", at(logged, "export-credential-log"), HANDED_IN)
    await logged.done("coach", f"{session}/counter-session-time", {"from": 45, "to": 30, "reason_code": "other"})
    await consent(logged, "grant")
    for about in (logged.ids["coach"], logged.ids["engagement"], logged.ids["client"]):
        found = await logged.seen("auditor", f"/v1/audit/delivered-hours?about={about}")
        by_kind = {one["kind"]: one for one in found["findings"]}
        assert set(by_kind) == {"hours_countered", "hours_backed", "hours_of_coach"}
        assert by_kind["hours_of_coach"]["facts"] | {"coach": ""} == {
            **{"coach": "", "sessions": 2, "minutes": 50, "paid_minutes": 30, "pro_bono_minutes": 20},
        }
        assert len(by_kind["hours_countered"]["evidence"]) == 2
    nobody = await logged.seen("auditor", f"/v1/audit/delivered-hours?about={logged.ids['stranger']}")
    assert nobody["findings"] == []
    await consent(logged, "withdraw")
    found = await logged.seen("auditor", f"/v1/audit/delivered-hours?about={logged.ids['coach']}")
    assert {one["kind"] for one in found["findings"]} == {"hours_countered", "hours_unlisted", "hours_of_coach"}


async def test_a_director_reads_how_much_each_coach_has_to_do(logged: Firm) -> None:
    found = await logged.seen("program_manager", "/v1/board/coaches")
    assert (found["engagements"], found["places"], found["share"]) == (1, 3, "33.3333")
    [one] = found["items"]
    assert (one["coach_id"], one["load"]["paid_minutes"], one["load"]["pro_bono_minutes"]) == (logged.ids["coach"], 45, 20)
    assert found["people"] == [{"id": logged.ids["coach"], "name": "Person coach"}]
    assert (await logged.get("coach", "/v1/board/coaches")).status_code == 403
