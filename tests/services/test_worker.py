"""What the workers record, through the same execution as everybody, and what nobody else may."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from msgspec.structs import replace

from domain.errors import NotPermitted
from domain.errors.reminder import ReminderClosed
from domain.plan.commands import MissMilestone
from domain.reminder.commands import DedupeKeyBody, FailReminder, PlanReminder, SendReminder, SuppressReminder
from domain.reminder.state import ReminderState
from domain.report.commands import GenerateReport, SuppressionBody
from domain.values import NIL
from services.actor import worker
from services.command.execution import Commands
from tests.database import Database, ask
from tests.services.firm import DUE, LATER, Firm
from tests.services.test_execution import active, actor

DAY = date(2199, 3, 1)


def told(house: Database, stream: UUID) -> list[str]:
    rows = ask(house.dsn("admin"), f"SELECT type FROM es.event WHERE stream_id = '{stream}' ORDER BY version")
    return [row[0] for row in rows]


@pytest.fixture
async def milestone(planned: Firm) -> UUID:
    """A milestone of an active plan, due on `DAY`."""
    at = f"/v1/plans/{planned.ids['plan']}/set-milestone"
    made = await planned.done("coach", at, {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": str(DAY)})
    await active(planned)
    return UUID(made["item_id"])


def at(app: Litestar, day: date) -> Commands:
    """The execution, with the clock at noon of a day."""
    clock = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Commands(app.state.commands.store, app.state.commands.directory, lambda: clock)


async def test_a_missed_milestone_is_noted_once_by_nobodys_person(app: Litestar, planned: Firm, milestone: UUID, house: Database) -> None:
    plan, command = UUID(planned.ids["plan"]), MissMilestone(milestone_id=milestone, due_on=DAY)
    later, who = at(app, DAY + timedelta(days=1)), worker(planned.tenant)
    await asyncio.gather(*(later.execute(who, command, plan) for _ in range(4)))
    assert told(house, plan).count("plan.milestone_missed") == 1
    await planned.runner.catch_up()
    (shown,) = (await planned.seen("coach", f"/v1/plans/{plan}"))["milestones"]
    assert (shown["missed"], shown["withdrawn"]) == (True, False)
    told_last = (await planned.seen("client", f"/v1/plans/{plan}/timeline"))["items"][-1]
    assert told_last["sentence"] == "The worker noted that the milestone “Half way” was missed: it was due 1 March 2199."
    assert (told_last["actor"], told_last["role"], told_last["channel"]) == (str(NIL), "worker", "worker")


async def test_nobody_else_may(planned: Firm, milestone: UUID) -> None:
    plan = UUID(planned.ids["plan"])
    for role in ("coach", "client", "program_manager"):
        with pytest.raises(NotPermitted):
            await planned.commands.execute(actor(planned, role), MissMilestone(milestone_id=milestone, due_on=DAY), plan)
    body = {"milestone_id": str(milestone), "due_on": str(DAY)}
    assert (await planned.post("coach", f"/v1/plans/{plan}/miss-milestone", body)).status_code == 404


def reminder(firm: Firm) -> PlanReminder:
    who = UUID(firm.ids["client"])
    key = DedupeKeyBody(rule="milestone_due", subject_id=UUID(firm.ids["plan"]), recipient_id=who, anchor=str(DAY), offset_days=-7)
    return PlanReminder(engagement_id=UUID(firm.ids["engagement"]), key=key, due_at=datetime(2199, 2, 22, 7, tzinfo=UTC))


async def test_of_many_who_plan_a_reminder_one_wins_and_the_others_have_nothing_to_do(planned: Firm, house: Database) -> None:
    who, command = worker(planned.tenant), reminder(planned)
    answers = await asyncio.gather(*(planned.commands.execute(who, command) for _ in range(4)))
    assert sorted(answer.version for answer in answers) == [0, 0, 0, 1]
    (won,) = (answer.id for answer in answers if answer.version)
    assert told(house, won) == ["reminder.reminder_planned"]
    assert (await planned.commands.execute(who, command)).version == 0
    other = replace(command, key=replace(command.key, offset_days=0))
    assert (await planned.commands.execute(who, other)).version == 1


async def test_a_reminder_has_one_outcome(planned: Firm) -> None:
    who, store = worker(planned.tenant), planned.commands.store
    made = (await planned.commands.execute(who, reminder(planned))).id
    for _ in range(2):
        assert (await planned.commands.execute(who, SendReminder(provider_ref="0193@example.org"), made)).version == 2
    with pytest.raises(ReminderClosed):
        await planned.commands.execute(who, SuppressReminder(why="stale"), made)
    state: ReminderState = (await store.read(planned.tenant, made)).state(made, "reminder")
    assert (state.outcome, state.engagement_id) == ("sent", UUID(planned.ids["engagement"]))


async def test_only_what_failed_is_planned_anew(planned: Firm) -> None:
    who, command = worker(planned.tenant), reminder(planned)
    first = (await planned.commands.execute(who, command)).id
    await planned.commands.execute(who, FailReminder(why="gave_up"), first)
    second = await planned.commands.execute(who, command)
    assert (second.version, second.id == first) == (1, False)
    await planned.commands.execute(who, SuppressReminder(why="stale"), second.id)
    assert (await planned.commands.execute(who, command)).version == 0


async def test_a_report_is_asked_for_made_and_read_by_those_whom_it_is_for(planned: Firm) -> None:
    ids = planned.ids
    body = {"template": "client_progress", "subject_id": ids["engagement"], "recipients": [ids["client"], ids["sponsor"]]}
    made = await planned.done("coach", "/v1/reports", body)
    where = f"/v1/reports/{made['id']}"
    assert (await planned.seen("coach", where))["generated"] is None
    hidden = (SuppressionBody(what="attainment", reason="consent_missing"),)
    file = GenerateReport(template_version=1, as_of_position=7, suppressions=hidden, sha256="ab" * 32, size=12, blob_key="r.pdf")
    await planned.commands.execute(worker(planned.tenant), file, UUID(made["id"]))
    for role in ("coach", "client", "program_manager", "auditor"):
        shown = (await planned.seen(role, where))["generated"]
        assert (shown["sha256"], shown["as_of_position"], shown["suppressions"][0]["what"]) == ("ab" * 32, 7, "attainment")
    shown = await planned.seen("sponsor", where)
    assert "version" not in shown
    assert "as_of_position" not in shown["generated"]
    assert (await planned.get("stranger", where)).status_code == 404
    told_kinds = [item["kind"] for item in (await planned.seen("client", f"/v1/plans/{ids['plan']}/timeline"))["items"]]
    assert told_kinds[-2:] == ["report.report_requested", "report.report_generated"]


async def test_a_report_is_not_for_everyone(planned: Firm) -> None:
    ids = planned.ids
    body = {"template": "client_progress", "subject_id": ids["engagement"], "recipients": [ids["client"]]}
    assert (await planned.post("sponsor", "/v1/reports", body)).status_code == 403
    assert (await planned.post("stranger", "/v1/reports", body)).status_code == 404
    refused = await planned.post("coach", "/v1/reports", body | {"recipients": [ids["client"], ids["stranger"]]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/recipients/1")
    own = await planned.done("client", "/v1/reports", body)
    assert (await planned.get("coach", f"/v1/reports/{own['id']}")).status_code == 404


async def test_the_report_of_a_program_goes_to_its_managers_and_sponsors(planned: Firm) -> None:
    ids = planned.ids
    body = {"template": "program_report", "subject_id": ids["program"], "recipients": [ids["sponsor"], ids["program_manager"]]}
    assert (await planned.post("coach", "/v1/reports", body)).status_code == 403
    made = await planned.done("program_manager", "/v1/reports", body)
    shown = await planned.seen("sponsor", f"/v1/reports/{made['id']}")
    assert (shown["subject_id"], shown["recipients"]) == (ids["program"], [ids["sponsor"], ids["program_manager"]])
    assert (await planned.get("coach", f"/v1/reports/{made['id']}")).status_code == 404
    refused = await planned.post("program_manager", "/v1/reports", body | {"recipients": [ids["client"]]})
    assert refused.status_code == 403
    wrong = await planned.post("program_manager", "/v1/reports", body | {"subject_id": ids["engagement"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "item_unknown")
    nowhere = await planned.post("program_manager", "/v1/reports", body | {"subject_id": ids["client"]})
    assert nowhere.status_code in (404, 422)


async def test_actions_and_milestones_over_http(planned: Firm) -> None:
    ids, plan = planned.ids, f"/v1/plans/{planned.ids['plan']}"
    promise = {"text": "Ask", "owner": ids["client"], "due_on": DUE}
    action = (await planned.done("client", f"{plan}/commit-action", promise))["item_id"]
    move = {"action_id": action, "from": DUE, "to": LATER, "reason_code": "absence"}
    await planned.done("client", f"{plan}/reschedule-action", move)
    stale = await planned.post("coach", f"{plan}/reschedule-action", move | {"to": "2199-05-01"})
    assert (stale.status_code, stale.json()["facts"]["changed_by"]) == (409, ids["client"])
    await planned.done("client", f"{plan}/acknowledge-win", {"what": "They answered", "action_id": action})
    await planned.done("coach", f"{plan}/drop-action", {"action_id": action, "reason_code": "scope"})
    gone = await planned.post("client", f"{plan}/complete-action", {"action_id": action})
    assert (gone.status_code, gone.json()["code"]) == (409, "action_closed")
    seen = await planned.seen("client", plan)
    assert (seen["actions"][0]["due_on"], seen["actions"][0]["times_moved"], seen["actions"][0]["dropped"]) == (LATER, 1, True)
    assert [(win["what"], win["acknowledged_by"]) for win in seen["wins"]] == [("They answered", "client")]
