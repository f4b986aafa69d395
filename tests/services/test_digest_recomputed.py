"""With a key and SHA-256 alone, somebody who audits computes the digests anew that the parties of a plan and an agreement named."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import pytest

from tests.services.firm import Firm
from tests.services.test_execution import active


@pytest.fixture
async def running(planned: Firm) -> Firm:
    """A plan in force, with content of both kinds: what is content for ever, and what is not once the plan is in force."""
    at, objective = f"/v1/plans/{planned.ids['plan']}", planned.ids["Meet"]
    body = {"objective_id": objective, "title": "Half way", "due_on": "2199-02-01"}
    milestone = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    await planned.done("client", f"{at}/measure-progress", {"objective_id": objective, "value": "4", "source": "calendar"})
    move = {"milestone_id": milestone, "from": "2199-02-01", "to": "2199-02-11", "reason_code": "capacity", "initiated_by": "client"}
    await planned.done("coach", f"{at}/adjust-milestone", move)
    refinement = {"field": "target", "from": "12", "to": "14"}
    change = {"command": "refine_objective", "refinement": refinement, "objective_id": objective, "reason_code": "scope"}
    proposed = await planned.done("coach", f"{at}/propose-change", {"change": change, "reason_code": "scope"})
    await planned.done("client", f"{at}/accept-change", {"change_id": proposed["item_id"]})
    return planned


def computed(items: list[dict[str, Any]], stream: str, until: int) -> str:
    """As the documentation of the timeline says it, over the events of a stream up to a version."""
    digest = sha256(b"throughline-digest-v1" + UUID(stream).bytes).digest()
    for one in sorted((one for one in items if one["stream_id"] == stream and one["in_digest"]), key=lambda one: int(one["version"])):
        if one["version"] <= until:
            name = one["kind"].encode()
            link = digest + one["version"].to_bytes(8, "big") + len(name).to_bytes(4, "big") + name
            digest = sha256(link + one["schema_v"].to_bytes(2, "big") + bytes.fromhex(one["payload_hash"])).digest()
    return digest.hex()


async def test_the_digests_that_were_agreed_to_are_those_of_the_timeline(running: Firm) -> None:
    items = (await running.seen("auditor", f"/v1/plans/{running.ids['plan']}/timeline"))["items"]
    agreed = [one for one in items if one["kind"] in {"plan.plan_approved", "engagement.agreement_signed"}]
    assert {one["stream_id"] for one in agreed} == {running.ids["plan"], running.ids["engagement"]}
    for one in agreed:
        assert computed(items, one["stream_id"], one["version"]) == one["event"]["digest"]
    now = await running.seen("auditor", f"/v1/plans/{running.ids['plan']}")
    assert computed(items, running.ids["plan"], now["version"]) == now["digest"]
    assert now["digest"] != now["approvals"][0]["digest"]  # the change that was accepted is content


async def test_each_event_is_named_as_evidence_names_it(running: Firm) -> None:
    at = f"/v1/plans/{running.ids['plan']}/timeline"
    items = {one["position"]: one for one in (await running.seen("auditor", at))["items"]}
    assert all(UUID(one["event_id"]) == uuid5(UUID(one["stream_id"]), str(one["version"])) for one in items.values())
    answer = await running.seen("auditor", f"/v1/audit/milestone-moves?about={running.ids['plan']}")
    evidence = [one for each in answer["findings"] for one in each["evidence"]]
    assert evidence
    for one in evidence:
        assert {name: items[one["position"]][name] for name in one} == one
    for outsider in ("sponsor", "integration"):
        assert (await running.get(outsider, at)).status_code in {403, 404}
