"""Reads: what each role sees of the same thing, and how fresh it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.glossary import Disclosure
from domain.questionnaire import current
from services.reading.view import ALL
from tests.services.firm import Firm

EVERYTHING: tuple[Disclosure, ...] = tuple(sorted(ALL))
WITHHELD = {"withheld": True}
WORDS = ("Meet", "Because of Meet", "One-to-ones held")


def said(answer: Any) -> set[str]:
    """The words of the plan that stand anywhere in an answer."""
    return {word for word in WORDS if f'"{word}"' in str(answer).replace("'", '"')}


async def test_client_and_coach_read_every_word_of_their_plan(planned: Firm) -> None:
    for who in ("client", "coach"):
        plan = await planned.seen(who, f"/v1/plans/{planned.ids['plan']}")
        assert said(plan) == set(WORDS)
        assert (plan["version"], plan["objectives"][0]["target"]) == (2, "12")
        assert plan["objectives"][0]["smart"]["score"] == "1"
        assert {person["name"] for person in plan["people"]} == {"Person client", "Person coach", "Person sponsor"}


@pytest.mark.parametrize("who", ["program_manager", "auditor"])
async def test_those_who_run_or_audit_see_numbers_and_no_words(planned: Firm, who: str) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    plan, told = await planned.seen(who, at), await planned.seen(who, f"{at}/timeline")
    assert said(plan) == said(told) == set()
    objective = plan["objectives"][0]
    assert (objective["title"], objective["target"], objective["due_on"]) == ({"withheld": True}, "12", "2199-03-31")
    defined = next(item for item in told["items"] if item["kind"] == "plan.objective_defined")
    assert defined["event"]["terms"]["title"] == {"withheld": True}
    assert defined["event"]["terms"]["target"] == "12"


async def test_an_auditor_sees_no_names(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    for path in (at, f"{at}/timeline", "/v1/people", f"/v1/engagements/{planned.ids['engagement']}"):
        assert "Person" not in str(await planned.seen("auditor", path))


async def test_a_timeline_names_everybody_who_acted_and_to_an_auditor_their_role(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}/timeline"
    grant = {"subjects": ["progress"], "recipient": {"person_id": planned.ids["stranger"]}}
    await planned.done("client", f"/v1/engagements/{planned.ids['engagement']}/grant-disclosure-consent", grant)
    for who, first, last in (
        ("coach", "Person program_manager proposed to coach Person client.", "Person client allowed Person stranger to see: progress."),
        ("auditor", "The program manager proposed to coach the client.", "The client allowed somebody to see: progress."),
    ):
        told = [item["sentence"] for item in (await planned.seen(who, at))["items"]]
        assert (told[0], told[-1]) == (first, last)
        assert "[unknown]" not in " ".join(told)


async def test_a_sponsor_sees_nothing_without_consent_and_no_draft_with_it(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    untold = [await planned.seen("sponsor", at)]
    await planned.consent(EVERYTHING)
    untold.append(await planned.seen("sponsor", at))
    for plan in untold:
        assert {name for name, value in plan.items() if value != WITHHELD} == {"id", "engagement_id", "client_id", "people", "comments"}
        assert plan["comments"] == []  # of these a sponsor finds their own
    await planned.propose()
    plan = await planned.seen("sponsor", at)
    assert (plan["status"], plan["activated_at"], plan["changes"], plan["approvals"]) == ("proposed", None, [], [])
    for inside in ("strategies", "actions", "milestones", "wins", "reviews"):
        assert plan[inside] == WITHHELD
    assert [objective["title"] for objective in plan["objectives"]] == ["Meet"]
    assert "Because of Meet" not in str(plan)
    assert {"version"} & plan.keys() == set()


@pytest.mark.parametrize(
    ("subject", "fields"),
    [
        ("objective_titles", {"id", "title", "due_on"}),
        ("progress", {"id", "title", "measure", "baseline", "target", "progress"}),
        ("attendance", None),
    ],
)
async def test_each_class_of_a_consent_discloses_its_own_fields(planned: Firm, subject: str, fields: set[str] | None) -> None:
    await planned.propose()
    await planned.consent((subject,))
    plan = await planned.seen("sponsor", f"/v1/plans/{planned.ids['plan']}")
    if fields is None:
        assert (plan["objectives"], plan["status"]) == (WITHHELD, WITHHELD)
    else:
        assert [set(objective) for objective in plan["objectives"]] == [fields]
        assert plan["status"] == "proposed"
    for approving in ("plan_version", "digest", "approvals", "changes"):
        assert (plan[approving] == WITHHELD) == (subject != "objective_titles")


async def test_a_consent_that_is_withdrawn_ends_at_once_though_nothing_is_projected(planned: Firm) -> None:
    await planned.propose()
    await planned.consent(EVERYTHING)
    at = f"/v1/plans/{planned.ids['plan']}"
    assert said(await planned.seen("sponsor", at)) == {"Meet", "One-to-ones held"}
    await planned.consent(EVERYTHING, grant=False)
    for path in (at, "/v1/plans"):
        assert said((await planned.get("sponsor", path)).json()) == set()
    assert (await planned.get("sponsor", f"/v1/engagements/{planned.ids['engagement']}")).json()["consents"] == []


async def test_who_has_nothing_to_do_with_it_finds_nothing(planned: Firm) -> None:
    await planned.runner.catch_up()
    for noun, name in (("plans", "plan"), ("engagements", "engagement"), ("programs", "program"), ("people", "client")):
        answer = await planned.get("stranger", f"/v1/{noun}/{planned.ids[name]}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), noun
    for noun in ("plans", "engagements"):
        assert (await planned.seen("stranger", f"/v1/{noun}"))["items"] == []


async def test_lists_hold_what_one_may_see(planned: Firm) -> None:
    for who in ("client", "coach", "sponsor", "program_manager", "auditor"):
        for noun, name in (("plans", "plan"), ("engagements", "engagement")):
            assert [item["id"] for item in (await planned.seen(who, f"/v1/{noun}"))["items"]] == [planned.ids[name]], (who, noun)


async def test_pages_lead_to_each_other_and_show_everyone_once(firm: Firm) -> None:
    await firm.runner.catch_up()
    found, path = [], "/v1/people?limit=3"
    while path:
        answer = await firm.get("admin", path)
        found += [person["id"] for person in answer.json()["items"]]
        cursor = answer.json().get("next_cursor")
        assert ("link" in answer.headers) == (cursor is not None)
        path = answer.headers["link"].partition(">")[0].removeprefix("<") if cursor else ""
    assert sorted(found) == sorted(firm.ids.values())


async def test_what_is_the_same_is_not_sent_twice(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    await planned.seen("client", at)
    first = await planned.get("client", at)
    assert first.headers["etag"].startswith('"v2-')
    for given in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = await planned.get("client", at, If_None_Match=given)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    await planned.propose()
    assert (await planned.get("client", at, If_None_Match=first.headers["etag"])).status_code == 200


async def test_a_sponsors_tag_tells_neither_version_nor_content(planned: Firm) -> None:
    await planned.propose()
    await planned.consent(EVERYTHING)
    at = f"/v1/plans/{planned.ids['plan']}"
    await planned.seen("sponsor", at)
    answer = await planned.get("sponsor", at)
    assert not answer.headers["etag"].startswith('"v')
    assert "throughline-position" not in answer.headers
    second = await planned.issuer.create(planned.tenant, UUID(planned.ids["sponsor"]), "sponsor")
    planned.keys["second"] = second.key
    other = await planned.get("second", at)
    assert other.content == answer.content
    assert other.headers["etag"] != answer.headers["etag"]
    assert (await planned.get("sponsor", at, If_None_Match=answer.headers["etag"])).status_code == 304


async def test_a_read_waits_for_the_position_it_is_given(planned: Firm) -> None:
    await planned.runner.catch_up()
    at = f"/v1/plans/{planned.ids['plan']}"
    made = await planned.post("coach", f"{at}/propose-plan", {})
    behind = await planned.get("client", at, Throughline_Min_Position=made.headers["throughline-position"])
    assert (behind.status_code, behind.json()["code"]) == (503, "not_caught_up")
    await planned.runner.catch_up()
    seen = await planned.get("client", at, Throughline_Min_Position=made.headers["throughline-position"])
    assert (seen.status_code, seen.json()["status"]) == (200, "proposed")
    assert int(seen.headers["throughline-position"]) >= made.json()["position"]


async def test_what_is_recorded_and_not_projected_yet_is_not_called_missing(planned: Firm) -> None:
    answer = await planned.get("client", f"/v1/plans/{planned.ids['plan']}")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_caught_up")


async def test_head_answers_like_get_without_a_body(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    await planned.seen("client", at)
    head, get = await planned.send("client", "HEAD", at), await planned.get("client", at)
    assert (head.status_code, head.headers["etag"], head.content) == (200, get.headers["etag"], b"")


async def test_terms_are_read_by_those_who_sign_them(engaged: Firm) -> None:
    at = f"/v1/engagements/{engaged.ids['engagement']}"
    for who in ("client", "coach", "sponsor"):
        assert (await engaged.seen(who, at))["agreement"]["text"] == "What is said stays here."
    for who in ("program_manager", "auditor"):
        assert (await engaged.seen(who, at))["agreement"]["text"] == {"withheld": True}


async def test_a_drafts_verdict_is_todays(planned: Firm) -> None:
    """The milestone that the lint asked for is set after the objective was defined, and nothing else."""
    at = f"/v1/plans/{planned.ids['plan']}"
    assert (await planned.seen("client", at))["objectives"][0]["smart"]["warnings"] == ["S3", "T4"]
    await planned.done(
        "client", f"{at}/set-milestone", {"objective_id": planned.ids["Meet"], "title": "Half of them", "due_on": "2199-01-31"}
    )
    for plan in (await planned.seen("client", at), (await planned.seen("coach", "/v1/plans"))["items"][0]):
        assert plan["objectives"][0]["smart"]["warnings"] == ["S3"]


async def test_each_signature_names_who_gave_it_and_when(engaged: Firm) -> None:
    at = f"/v1/engagements/{engaged.ids['engagement']}"
    for who in ("client", "sponsor", "auditor"):
        signed = (await engaged.seen(who, at))["agreement"]["signed"]
        assert [(one["party"], one["by"], one["method"]) for one in signed] == [
            (party, engaged.ids[party], "click") for party in ("client", "coach", "sponsor")
        ]
        assert [one["at"] for one in signed] == sorted({one["at"] for one in signed})


async def test_answers_of_an_assessment_are_for_client_and_coach(engaged: Firm) -> None:
    made = await engaged.done("coach", "/v1/assessments", {"engagement_id": engaged.ids["engagement"]})
    at = f"/v1/assessments/{made['id']}"
    competency = (await engaged.seen("client", at))["competencies"][0]
    answers = await item_answers(engaged, at)
    await engaged.done("coach", f"{at}/identify-need", need(competency))
    for who in ("client", "coach"):
        assert (await engaged.seen(who, at))["answers"] == answers
    for who in ("program_manager", "auditor"):
        seen = await engaged.seen(who, at)
        assert (seen["answers"], seen["hidden"], len(seen["needs"])) == (None, {"withheld": True}, 1)
    assert (await engaged.get("sponsor", at)).status_code == 403
    assert (await engaged.seen("sponsor", f"/v1/engagements/{engaged.ids['engagement']}"))["assessment_ids"] == WITHHELD
    assert (await engaged.seen("client", f"/v1/engagements/{engaged.ids['engagement']}"))["assessment_ids"] == [made["id"]]


async def item_answers(engaged: Firm, at: str) -> dict[str, int]:
    """Answers the first item of the instrument: the others do not apply."""
    instrument = current("throughline_leadership")
    assert instrument is not None
    items = sorted(instrument.items(tuple(instrument.competencies)))
    answers = {items[0]: instrument.lowest}
    await engaged.done("client", f"{at}/submit-self-assessment", {"answers": dict.fromkeys(items) | answers})
    return answers


def need(competency: str) -> dict[str, Any]:
    return {"competency": competency, "need_class": "challenge", "evidence": [{"source": "interview"}]}


async def test_the_board_counts_what_the_filters_let_through(planned: Firm) -> None:
    board = await planned.seen("program_manager", "/v1/board")
    assert (board["engagements"], board["as_of_position"] > 0) == (1, True)
    assert (await planned.seen("program_manager", f"/v1/board?program={planned.ids['program']}"))["engagements"] == 1
    assert (await planned.seen("program_manager", f"/v1/board?coach={planned.ids['stranger']}"))["engagements"] == 0
    assert said(board) == set()


async def test_the_organization_shows_its_policy(firm: Firm) -> None:
    at = f"/v1/organizations/{firm.tenant}"
    seen = await firm.seen("client", at)
    assert (seen["name"], seen["policy"]["version"], "absence" in seen["policy"]["reason_codes"]) == ("Northlight", 0, True)
    changed = await firm.post("admin", f"{at}/set-organization-policy", {"seen": 0, "review_cadence_days": 14})
    assert changed.status_code == 200
    assert (await firm.get("client", at)).json()["policy"]["review_cadence_days"] == 14
    assert (await firm.post("coach", f"{at}/set-organization-policy", {"seen": 2})).status_code == 403
