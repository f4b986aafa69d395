"""What changed between two moments of a plan, for each reader."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.firm import Firm
from tests.services.test_as_of import fault, head, rename
from tests.services.test_execution import active


def flat(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for reason in told["reasons"] for one in reason["items"]]


def of(told: dict[str, Any], about: str, kind: str) -> list[dict[str, Any]]:
    return [one for one in flat(told) if (one["about"], one["kind"]) == (about, kind)]


@pytest.fixture
async def moved(planned: Firm) -> tuple[Firm, str, int]:
    """A plan with a milestone that was moved twice since the position."""
    at = f"/v1/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": "2199-02-01"}
    planned.ids["Half way"] = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    position = await head(planned)
    for who, was, to, code in (("client", "2199-02-01", "2199-02-11", "capacity"), ("coach", "2199-02-11", "2199-02-08", "scope")):
        body = {"milestone_id": planned.ids["Half way"], "from": was, "to": to, "reason_code": code, "initiated_by": who}
        await planned.done(who, f"{at}/adjust-milestone", body)
    return planned, f"{at}/diff", position


async def test_what_was_moved_twice_is_one_difference_with_both_events(moved: tuple[Firm, str, int]) -> None:
    firm, at, position = moved
    told = await firm.seen("client", f"{at}?from=position:{position}")
    (reason,) = told["reasons"]
    assert (reason["reason_code"], reason["initiator"]) == ("scope", "coach")
    (one,) = reason["items"]
    assert (one["id"], one["from"], one["to"], one["days"]) == (firm.ids["Half way"], "2199-02-01", "2199-02-08", 7)
    assert one["sentence"] == (
        "The milestone “Half way” moved from 1 February 2199 to 8 February 2199 (7 days later) (as the coach wished, reason: scope)."
    )
    assert [(event["initiator"], event["reason_code"]) for event in one["events"]] == [("client", "capacity"), ("coach", "scope")]
    assert [event["evidence"]["position"] for event in one["events"]] == [position + 1, position + 2]
    assert (told["from"]["position"], told["to"]["position"]) == (position, position + 2)
    assert told["from"]["digest"] == told["to"]["digest"], "an active plan's milestones are no content"


async def test_each_reader_reads_what_they_may_today(moved: tuple[Firm, str, int]) -> None:
    firm, at, _ = moved
    for who in ("program_manager", "auditor"):
        told = await firm.seen(who, f"{at}?from=position:1")
        assert not {word for word in ("Half way", "Meet", "Lead") if word in str(told)}
        assert "[withheld]" in of(told, "milestone", "added")[0]["sentence"]
    assert "Person" not in str(await firm.seen("auditor", f"{at}?from=position:1"))
    for who, status in (("sponsor", 403), ("integration", 403), ("stranger", 404)):
        assert (await firm.get(who, f"{at}?from=position:1")).status_code == status


async def test_from_nothing_everything_is_new(moved: tuple[Firm, str, int]) -> None:
    firm, at, _ = moved
    told = await firm.seen("client", f"{at}?from=position:1")
    assert (told["from"]["version"], told["from"]["digest"]) == (None, None)
    kinds = {(one["about"], one["kind"]) for one in flat(told)}
    assert {("plan", "drafted"), ("plan", "activated"), ("objective", "added"), ("milestone", "added"), ("agreement", "signed")} <= kinds
    assert ("milestone", "moved") not in kinds, "what is new stands where it stands"
    assert {one["field"] for one in of(told, "plan", "approved")} >= {"client", "coach"}


async def test_words_are_compared_and_shown(planned: Firm) -> None:
    position = await head(planned)
    await rename(planned, "Lead")
    at = f"/v1/plans/{planned.ids['plan']}/diff?from=position:{position}"
    (one,) = flat(await planned.seen("coach", at))
    assert (one["kind"], one["field"], one["from"], one["to"]) == ("refined", "title", "Meet", "Lead")
    (hidden,) = flat(await planned.seen("auditor", at))
    assert (hidden["from"], hidden["to"]) == ({"withheld": True}, {"withheld": True})


async def test_consent_is_part_of_what_changed(moved: tuple[Firm, str, int]) -> None:
    firm, at, position = moved
    await firm.consent(("progress",))
    await firm.consent(("progress",), grant=False)
    told = await firm.seen("client", f"{at}?from=position:{position + 2}")
    assert [(one["kind"], one["field"]) for one in flat(told)] == [("granted", "progress"), ("withdrawn", "progress")]
    assert flat(told)[0]["sentence"] == "Every sponsor may see the progress."


async def test_a_reader_goes_on_where_they_looked_last(moved: tuple[Firm, str, int]) -> None:
    firm, at, position = moved
    first = await firm.seen("client", at)
    assert first["from"]["position"] == 0
    assert of(first, "plan", "drafted")
    marked = await firm.send("client", "PUT", f"/v1/plans/{firm.ids['plan']}/last-look?position={position}")
    assert (marked.status_code, marked.json()["position"]) == (200, position)
    assert [one["kind"] for one in flat(await firm.seen("client", at))] == ["moved"]
    assert (await firm.seen("coach", at))["from"]["position"] == 0, "each has a look of their own"
    await firm.send("client", "PUT", f"/v1/plans/{firm.ids['plan']}/last-look")
    back = await firm.send("client", "PUT", f"/v1/plans/{firm.ids['plan']}/last-look?position=1")
    assert back.json()["position"] >= position + 2
    assert flat(await firm.seen("client", at)) == []


async def test_nobody_marks_what_they_may_not_read_or_what_is_not_yet(moved: tuple[Firm, str, int]) -> None:
    firm, _, _ = moved
    at = f"/v1/plans/{firm.ids['plan']}/last-look"
    assert (await firm.send("sponsor", "PUT", at)).status_code == 403
    assert (await firm.send("stranger", "PUT", at)).status_code == 404
    assert fault(await firm.send("client", "PUT", f"{at}?position=99999")) == (422, "moment_ahead", "/query/position")
    assert fault(await firm.send("client", "PUT", f"{at}?position=x")) == (400, "unreadable", "/query/position")


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("from=", (400, "unreadable", "/query/from")),
        ("from=position:x", (400, "unreadable", "/query/from")),
        ("from=position:1,position:2", (400, "unreadable", "/query/from")),
        ("from=position:1,recorded:2026-01-01", (400, "unreadable", "/query/from")),
        ("from=position:1&to=next", (400, "unreadable", "/query/to")),
        ("from=now&to=position:2", (422, "moments_reversed", "/query/from")),
        ("from=now&to=occurred:2020-01-01", (422, "moments_reversed", "/query/from")),
        ("from=approval:1", (422, "moment_unknown", "/query/from")),
        ("from=position:1&to=position:99999", (422, "moment_ahead", "/query/to")),
    ],
)
async def test_what_cannot_be_compared_is_refused_by_its_name(planned: Firm, query: str, refused: tuple[int, str, str]) -> None:
    assert fault(await planned.get("client", f"/v1/plans/{planned.ids['plan']}/diff?{query}")) == refused


async def test_another_firm_compares_nothing_of_this_one(moved: tuple[Firm, str, int]) -> None:
    firm, at, _ = moved
    other = Firm(firm.client, firm.runner, firm.commands, firm.issuer)
    await other.open()
    assert (await other.get("auditor", at)).status_code == 404
    assert (await other.send("auditor", "PUT", f"/v1/plans/{firm.ids['plan']}/last-look")).status_code == 404


async def test_a_proposal_is_told_with_the_version_that_it_made(planned: Firm) -> None:
    """Changes that were accepted since made others, with evidence of their own."""
    await active(planned)
    at = f"/v1/plans/{planned.ids['plan']}"
    refinement = {"field": "target", "from": "12", "to": "14"}
    change = {"command": "refine_objective", "refinement": refinement, "objective_id": planned.ids["Meet"], "reason_code": "scope"}
    proposed = await planned.done("coach", f"{at}/propose-change", {"change": change, "reason_code": "scope"})
    await planned.done("client", f"{at}/accept-change", {"change_id": proposed["item_id"]})
    assert (await planned.seen("client", at))["plan_version"] == 2
    told = await planned.seen("client", f"{at}/diff?from=position:1")
    timeline = {one["position"]: one["event"] for one in (await planned.seen("client", f"{at}/timeline"))["items"]}
    for kind in ("proposed", "activated"):
        (one,) = of(told, "plan", kind)
        (event,) = one["events"]
        assert one["to"] == timeline[event["evidence"]["position"]]["plan_version"] == 1
    assert of(told, "plan", "proposed")[0]["sentence"] == "The plan was proposed, as version 1."
