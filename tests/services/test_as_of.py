"""What was: plans, engagements and assessments as of a moment on either clock, for each reader."""

from __future__ import annotations

from typing import Any

import pytest

from domain.questionnaire import current
from tests.services.firm import Firm, today
from tests.services.test_execution import active


async def head(firm: Firm) -> int:
    """Where the log ends."""
    told = await firm.seen("coach", f"/v1/plans/{firm.ids['plan']}/timeline")
    return int(max(item["position"] for item in told["items"]))


async def rename(firm: Firm, title: str, seen: int = 2) -> None:
    body = {"objective_id": firm.ids["Meet"], "refinement": {"field": "title", "to": title, "seen": seen}, "reason_code": "scope"}
    await firm.done("client", f"/v1/plans/{firm.ids['plan']}/refine-objective", body)


@pytest.fixture
async def refined(planned: Firm) -> tuple[Firm, str, int]:
    """A plan whose objective was called `Meet` up to the position, and is called `Lead` since."""
    position = await head(planned)
    await rename(planned, "Lead")
    return planned, f"/v1/plans/{planned.ids['plan']}", position


async def test_a_plan_stands_as_it_stood(refined: tuple[Firm, str, int]) -> None:
    firm, at, position = refined
    then, now = await firm.seen("client", f"{at}/as-of?position={position}"), await firm.seen("client", at)
    assert (then["plan"]["objectives"][0]["title"], now["objectives"][0]["title"]) == ("Meet", "Lead")
    assert then["plan"]["digest"] == then["moment"]["digest"] != now["digest"]
    assert (then["plan"]["version"], then["moment"]["position"], then["moment"]["evidence"]["version"]) == (2, position, 2)
    assert then["plan"]["people"] == now["people"]


async def test_now_is_a_moment_too(refined: tuple[Firm, str, int]) -> None:
    firm, at, position = refined
    for who in ("client", "coach", "program_manager", "auditor"):
        live = await firm.seen(who, at)
        assert (await firm.seen(who, f"{at}/as-of?position={position + 1}"))["plan"] == live
        assert (await firm.seen(who, f"{at}/as-of?recorded={today()}"))["plan"] == live


@pytest.mark.parametrize("who", ["program_manager", "auditor"])
async def test_who_reads_no_words_today_reads_none_of_the_past(refined: tuple[Firm, str, int], who: str) -> None:
    firm, at, position = refined
    then = await firm.seen(who, f"{at}/as-of?position={position}")
    assert then["plan"]["objectives"][0]["title"] == {"withheld": True}
    assert "Meet" not in str(then)


@pytest.mark.parametrize(("who", "status"), [("sponsor", 403), ("integration", 403), ("admin", 403), ("stranger", 404)])
async def test_nobody_else_looks_back(refined: tuple[Firm, str, int], who: str, status: int) -> None:
    firm, at, position = refined
    assert (await firm.get(who, f"{at}/as-of?position={position}")).status_code == status


def fault(answer: Any) -> tuple[int, str, str]:
    told = answer.json()
    return answer.status_code, told["code"], told["errors"][0]["pointer"]


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("", (400, "unreadable", "/query")),
        ("?position=x", (400, "unreadable", "/query/position")),
        ("?position=0000", (400, "unreadable", "/query/position")),
        ("?position=0", (400, "unreadable", "/query/position")),
        ("?recorded=2026-03-01T10:00:00", (400, "unreadable", "/query/recorded")),
        ("?recorded=2026-02-30", (400, "unreadable", "/query/recorded")),
        ("?occurred=0001-01-01", (400, "unreadable", "/query/occurred")),
        ("?position=3&recorded=2026-03-01", (400, "unreadable", "/query/position")),
        ("?when=2026-03-01", (400, "unreadable", "/query/when")),
        ("?position=999999", (422, "moment_ahead", "/query/position")),
        ("?recorded=2199-03-01", (422, "moment_ahead", "/query/recorded")),
        ("?occurred=2199-03-01T10:00:00Z", (422, "moment_ahead", "/query/occurred")),
        ("?approval=2", (422, "moment_unknown", "/query/approval")),
        ("?signature=2147483648", (422, "moment_unknown", "/query/signature")),
        ("?signature=99", (422, "moment_unknown", "/query/signature")),
    ],
)
async def test_what_is_no_moment_is_refused_by_its_name(planned: Firm, query: str, refused: tuple[int, str, str]) -> None:
    answer = await planned.get("client", f"/v1/plans/{planned.ids['plan']}/as-of{query}")
    assert fault(answer) == refused


@pytest.mark.parametrize("query", ["position=1", "recorded=2020-01-01", "occurred=2020-01-01T00:00:00Z"])
async def test_before_it_began_there_is_nothing_to_show(planned: Firm, query: str) -> None:
    answer = await planned.get("client", f"/v1/plans/{planned.ids['plan']}/as-of?{query}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_begun")


async def test_another_firm_finds_no_plan_of_this_one(refined: tuple[Firm, str, int]) -> None:
    firm, at, _ = refined
    other = Firm(firm.client, firm.runner, firm.commands, firm.issuer)
    await other.open()
    assert (await other.get("auditor", f"{at}/as-of?position=1")).json()["code"] == "not_found"


async def test_the_engagement_at_a_signature_is_what_was_signed(planned: Firm) -> None:
    at = f"/v1/engagements/{planned.ids['engagement']}"
    told = await planned.seen("auditor", f"/v1/plans/{planned.ids['plan']}/timeline")
    signed = [item for item in told["items"] if item["kind"] == "engagement.agreement_signed"]
    then = await planned.seen("auditor", f"{at}/as-of?signature={signed[0]['version']}")
    assert then["moment"]["digest"] == signed[0]["event"]["digest"] == then["engagement"]["agreement"]["digest"]
    assert (then["engagement"]["stage"], [one["party"] for one in then["engagement"]["agreement"]["signed"]]) == ("proposed", ["client"])
    assert (then["moment"]["evidence"]["position"], then["moment"]["position"]) == (signed[0]["position"], signed[0]["position"])


async def test_a_consent_is_shown_as_it_was_granted(planned: Firm) -> None:
    await planned.consent(("progress",))
    granted = await head(planned)
    await planned.consent(("progress",), grant=False)
    at = f"/v1/engagements/{planned.ids['engagement']}/as-of"
    then = await planned.seen("client", f"{at}?position={granted}")
    assert [one["subject"] for one in then["engagement"]["consents"]] == ["progress"]
    assert (await planned.seen("client", f"{at}?position={granted + 1}"))["engagement"]["consents"] == []


async def test_an_assessment_stands_as_it_stood(planned: Firm) -> None:
    made = await planned.done("coach", "/v1/assessments", {"engagement_id": planned.ids["engagement"]})
    at = f"/v1/assessments/{made['id']}"
    instrument = current("throughline_leadership")
    assert instrument is not None
    answers = dict.fromkeys(sorted(instrument.items(tuple(instrument.competencies))), 3)
    done = await planned.done("client", f"{at}/submit-self-assessment", {"answers": answers})
    before = await planned.seen("client", f"{at}/as-of?position={done['position'] - 1}")
    after = await planned.seen("client", f"{at}/as-of?position={done['position']}")
    assert (before["assessment"]["answers"], after["assessment"]["answers"]) == (None, answers)
    assert (await planned.seen("auditor", f"{at}/as-of?position={done['position']}"))["assessment"]["hidden"] == {"withheld": True}


async def test_the_board_of_a_moment_is_what_the_board_said_then(planned: Firm) -> None:
    live = await planned.seen("program_manager", "/v1/board")
    await active(planned)
    then = await planned.seen("program_manager", f"/v1/board/as-of?position={live['as_of_position']}")
    assert then["board"] == live
    later = await planned.seen("program_manager", "/v1/board")
    assert later["kpis"] != live["kpis"]
    now = await planned.seen("program_manager", f"/v1/board/as-of?position={later['as_of_position']}")
    assert now["board"] == later
    program = planned.ids["program"]
    assert (await planned.seen("auditor", f"/v1/board/as-of?position={live['as_of_position']}&program={program}"))["board"] == live
    assert (await planned.seen("auditor", f"/v1/board/as-of?position={live['as_of_position']}&coach={program}"))["board"][
        "engagements"
    ] == 0


async def test_a_board_has_a_moment_and_its_readers(planned: Firm) -> None:
    for who in ("client", "coach", "sponsor"):
        assert (await planned.get(who, "/v1/board/as-of?position=3")).status_code == 403
    assert fault(await planned.get("auditor", "/v1/board/as-of")) == (400, "unreadable", "/query")
    assert fault(await planned.get("auditor", "/v1/board/as-of?approval=3")) == (400, "unreadable", "/query/approval")
    early = await planned.get("auditor", "/v1/board/as-of?recorded=2020-01-01")
    assert (early.status_code, early.json()["code"]) == (404, "not_begun")


async def test_both_clocks_tell_what_was_known_of_a_time(planned: Firm) -> None:
    """A value is recorded, then corrected: what is said of its time, and what was known of it before the correction."""
    await active(planned)
    at = f"/v1/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "value": "7", "source": "calendar"}
    measured = await planned.done("client", f"{at}/measure-progress", body)
    told = await planned.seen("client", f"{at}/timeline")
    taken = next(item for item in told["items"] if item["kind"] == "plan.progress_measured")["occurred_at"].replace("+", "%2B")
    wrong = {"objective_id": planned.ids["Meet"], "corrects_version": measured["version"], "from": "7", "to": "9", "reason_code": "other"}
    await planned.done("client", f"{at}/correct-measurement", wrong)

    async def values(query: str) -> list[str]:
        then = await planned.seen("client", f"{at}/as-of?{query}")
        return [one["value"] for one in then["plan"]["objectives"][0]["measurements"]]

    assert await values(f"position={measured['position']}") == ["7"]
    assert await values(f"occurred={taken}") == ["9"]
    assert await values(f"occurred={taken}&position={measured['position']}") == ["7"]
