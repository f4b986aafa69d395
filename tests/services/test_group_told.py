"""What is told of a group: readings to each of its members, and to none of them what another decided, wrote, or left for."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar

from services.audit.question.table import QUESTIONS
from services.permission.table import MAY
from services.reading.view import ALL
from tests.services.firm import Firm
from tests.services.grouping import TOGETHER, at_group, grouped, speak

WHY = "canary-why-eve-left"
OPEN_TO_CLIENTS = [one for one in QUESTIONS if "client" in MAY[one.action]]


@pytest.fixture(scope="module")
async def group(app: Litestar, client: Any, runner: Any) -> Firm:
    """Each wrote something and consents; then `eve` has left, for a reason that the program manager wrote down."""
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    await grouped(app, firm)
    for who in TOGETHER:
        await speak(firm, who)
        body = {"subjects": sorted(ALL), "recipient": {"role": "sponsor"}}
        await firm.done(who, f"{at_group(firm)}/grant-disclosure-consent", body)
    gone = {"client_id": firm.ids["eve"], "reason_code": "absence", "reason": WHY}
    await firm.done("program_manager", f"{at_group(firm)}/remove-member", gone)
    return firm


def plan(firm: Firm) -> str:
    return f"/v1/plans/{firm.ids['plan']}"


async def readings(firm: Firm, who: str) -> set[tuple[str, str | None]]:
    found = await firm.seen(who, f"/v1/people/{firm.ids[who]}/accesses?limit=200")
    return {(one["role"], one["record_id"]) for one in found["items"]}


async def test_a_reading_of_the_group_is_told_to_each_who_is_or_was_in_it(app: Litestar, group: Firm) -> None:
    engagement, session = group.ids["engagement"], group.ids["session"]
    for role, path in (("sponsor", at_group(group)), ("auditor", f"/v1/sessions/{session}"), ("program_manager", plan(group))):
        await group.seen(role, path)
    await group.seen("auditor", "/v1/plans")
    wanted = {("sponsor", engagement), ("auditor", session), ("program_manager", group.ids["plan"]), ("auditor", None)}
    for who in TOGETHER:
        assert wanted <= await readings(group, who), who
    assert await readings(group, "otto") == set()
    told = await group.seen("ben", f"/v1/people/{group.ids['ben']}/accesses")
    assert {one["role"] for one in told["possible"] if one["engagement_id"] == engagement} >= {"coach", "sponsor", "auditor"}


async def test_a_member_may_ask_what_others_could_see_of_them_and_nothing_of_the_plan(group: Firm) -> None:
    await group.seen("sponsor", plan(group))
    seen = await group.seen("ben", f"/v1/audit/seen-by-others?about={group.ids['ben']}")
    assert {"could_see", "was_shown"} <= {one["kind"] for one in seen["findings"]}
    assert (await group.seen("ben", f"/v1/audit/client-part?about={group.ids['ben']}"))["count"] == 0
    improper = await group.seen("auditor", f"/v1/audit/improper-reads?about={group.ids['engagement']}")
    assert {one["facts"]["subject"] for one in improper["findings"] if one["kind"] == "read_without_right"} == set()


@pytest.mark.parametrize("question", OPEN_TO_CLIENTS, ids=lambda one: one.slug)
async def test_no_answer_tells_a_client_what_another_of_them_wrote_or_decided(group: Firm, question: Any) -> None:
    others = {group.ids["ben"], group.ids["eve"]}
    theirs = {str(one["position"]) for one in await decided(group) if one["actor"] in others}
    assert len(theirs) == 4, "two ratings and two consents"
    for about in ("plan", "engagement", "client"):
        answer = await group.get("client", f"/v1/audit/{question.slug}?about={group.ids[about]}&limit=200")
        if answer.status_code == 200:
            evidence = {str(proof["position"]) for one in answer.json()["findings"] for proof in one["evidence"]}
            assert not evidence & theirs, about
            assert "canary-ben" not in answer.text
            assert "canary-eve" not in answer.text


async def decided(firm: Firm) -> list[dict[str, Any]]:
    """What each of them decided for themselves, as an auditor is told of it."""
    items: list[dict[str, Any]] = (await firm.seen("auditor", f"{plan(firm)}/timeline"))["items"]
    return [one for one in items if one["kind"] in {"engagement.disclosure_consent_granted", "session.session_rated"}]


async def test_a_signature_is_told_of_whoever_signed(group: Firm) -> None:
    """To a program manager by name, to an auditor by the end of the id; never as if the first client had signed for all."""
    for role, about in (("program_manager", ""), ("auditor", ""), ("auditor", f"&about={group.ids['engagement']}")):
        found = (await group.seen(role, f"/v1/audit/signed-content?limit=200{about}"))["findings"]
        signed = [one for one in found if one["facts"]["noun"] == "agreement" and one["engagement_id"] == group.ids["engagement"]]
        sentences = {one["facts"]["actor"]: one["sentence"].split(" agreed to ")[0] for one in signed}
        assert set(sentences) >= {group.ids[who] for who in (*TOGETHER, "coach")}
        assert len(set(sentences.values())) == len(sentences), "each of them is told apart"
        for who in ("ben", "eve"):
            signer = f"Person {who}" if role == "program_manager" else f"erson {group.ids[who][-6:]}"
            assert f"{signer}, as client," in sentences[group.ids[who]], role


async def test_what_changed_tells_a_client_of_their_own_consent_alone(group: Firm) -> None:
    async def consenting(who: str) -> set[str]:
        told = await group.seen(who, f"{plan(group)}/diff?from=2026-01-01")
        items = [item for one in told["reasons"] for item in one["items"] if item["about"] == "consent"]
        return {cause["actor"] for item in items for cause in item["events"]}

    assert await consenting("client") == {group.ids["client"]}
    assert await consenting("coach") == {group.ids[who] for who in TOGETHER}


async def test_why_somebody_left_is_told_to_nobody_who_was_coached_with_them(group: Firm) -> None:
    for path, kind in ((f"{plan(group)}/timeline", "engagement.member_removed"), (f"{plan(group)}/ledger", "member_removed")):
        for who, reason in (("client", {"withheld": True}), ("coach", WHY)):
            items = (await group.seen(who, path))["items"]
            (left,) = [one for one in items if one["kind"] == kind]
            assert left["reason"] == reason, (who, path)
            assert left["reason_code"] == "absence"
        assert WHY not in (await group.get("client", path)).text
