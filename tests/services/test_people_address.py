"""An HR system finds a person by their address before it makes them known: exactly, at once, and only who sees addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from httpx import AsyncClient

from services.address.link import PURPOSES, AddressLinks
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


async def test_an_address_that_is_named_waits_and_finds_nobody(firm: Firm, client: AsyncClient) -> None:
    """Not by the directory, nor by an administrator, nor by who it is about: until it is confirmed there, days later, it opens nothing."""
    id, path = firm.ids["client"], f"/v1/people/{firm.ids['client']}/change-person-profile"
    for who, source in (("integration", {"source": "import"}), ("admin", {}), ("client", {})):
        asked = await firm.done(who, path, {"seen": 1, "email": "moved@example.org", **source})
        assert await found(firm, "integration", {"email": "moved@example.org"}) == []
        assert await found(firm, "integration", {"email": "client@example.org"}) == [id]
    one = await firm.seen("client", f"/v1/people/{id}")
    assert (one["email"], one["address_change"]["email"], one["profile_version"]) == ("client@example.org", "moved@example.org", 1)
    assert (await firm.seen("auditor", f"/v1/people/{id}"))["address_change"]["email"] == {"withheld": True}
    links = AddressLinks(firm.commands.store.pool, firm.commands.store.vault)
    confirm, stop = [await links.path(firm.tenant, UUID(id), purpose, asked["version"]) for purpose in PURPOSES]
    headers = {"Accept": "text/html", "Origin": str(client.base_url).rstrip("/")}
    for method in ("GET", "POST"):
        early = await client.request(method, confirm, headers=headers)
        assert (early.status_code, "Not yet" in early.text, "moved@" in early.text) == (200, True, False)
    shown = await client.get(stop, headers=headers)
    assert ("Keep it" in shown.text, shown.headers["referrer-policy"]) == (True, "strict-origin")
    assert (await client.post(stop, headers=headers | {"Origin": "https://evil.example"})).status_code == 403
    assert "stays as it is" in (await client.post(stop, headers=headers)).text
    for link in (stop, confirm):
        assert (await client.get(link, headers=headers)).status_code == 404
    await firm.runner.catch_up()
    assert (await firm.seen("client", f"/v1/people/{id}"))["address_change"] is None


async def test_an_address_that_another_person_has_is_refused_at_once(firm: Firm) -> None:
    body = {"seen": 1, "email": "Coach@example.org"}
    refused = await firm.send("client", "POST", f"/v1/people/{firm.ids['client']}/change-person-profile", json=body)
    assert (refused.status_code, refused.json()["code"], refused.json()["errors"][0]["pointer"]) == (409, "person_exists", "/email")


async def test_who_sees_no_addresses_finds_nobody_by_one(firm: Firm) -> None:
    refused = await firm.send("auditor", "GET", "/v1/people", params={"email": "client@example.org"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/query/email")


async def test_who_was_only_just_registered_is_waited_for(firm: Firm) -> None:
    """And not taken for nobody: a system that asks would make them a second time."""
    await firm.done("integration", "/v1/people", {"name": "Noor", "email": "noor@example.org"})
    asked = await firm.send("integration", "GET", "/v1/people", params={"email": "noor@example.org"})
    assert (asked.status_code, asked.json()["code"]) == (503, "not_caught_up")
    assert len(await found(firm, "integration", {"email": "noor@example.org"})) == 1
