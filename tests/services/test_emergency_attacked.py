"""Break-glass attacked over HTTP: keys, roles and repeated requests of those who were let in, and of those who were not."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.entry.auth import Wanted
from tests.services.firm import Firm, program_body
from tests.services.glass import REASON, Glass
from tests.services.test_suspension import reinstate, suspend

ASKER = "program_manager"
GONE = {"role": ASKER, "reason": "They have left the firm."}


def person(firm: Firm, who: str) -> str:
    return f"/v1/people/{firm.ids[who]}"


async def key_for(firm: Firm, name: str, who: str, scopes: frozenset[str] | None = None) -> None:
    made = await firm.issuer.make(firm.tenant, UUID(firm.ids[who]), ASKER, Wanted(scopes=scopes))
    firm.keys[name] = made.key


async def test_a_key_made_while_it_is_open_reads_no_longer_than_it_is(glass: Glass) -> None:
    await glass.open()
    made = await glass.firm.done(ASKER, "/v1/keys", {"name": "Spreadsheet", "scopes": ["plans:read"]})
    glass.firm.keys["spreadsheet"] = made["key"]
    assert await glass.reads_words("spreadsheet")
    await glass.send("admin", "end")
    for key in ("spreadsheet", ASKER):
        assert not await glass.reads_words(key)


async def test_a_key_without_the_scope_of_plans_reads_nothing(glass: Glass) -> None:
    await key_for(glass.firm, "glass only", ASKER, frozenset({"emergencies:write", "engagements:read"}))
    await glass.open()
    refused = await glass.firm.get("glass only", glass.plan)
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")


async def test_who_lost_the_role_reads_nothing_and_a_new_grant_opens_nothing(glass: Glass) -> None:
    firm = glass.firm
    await glass.open()
    await firm.done("admin", f"{person(firm, ASKER)}/revoke-membership", GONE)
    assert (await firm.get(ASKER, glass.plan)).status_code == 403
    await firm.done("admin", f"{person(firm, ASKER)}/grant-membership", {"role": ASKER})
    assert (await firm.get(ASKER, glass.plan)).status_code == 403
    await key_for(firm, "back again", ASKER)
    assert not await glass.reads_words("back again")


async def test_who_changes_to_another_role_and_back_reads_nothing(glass: Glass) -> None:
    firm = glass.firm
    await glass.open()
    for before, after in ((ASKER, "auditor"), ("auditor", ASKER)):
        wish = {"from": before, "to": after, "reason": "They try what comes of it."}
        await firm.done("admin", f"{person(firm, ASKER)}/change-membership-role", wish)
    await key_for(firm, "and back", ASKER)
    assert not await glass.reads_words("and back")


async def test_who_is_confined_to_another_program_reads_nothing(glass: Glass) -> None:
    firm = glass.firm
    await glass.open()
    other = await firm.done("deputy", "/v1/programs", program_body(firm.ids["sponsor"]))
    await firm.done("admin", f"{person(firm, ASKER)}/grant-membership", {"role": ASKER, "program_id": other["id"]})
    await firm.done("admin", f"{person(firm, ASKER)}/revoke-membership", GONE)
    assert (await firm.get(ASKER, glass.plan)).status_code == 404


async def test_an_approval_that_is_sent_again_opens_nothing_again(glass: Glass) -> None:
    firm = glass.firm
    await glass.ask()
    at, body = f"{glass.at}/approve-emergency-access", {"emergency_id": glass.emergency}
    first = await firm.post("admin", at, body, Idempotency_Key="approve-1")
    await glass.send("admin", "end")
    again = await firm.post("admin", at, body, Idempotency_Key="approve-1")
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert (await glass.send("admin", "approve")).json()["code"] == "emergency_access_answered"
    assert not await glass.reads_words(ASKER)


async def test_an_approver_whose_role_was_lost_opens_nothing(glass: Glass) -> None:
    firm = glass.firm
    await glass.ask()
    await firm.done("admin", f"{person(firm, 'deputy')}/revoke-membership", GONE)
    assert (await glass.send("deputy", "approve")).status_code == 403
    assert not await glass.reads_words(ASKER)


async def test_a_batch_neither_asks_and_approves_nor_reads(glass: Glass) -> None:
    """A batch is one person's, as each of its items is."""
    await glass.ask()
    item = {"command": "approve_emergency_access", "target": glass.firm.ids["engagement"], "body": {"emergency_id": glass.emergency}}
    answer = await glass.firm.done(ASKER, "/v1/batches", {"items": [item]})
    assert [one["problem"]["code"] for one in answer["items"]] == ["own_emergency_request"]


@pytest.mark.parametrize("standing", ["waiting", "open"])
async def test_in_a_suspended_organization_it_is_ended_but_not_opened(glass: Glass, standing: str) -> None:
    firm = glass.firm
    await (glass.ask() if standing == "waiting" else glass.open())
    await suspend(firm)
    approved = await glass.send("admin", "approve")
    assert approved.status_code in {409, 423}
    asked = await firm.post("deputy", f"{glass.at}/request-emergency-access", {"reason_code": "danger", "reason": REASON})
    assert asked.status_code == 423
    assert await glass.reads_words(ASKER) == (standing == "open")
    ended = await glass.send("admin", "end" if standing == "open" else "decline")
    assert ended.status_code == 200, "what withholds goes on"
    await reinstate(firm)
    assert not await glass.reads_words(ASKER)
