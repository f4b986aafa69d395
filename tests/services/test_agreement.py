"""The agreement over HTTP: revised before a signature, recontracted after one, and what the sponsor sees by the terms in force."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from domain.engagement.state import EngagementState
from infra.eventstore.sealing import subject_of
from tests.services.firm import LATER, Firm

WHY = {"reason": "The scope of the coaching grew."}
TERMS: dict[str, Any] = {"sessions": 6, "cadence_days": 14, "cancellation_hours": 48, "text": "Six sessions."}
ATTENDANCE = [{"about": "attendance", "to": "sponsor"}]


def told(answer: Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


@pytest.fixture
async def drafted(firm: Firm) -> Firm:
    """A client and a coach outside of any program, and terms that nobody has signed."""
    proposal = {"client_id": firm.ids["client"], "sponsor_id": firm.ids["sponsor"]}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
    at = address(firm)
    await firm.done("program_manager", f"{at}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{at}/draft-agreement", TERMS)
    return firm


def address(firm: Firm) -> str:
    return f"/v1/engagements/{firm.ids['engagement']}"


async def sign(firm: Firm, who: str, digest: str) -> Response:
    return await firm.post(who, f"{address(firm)}/sign-agreement", {"digest": digest})


async def test_terms_are_revised_until_somebody_signs_and_every_version_is_kept(drafted: Firm) -> None:
    at = address(drafted)
    read = (await drafted.seen("client", at))["agreement"]
    revised = {**TERMS, "sessions": 12, "seen": read["seen"], **WHY}
    assert told(await drafted.post("coach", f"{at}/open-recontracting", {"changes": ["sessions"], **WHY})) == (409, "agreement_not_signed")
    assert told(await drafted.post("coach", f"{at}/revise-agreement-terms", {**revised, "reason": "short"})) == (422, "reason_required")
    await drafted.done("coach", f"{at}/revise-agreement-terms", revised)
    assert told(await sign(drafted, "client", read["digest"])) == (409, "stale_agreement")
    assert told(await drafted.post("coach", f"{at}/revise-agreement-terms", revised)) == (409, "version_conflict")
    now = await drafted.seen("client", at)
    assert [(one["number"], one["sessions"]) for one in now["agreements"]] == [(1, 6), (2, 12)]
    assert (await sign(drafted, "client", now["agreement"]["digest"])).status_code == 200
    again = await drafted.post("coach", f"{at}/revise-agreement-terms", {**revised, "seen": now["agreement"]["seen"]})
    assert told(again) == (409, "agreement_signed_already")
    assert told(await sign(drafted, "client", now["agreement"]["digest"])) == (409, "already_signed")
    assert (await sign(drafted, "program_manager", now["agreement"]["digest"])).status_code == 403


async def test_old_terms_rule_until_every_party_has_signed_the_new_ones(engaged: Firm) -> None:
    at = address(engaged)
    await engaged.consent(("attendance", "progress"))
    assert told(await engaged.post("coach", f"{at}/amend-agreement", {})) == (409, "recontracting_not_open")
    opening = {"changes": ["sessions", "information_flows"], **WHY}
    await engaged.done("sponsor", f"{at}/open-recontracting", opening)
    assert told(await engaged.post("client", f"{at}/open-recontracting", opening)) == (409, "recontracting_open_already")
    old = await engaged.seen("client", at)
    assert (old["recontracting"]["changes"], old["recontracting"]["reason"]) == (opening["changes"], WHY["reason"])
    assert (await engaged.seen("program_manager", at))["recontracting"]["reason"] == {"withheld": True}
    new = {**TERMS, "information_flows": ATTENDANCE, "seen": old["agreement"]["seen"]}
    more = await engaged.post("coach", f"{at}/draft-agreement", {**new, "sessions": 9})
    assert (told(more), more.json()["errors"][0]["pointer"]) == ((422, "beyond_program_terms"), "/sessions")
    await engaged.done("program_manager", f"{at}/draft-agreement", new)
    seen = await engaged.seen("client", at)
    assert (seen["agreement"]["sessions"], seen["amendment"]["sessions"], seen["stage"]) == (8, 6, "active")
    for party in ("client", "coach"):
        assert (await sign(engaged, party, seen["amendment"]["digest"])).status_code == 200
    early = await engaged.post("coach", f"{at}/amend-agreement", {})
    facts = {"missing": ["sponsor"], "people": [engaged.ids["sponsor"]]}
    assert (told(early), early.json()["facts"]) == ((422, "signatures_missing"), facts)
    assert subjects(await engaged.seen("sponsor", at)) == {"attendance", "progress"}
    assert told(await sign(engaged, "sponsor", seen["agreement"]["digest"])) == (409, "stale_agreement")
    assert (await sign(engaged, "sponsor", seen["amendment"]["digest"])).status_code == 200
    await engaged.done("coach", f"{at}/amend-agreement", {})
    assert subjects((await engaged.get("sponsor", at)).json()) == {"attendance"}, "narrower terms count before any row follows"
    after = await engaged.seen("client", at)
    assert (after["agreement"]["number"], after.get("amendment"), after.get("recontracting")) == (2, None, None)
    assert [one["in_force_since"] is not None for one in after["agreements"]] == [True, True]
    wider = {"subjects": ["progress"], "recipient": {"role": "sponsor"}}
    assert told(await engaged.post("client", f"{at}/grant-disclosure-consent", wider)) == (422, "flow_not_agreed")
    answer = (await engaged.seen("auditor", f"/v1/audit/agreement-in-force?about={engaged.ids['engagement']}"))["findings"]
    assert {"agreement_in_force", "recontracting_took"} <= {one["kind"] for one in answer}


def subjects(engagement: dict[str, Any]) -> set[str]:
    return {one["subject"] for one in engagement["consents"]}


async def test_a_sponsor_signs_while_the_terms_change(drafted: Firm) -> None:
    """Either the signature binds the terms that were read, and they stay; or they changed, and it is refused."""
    at = address(drafted)
    for turn in range(4):
        read = (await drafted.seen("sponsor", at))["agreement"]
        mine = (await drafted.seen("coach", at))["agreement"]
        revised = {**TERMS, "sessions": 20 + turn, "seen": mine["seen"], **WHY}
        answers = await asyncio.gather(
            sign(drafted, "sponsor", read["digest"]), drafted.post("coach", f"{at}/revise-agreement-terms", revised)
        )
        outcome = Counter(told(answer) for answer in answers)
        now = (await drafted.seen("coach", at))["agreement"]
        if outcome == {(200, None): 1, (409, "agreement_signed_already"): 1}:
            assert (now["digest"], [one["party"] for one in now["signed"]]) == (read["digest"], ["sponsor"])
            return
        assert outcome == {(200, None): 1, (409, "stale_agreement"): 1}
        assert (now["sessions"], now["signed"]) == (20 + turn, [])


async def test_the_client_chooses_a_coach_and_a_conflict_of_interest_keeps_one_away(firm: Firm) -> None:
    proposal = {"client_id": firm.ids["client"], "sponsor_id": firm.ids["sponsor"]}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
    at, coach, stranger = address(firm), firm.ids["coach"], firm.ids["stranger"]
    await firm.done("client", f"{at}/hold-chemistry-session", {"coach_id": stranger, "choice": "no"})
    chosen = {"coach_id": coach, "chosen_by": "client"}
    assert told(await firm.post("program_manager", f"{at}/assign-coach", chosen)) == (422, "coach_not_chosen")
    await firm.done("client", f"{at}/hold-chemistry-session", {"coach_id": coach, "choice": "undecided"})
    await firm.done("program_manager", f"{at}/hold-chemistry-session", {"coach_id": coach, "choice": "yes"})
    one_more = await firm.post("client", f"{at}/hold-chemistry-session", {"coach_id": coach, "choice": "yes"})
    assert told(one_more) == (409, "chemistry_sessions_exhausted")
    conflict = {"coach_id": coach, "kind": "manager_of_client", "reason": "They lead my unit."}
    await firm.done("client", f"{at}/declare-conflict-of-interest", conflict)
    assert told(await firm.post("program_manager", f"{at}/assign-coach", chosen)) == (422, "conflict_of_interest")
    resolved = {"coach_id": coach, "kind": "manager_of_client", **WHY}
    await firm.done("program_manager", f"{at}/resolve-conflict-of-interest", resolved)
    assert told(await firm.post("program_manager", f"{at}/resolve-conflict-of-interest", resolved)) == (422, "item_unknown")
    await firm.done("program_manager", f"{at}/assign-coach", chosen)
    company = (await firm.seen("client", at))["company"]
    assert [one["choice"] for one in company["chemistry_sessions"]] == ["no", "undecided", "yes"]
    assert (await firm.seen("sponsor", at))["company"]["chemistry_sessions"] == {"withheld": True}


async def test_the_sides_meet_and_only_client_and_coach_read_what_they_agreed_on(engaged: Firm) -> None:
    at = address(engaged)
    meeting = {"kind": "start", "attendees": ["client", "coach", "sponsor"], "agreed_points": "Lead the new team."}
    absent = await engaged.post("coach", f"{at}/hold-alignment-meeting", {**meeting, "attendees": ["coach", "sponsor"]})
    assert told(absent) == (422, "client_must_attend")
    too_early = await engaged.post("coach", f"{at}/hold-alignment-meeting", {**meeting, "occurred_at": "2020-01-01T00:00:00Z"})
    assert told(too_early) == (422, "occurred_at_out_of_range")
    await engaged.done("coach", f"{at}/hold-alignment-meeting", meeting)
    read = {who: (await engaged.seen(who, at))["company"]["alignment_meetings"][0] for who in ("client", "sponsor", "program_manager")}
    assert read["client"]["agreed_points"] == "Lead the new team."
    assert read["sponsor"]["agreed_points"] == read["program_manager"]["agreed_points"] == {"withheld": True}
    assert (await engaged.post("client", f"{at}/hold-alignment-meeting", meeting)).status_code == 403


async def test_a_group_has_members_and_words_of_its_own(firm: Firm) -> None:
    group = {"client_id": firm.ids["client"], "kind": "group"}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", group))["id"]
    at = address(firm)
    await firm.enter("second", "client")
    member = {"client_id": firm.ids["second"]}
    assert told(await firm.post("program_manager", f"{at}/add-member", {"client_id": firm.ids["coach"]})) == (422, "not_a_client")
    await firm.done("program_manager", f"{at}/add-member", member)
    assert told(await firm.post("program_manager", f"{at}/add-member", member)) == (409, "already_a_member")
    company = (await firm.seen("client", at))["company"]
    assert (company["head_count"], company["counts_for_credit"]) == (2, True)
    assert [one["client_id"] for one in company["members"]] == [firm.ids["second"]]
    await firm.done("program_manager", f"{at}/remove-member", {**member, "reason_code": "absence"})
    assert told(await firm.post("program_manager", f"{at}/remove-member", {**member, **WHY})) == (409, "not_a_member")
    await firm.done("program_manager", f"{at}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{at}/draft-agreement", TERMS)
    assert (await firm.seen("client", at))["agreement"]["text"] == TERMS["text"]
    assert await subject_of_terms(firm) == firm.ids["engagement"], "erasing one of them leaves the words of the others"
    alone = {"client_id": firm.ids["client"]}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", alone))["id"]
    assert told(await firm.post("program_manager", f"{address(firm)}/add-member", member)) == (422, "not_a_group")
    await firm.done("program_manager", f"{address(firm)}/assign-coach", {"coach_id": firm.ids["coach"]})
    await firm.done("coach", f"{address(firm)}/draft-agreement", TERMS)
    assert await subject_of_terms(firm) == firm.ids["client"]


async def subject_of_terms(firm: Firm) -> str:
    """With whose key the words of the agreement are sealed."""
    engagement = UUID(firm.ids["engagement"])
    state: EngagementState = (await firm.commands.store.read(firm.tenant, engagement)).state(engagement)
    assert state.latest is not None
    assert state.latest.terms.text is not None
    assert state.latest.terms.text.sealed is not None
    return str(subject_of(state.latest.terms.text.sealed))


async def test_what_is_agreed_anew_drives_the_sessions_once_it_is_in_force(engaged: Firm) -> None:
    """The old terms allow eight sessions, the new ones one."""
    at = address(engaged)
    await engaged.done("coach", f"{at}/open-recontracting", {"changes": ["sessions"], **WHY})
    read = await engaged.seen("coach", at)
    await engaged.done("coach", f"{at}/draft-agreement", {**TERMS, "sessions": 1, "seen": read["agreement"]["seen"]})
    digest = (await engaged.seen("coach", at))["amendment"]["digest"]
    booking = {"engagement_id": engaged.ids["engagement"], "minutes": 60}
    assert (await engaged.post("coach", "/v1/sessions", {**booking, "starts_at": f"{LATER}T09:00:00Z"})).status_code == 201
    for party in ("client", "coach", "sponsor"):
        assert (await sign(engaged, party, digest)).status_code == 200
    await engaged.done("coach", f"{at}/amend-agreement", {})
    full = await engaged.post("coach", "/v1/sessions", {**booking, "starts_at": f"{LATER}T12:00:00Z"})
    assert told(full) == (409, "session_allocation_exhausted")
