"""A coaching session over HTTP, told by coach and client: what it is about, what came of it, and who reads which words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from domain.session.commands import ScheduleSession
from projections.current import Current
from services.actor import Actor
from services.command.execution import Commands
from services.reading.view import Hidden, sight
from services.session.answers import content_answer
from tests.domain.spec import CLIENT, COACH, STRANGER, Happened, folded
from tests.domain.test_session_booking import SCHEDULED
from tests.domain.test_session_held import NOTED
from tests.services.firm import LATER, Firm

WITHHELD = {"withheld": True}


@pytest.fixture
async def begun(app: Litestar, planned: Firm) -> Firm:
    """With a session that began an hour ago: it was booked two days before that, when the clock said so."""
    now = datetime.now(UTC)
    starts_at = datetime.fromtimestamp(int(now.timestamp()) // 300 * 300, UTC) - timedelta(hours=1)
    earlier = Commands(app.state.commands.store, app.state.commands.directory, lambda: now - timedelta(days=2))
    coach = Actor(planned.tenant, UUID(planned.ids["coach"]), "coach", planned.tenant)
    made = await earlier.execute(coach, ScheduleSession(engagement_id=UUID(planned.ids["engagement"]), starts_at=starts_at))
    planned.ids["session"] = str(made.id)
    return planned


async def say(firm: Firm, who: str, command: str, body: dict[str, Any]) -> dict[str, Any]:
    return await firm.done(who, f"/v1/sessions/{firm.ids['session']}/{command}", body)


async def refused(firm: Firm, who: str, command: str, body: dict[str, Any]) -> tuple[int, str]:
    answer = await firm.post(who, f"/v1/sessions/{firm.ids['session']}/{command}", body)
    return answer.status_code, answer.json()["code"]


async def held(firm: Firm) -> None:
    """The five steps, one by one."""
    action = {"text": "Write it down", "owner": firm.ids["client"], "due_on": LATER, "objective_id": firm.ids["Meet"]}
    firm.ids["action"] = (await firm.done("client", f"/v1/plans/{firm.ids['plan']}/commit-action", action))["item_id"]
    wanted = {"focus": "The next talk", "wanted_outcome": "A first sentence", "objective_ids": [firm.ids["Meet"]]}
    await say(firm, "client", "make-session-agreement", wanted)
    await say(firm, "coach", "capture-insight", {"text": "I ask too late."})
    await say(firm, "coach", "review-commitment", {"action_id": firm.ids["action"], "outcome": "partly", "learning": "Mornings work."})
    await say(firm, "coach", "complete-session", {"minutes": 45, "steps": ["agreement", "awareness", "accountability", "close"]})
    await say(firm, "client", "record-reflection", {"text": "Slower is better.", "visibility": "shared"})
    await say(firm, "client", "rate-session", {"scores": {"stars": 5}, "comment": "It helped."})


async def test_a_session_by_its_protocol_is_read_by_both_who_met(begun: Firm) -> None:
    await held(begun)
    for who in ("coach", "client"):
        shown = await begun.seen(who, f"/v1/sessions/{begun.ids['session']}")
        assert shown["stage"] == "completed"
        assert {"focus": "The next talk", "objective_ids": [begun.ids["Meet"]], "seen": 2}.items() <= shown["agreement"].items()
        assert [one["text"] for one in shown["insights"]] == ["I ask too late."]
        assert shown["reviews"] == [{"action_id": begun.ids["action"], "outcome": "partly", "learning": "Mornings work."}]
        assert {"minutes": 45, "pro_bono": False, "participants": 1}.items() <= shown["held"].items()
        assert [one["text"] for one in shown["reflections"]] == ["Slower is better."]
        assert [(one["scores"], one["sums"], one["comment"]) for one in shown["ratings"]] == [({"stars": 5}, {"total": 5}, "It helped.")]


async def test_who_runs_the_firm_and_who_audits_it_read_numbers_and_no_words(begun: Firm) -> None:
    await held(begun)
    await say(begun, "coach", "record-session-note", {"text": "Shy today.", "visibility": "private_coach"})
    for who in ("program_manager", "auditor"):
        shown = await begun.seen(who, f"/v1/sessions/{begun.ids['session']}")
        assert shown["held"]["minutes"] == 45
        assert shown["agreement"]["focus"] == shown["insights"][0]["text"] == shown["reflections"][0]["text"] == WITHHELD
        assert {"scores": None, "sums": None, "hidden": WITHHELD, "comment": WITHHELD}.items() <= shown["ratings"][0].items()
        assert shown["notes"] == []


async def test_a_private_note_is_widened_by_its_author_alone(begun: Firm) -> None:
    note = (await say(begun, "coach", "record-session-note", {"text": "Shy today.", "visibility": "private_coach"}))["item_id"]
    at = f"/v1/sessions/{begun.ids['session']}"
    assert [one["text"] for one in (await begun.seen("coach", at))["notes"]] == ["Shy today."]
    assert (await begun.seen("client", at))["notes"] == []
    anew = {"note_id": note, "seen": 2, "text": "Calm today.", "visibility": "shared"}
    assert await refused(begun, "client", "record-session-note", anew) == (422, "item_unknown")
    await say(begun, "coach", "record-session-note", anew)
    shown = (await begun.seen("client", at))["notes"]
    assert [(one["text"], one["number"], one["seen"]) for one in shown] == [("Calm today.", 2, 3)]
    assert await refused(begun, "client", "record-session-note", {**anew, "seen": 3}) == (403, "not_permitted")
    told = (await begun.seen("client", f"/v1/plans/{begun.ids['plan']}/timeline"))["items"]
    notes = [one["sentence"] for one in told if one["kind"] == "session.session_note_recorded"]
    assert notes == ["Person coach wrote version 2 of a note (shared): “Calm today.”"]


def test_who_coaches_after_somebody_does_not_learn_of_their_private_notes() -> None:
    """Nor does whoever else reads words; their author does, as long as they read any."""
    state = folded("session", [SCHEDULED, Happened(NOTED, actor=COACH)])
    now = Current(
        id=state.id,
        engagement_id=state.engagement_id,
        client_id=CLIENT,
        coach_id=STRANGER,
        sponsor_id=None,
        program_id=None,
        version=2,
        state=state,
    )
    after = sight(Actor(STRANGER, STRANGER, "coach", STRANGER))
    assert content_answer(now, after, STRANGER).notes == ()
    blind = sight(Actor(COACH, COACH, "auditor", COACH))
    assert [one.text for one in content_answer(now, blind, COACH).notes] == [Hidden(withheld=True)]


async def test_what_is_refused_is_told_with_its_code(begun: Firm) -> None:
    note = {"text": "For the board.", "visibility": "sponsor"}
    assert await refused(begun, "coach", "record-session-note", note) == (422, "visibility_invalid")
    assert await refused(begun, "coach", "cancel-session", {"reason_code": "absence"}) == (409, "session_begun")
    assert await refused(begun, "client", "rate-session", {"scores": {"stars": 5}}) == (422, "not_attended")
    assert await refused(begun, "coach", "complete-session", {"minutes": 481}) == (422, "minutes_out_of_range")
    assert await refused(begun, "client", "complete-session", {"minutes": 60}) == (403, "not_permitted")
    assert await refused(begun, "coach", "rate-session", {"scores": {"stars": 5}}) == (403, "not_permitted")
    assert await refused(begun, "coach", "review-commitment", {"action_id": begun.ids["plan"], "outcome": "done"}) == (422, "item_unknown")
    ahead = await begun.done("coach", "/v1/sessions", {"engagement_id": begun.ids["engagement"], "starts_at": "2198-03-04T09:00:00Z"})
    early = await begun.post("coach", f"/v1/sessions/{ahead['id']}/record-session-no-show", {"absent": "client"})
    assert (early.status_code, early.json()["code"]) == (422, "session_not_begun")
    await say(begun, "coach", "complete-session", {"minutes": 60})
    assert await refused(begun, "coach", "record-session-no-show", {"absent": "client"}) == (409, "session_closed")
    await say(begun, "client", "rate-session", {"scores": {"stars": 5}})
    assert await refused(begun, "client", "rate-session", {"scores": {"stars": 1}}) == (409, "already_rated")
    assert await refused(begun, "client", "rate-session", {"instrument": "srs", "scores": {"overall": 9}}) == (422, "rating_out_of_scale")
    await say(begun, "coach", "correct-session-time", {"from": 60, "to": 50, "reason_code": "other"})
    assert await refused(begun, "coach", "correct-session-time", {"from": 60, "to": 55, "reason_code": "other"}) == (
        409,
        "version_conflict",
    )
    assert (await begun.seen("coach", f"/v1/sessions/{begun.ids['session']}"))["held"]["minutes"] == 50


async def test_a_session_takes_no_longer_than_has_passed(begun: Firm) -> None:
    """It began between 60 and 65 minutes ago."""
    wrong = await begun.post("coach", f"/v1/sessions/{begun.ids['session']}/complete-session", {"minutes": 71})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["errors"][0]["pointer"]) == (422, "minutes_out_of_range", "/minutes")
    await say(begun, "coach", "complete-session", {"minutes": 60})
    longer = {"from": 60, "to": 120, "reason_code": "other"}
    assert await refused(begun, "coach", "correct-session-time", longer) == (422, "minutes_out_of_range")


async def test_what_took_place_and_was_never_booked_is_booked_afterwards(begun: Firm) -> None:
    """By its coach, with the reason, and not in the time of another session."""
    began = datetime.fromisoformat((await begun.seen("coach", f"/v1/sessions/{begun.ids['session']}"))["starts_at"])
    wanted = {"engagement_id": begun.ids["engagement"], "starts_at": (began - timedelta(days=1)).isoformat()}
    why = {"reason": "We met on the way, and nobody had booked it."}

    async def answer(who: str, **more: Any) -> tuple[int, str]:
        answered = await begun.post(who, "/v1/sessions", wanted | more)
        return answered.status_code, answered.json()["code"]

    assert await answer("coach") == (422, "starts_in_past")
    assert await answer("client", **why) == (403, "not_permitted")
    assert await answer("coach", reason="late") == (422, "reason_required")
    assert await answer("coach", **why, starts_at="2020-01-01T09:00:00Z") == (422, "occurred_at_out_of_range")
    assert await answer("coach", **why, starts_at=began.isoformat()) == (409, "coach_unavailable")
    begun.ids["session"] = (await begun.done("coach", "/v1/sessions", wanted | why))["id"]
    assert await refused(begun, "coach", "complete-session", {"minutes": 60}) == (422, "occurred_at_out_of_range")
    await say(begun, "coach", "complete-session", {"minutes": 45, "occurred_at": wanted["starts_at"]})
    shown = await begun.seen("client", f"/v1/sessions/{begun.ids['session']}")
    assert (shown["stage"], shown["held"]["minutes"]) == ("completed", 45)
    told = (await begun.seen("client", f"/v1/plans/{begun.ids['plan']}/timeline"))["items"]
    assert [one["occurred_at"] for one in told if one["kind"] == "session.session_completed"] == [
        wanted["starts_at"].replace("+00:00", "Z")
    ]
