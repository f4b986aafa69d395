"""The ledger of changes over HTTP: what each reader finds, by which filters, page by page, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar

from domain.plan.commands import AdjustMilestone
from services.command.execution import Commands
from tests.services.firm import Firm
from tests.services.test_as_of import fault
from tests.services.test_execution import active, actor


@pytest.fixture
async def changed(planned: Firm) -> Firm:
    """A plan in force whose milestone was moved twice, and a proposed change of its target that waits."""
    at = f"/v1/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": "2199-02-01"}
    planned.ids["Half way"] = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    await move(planned, "client", "2199-02-01", "2199-02-11", reason="=HYPERLINK(1), we are away.")
    await move(planned, "coach", "2199-02-11", "2199-02-08", reason_code="scope")
    refinement = {"field": "target", "from": "12", "to": "8"}
    change = {"command": "refine_objective", "objective_id": planned.ids["Meet"], "refinement": refinement}
    planned.ids["change"] = (await planned.done("coach", f"{at}/propose-change", {"change": change, "reason_code": "scope"}))["item_id"]
    return planned


async def move(firm: Firm, who: str, was: str, to: str, **reason: str) -> None:
    body = {"milestone_id": firm.ids["Half way"], "from": was, "to": to, "initiated_by": who, **reason}
    await firm.done(who, f"/v1/plans/{firm.ids['plan']}/adjust-milestone", body)


async def kinds(firm: Firm, query: str, who: str = "auditor") -> list[str]:
    return [item["kind"] for item in (await firm.seen(who, f"/v1/ledger?{query}"))["items"]]


async def test_a_plans_ledger_has_its_changes_and_what_they_come_to(changed: Firm) -> None:
    told = await changed.seen("client", f"/v1/plans/{changed.ids['plan']}/ledger")
    assert [item["kind"] for item in told["items"]] == [
        "change_proposed",
        "milestone_moved",
        "milestone_moved",
        "plan_activated",
        "plan_approved",
        "plan_approved",
        "plan_proposed",
    ]
    second, first = told["items"][1:3]
    assert (first["from"], first["to"], first["days"], first["initiator"]) == ("2199-02-01", "2199-02-11", 10, "client")
    assert first["reason"] == "=HYPERLINK(1), we are away."
    assert (second["days"], second["reason_code"], second["actor"]) == (-3, "scope", changed.ids["coach"])
    (milestone,) = told["milestones"]
    assert (milestone["original"], milestone["current"]) == ("2199-02-01", "2199-02-08")
    assert (milestone["moves"], milestone["drift_days"]) == (2, 7)
    drift, adjustments, _ = told["indicators"]
    assert [one["kpi"] for one in told["indicators"]] == [10, 11, 12]
    assert (drift["numerator"], adjustments["numerator"]) == ("7", "2")
    assert (told["rigid_days"], told["thrash_changes"]) == (None, None)
    evidence = first["evidence"]
    assert evidence["stream_id"] == changed.ids["plan"]
    assert len(evidence["payload_hash"]) == 64


async def test_each_reader_finds_what_is_theirs(changed: Firm) -> None:
    at = f"/v1/plans/{changed.ids['plan']}/ledger"
    for who, status in (("sponsor", 403), ("integration", 403), ("stranger", 404), ("admin", 403)):
        assert (await changed.get(who, at)).status_code == status, who
    for who in ("client", "coach", "sponsor", "admin", "integration"):
        assert (await changed.get(who, "/v1/ledger")).status_code == 403, who
    for who in ("program_manager", "auditor"):
        for path in (at, "/v1/ledger"):
            told = await changed.seen(who, path)
            moved = [item for item in told["items"] if item["kind"] == "milestone_moved"]
            assert [item["reason"] for item in moved] == [None, {"withheld": True}], (who, path)
            assert "HYPERLINK" not in str(told)
            assert ("Person" in str(told)) == (who == "program_manager")


async def test_a_role_in_another_program_finds_nothing(changed: Firm) -> None:
    program = {"name": "Elsewhere", "starts_on": "2026-01-01", "ends_on": "2199-06-30", "capacity": 1, "sessions_per_engagement": 1}
    elsewhere = await changed.done("program_manager", "/v1/programs", {**program, "sponsored": False})
    for name, where in (("narrow", elsewhere["id"]), ("near", changed.ids["program"])):
        made = await changed.done("admin", "/v1/people", {"name": f"Person {name}", "email": f"{name}@example.org"})
        grant = {"role": "program_manager", "program_id": where}
        await changed.done("admin", f"/v1/people/{made['id']}/grant-membership", grant)
        changed.keys[name] = (await changed.issuer.create(changed.tenant, UUID(made["id"]), "program_manager")).key
    assert await kinds(changed, "", "narrow") == []
    assert await kinds(changed, f"program={changed.ids['program']}", "narrow") == []
    assert len(await kinds(changed, "", "near")) == 7
    assert (await changed.get("narrow", f"/v1/plans/{changed.ids['plan']}/ledger")).status_code == 404


async def test_another_organization_finds_nothing(app: Litestar, changed: Firm) -> None:
    other = Firm(changed.client, changed.runner, app.state.commands, app.state.api_keys)
    await other.open()
    assert await kinds(other, f"plan={changed.ids['plan']}") == []
    told = await changed.seen("auditor", "/v1/ledger?limit=1")
    assert await kinds(other, f"cursor={told['next_cursor']}") == []


async def test_filters_leave_out(changed: Firm) -> None:
    ids = changed.ids
    assert await kinds(changed, "kind=milestone_moved&initiator=client") == ["milestone_moved"]
    assert await kinds(changed, "reason=scope") == ["change_proposed", "milestone_moved"]
    assert await kinds(changed, f"actor={ids['client']}") == ["milestone_moved", "plan_approved"]
    assert len(await kinds(changed, f"plan={ids['plan']}&coach={ids['coach']}&program={ids['program']}")) == 7
    assert await kinds(changed, f"coach={ids['stranger']}") == []
    assert await kinds(changed, f"plan={ids['engagement']}") == []
    assert await kinds(changed, "to=2026-01-01") == []
    assert len(await kinds(changed, "from=2026-01-01")) == 7
    assert await kinds(changed, "flag=moved_at_due") == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("kind=moved", "/query/kind"),
        ("flag=odd", "/query/flag"),
        ("initiator=auditor", "/query/initiator"),
        ("reason=a%00b", "/query/reason"),
        ("from=yesterday", "/query/from"),
        ("from=2026-02-02&to=2026-02-01", "/query/from"),
        ("format=xml", "/query/format"),
        ("limit=0", "/query/limit"),
        ("cursor=!", "/query/cursor"),
        ("sort=asc", "/query/sort"),
    ],
)
async def test_what_is_asked_wrongly_is_named(planned: Firm, query: str, place: str) -> None:
    assert fault(await planned.get("auditor", f"/v1/ledger?{query}")) == (400, "unreadable", place)


@pytest.mark.parametrize(("query", "last"), [("initiator=auditor", "client, coach, sponsor."), ("format=xml", "json, csv.")])
async def test_what_is_none_of_a_list_is_told_the_list(planned: Firm, query: str, last: str) -> None:
    (told,) = (await planned.get("auditor", f"/v1/ledger?{query}")).json()["errors"]
    assert told["detail"].startswith("Invalid enum value")
    assert told["detail"].endswith(f": expected one of {last}")


async def test_pages_stay_as_they_are_while_changes_come(changed: Firm) -> None:
    whole = [item["evidence"]["event_id"] for item in (await changed.seen("auditor", "/v1/ledger"))["items"]]
    seen, path = [], "/v1/ledger?limit=2&from=2026-01-01"
    while path:
        answer = await changed.get("auditor", path)
        seen += [item["evidence"]["event_id"] for item in answer.json()["items"]]
        path = answer.headers.get("Link", "").partition("<")[2].partition(">")[0]
        await move(
            changed, "coach", *(("2199-02-08", "2199-02-09") if len(seen) % 4 == 2 else ("2199-02-09", "2199-02-08")), reason_code="scope"
        )
        await changed.runner.catch_up()
    assert seen == whole
    assert len(await kinds(changed, "")) > len(whole)


async def test_a_file_has_every_line_and_no_formula(changed: Firm) -> None:
    await changed.runner.catch_up()
    answer = await changed.get("client", f"/v1/plans/{changed.ids['plan']}/ledger?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 7
    assert rows[2]["reason"] == "'=HYPERLINK(1), we are away."
    assert (rows[1]["from"], rows[1]["days"], rows[1]["kind"]) == ("2199-02-11", "-3", "milestone_moved")
    part = await changed.get("auditor", "/v1/ledger?format=csv&limit=3")
    assert 'rel="next"' in part.headers["Link"]
    assert "format=csv" in part.headers["Link"]
    assert "[withheld]" in part.text


@pytest.fixture
def ahead(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the clock of the reads ahead, until the test ends."""

    def set_ahead(by: timedelta) -> None:
        clock = app.state.reads.clock
        monkeypatch.setattr(app.state.reads, "clock", lambda: clock() + by)

    return set_ahead


async def test_a_change_waits_too_long_until_it_is_decided(ahead: Callable[[timedelta], None], changed: Firm) -> None:
    assert await kinds(changed, "flag=waited_long") == []
    ahead(timedelta(days=15))
    assert await kinds(changed, "flag=waited_long") == ["change_proposed"]
    at = f"/v1/plans/{changed.ids['plan']}/decline-change"
    await changed.done("client", at, {"change_id": changed.ids["change"], "reason_code": "scope"})
    assert await kinds(changed, "flag=waited_long") == [], "it was decided at once, by the clock of the log"


async def test_a_date_moved_when_it_was_due_is_found_in_the_organizations_zone(app: Litestar, planned: Firm) -> None:
    """Moved two days before in UTC; half an hour before midnight in UTC it is the next day in Berlin already."""
    at = f"/v1/plans/{planned.ids['plan']}"
    now = planned.commands.clock()
    due, later = ((now + timedelta(days=days)).date() for days in (10, 11))
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": str(due)}
    planned.ids["Half way"] = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    for hour, days, was, to in ((20, 8, due, later), (20, 8, later, due), (23, 8, due, later)):
        when = (now + timedelta(days=days)).replace(hour=hour, minute=30)
        commands = Commands(app.state.commands.store, app.state.commands.directory, lambda when=when: when)  # type: ignore[misc]
        command = AdjustMilestone(milestone_id=UUID(planned.ids["Half way"]), from_=was, to=to, reason_code="scope")
        await commands.execute(actor(planned, "coach", channel="import"), command, UUID(planned.ids["plan"]))
    (item,) = (await planned.seen("auditor", "/v1/ledger?flag=moved_at_due"))["items"]
    assert (item["to"], item["flags"]) == (str(later), ["moved_at_due"])
