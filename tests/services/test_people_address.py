"""An HR system finds a person by their address before it makes them known: exactly, at once, and only who sees addresses."""

from __future__ import annotations

from typing import Any

from tests.services.firm import Firm


async def found(firm: Firm, who: str, query: dict[str, Any]) -> list[str]:
    await firm.runner.catch_up()
    answer = await firm.send(who, "GET", "/v1/people", params=query)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_who_has_an_address_is_found_by_it_and_by_nothing_like_it(firm: Firm) -> None:
    client = firm.ids["client"]
    assert await found(firm, "integration", {"email": "CLIENT@example.org"}) == [client]
    assert await found(firm, "admin", {"email": "client@example.or"}) == []
    assert await found(firm, "admin", {"email": "client@example.org", "role": "client"}) == [client]
    assert await found(firm, "admin", {"email": "client@example.org", "role": "coach"}) == []
    body = {"seen": 1, "email": "moved@example.org"}
    await firm.done("client", f"/v1/people/{client}/change-person-profile", body)
    assert await found(firm, "integration", {"email": "moved@example.org"}) == [client]
    assert await found(firm, "integration", {"email": "client@example.org"}) == []


async def test_who_sees_no_addresses_finds_nobody_by_one(firm: Firm) -> None:
    refused = await firm.send("auditor", "GET", "/v1/people", params={"email": "client@example.org"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/query/email")


async def test_who_was_only_just_registered_is_waited_for(firm: Firm) -> None:
    """And not taken for nobody: a system that asks would make them a second time."""
    await firm.done("integration", "/v1/people", {"name": "Noor", "email": "noor@example.org"})
    asked = await firm.send("integration", "GET", "/v1/people", params={"email": "noor@example.org"})
    assert (asked.status_code, asked.json()["code"]) == (503, "not_caught_up")
    assert len(await found(firm, "integration", {"email": "noor@example.org"})) == 1
