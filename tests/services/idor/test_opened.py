"""Every route asked while an emergency is open: the words of the plan as it stands are opened to the asker, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from httpx import Response
from litestar import Litestar

from tests.services.firm import Firm
from tests.services.idor.route import Asked, given, is_open, routes
from tests.services.idor.test_private import write
from tests.services.idor.world import World, ask

OPENED: Final = {"read_plan", "plan_page", "exercises_page"}
ASKER: Final = "program_manager"
SPEAKERS: Final = ("client", "coach")


def texts(content: Any) -> Iterator[str]:
    """Every text of several words."""
    match content:
        case dict():
            for one in content.values():
                yield from texts(one)
        case list():
            for one in content:
                yield from texts(one)
        case str() if " " in content.strip():
            yield content


async def answers(app: Litestar, firm: Firm, caller: str) -> list[tuple[Asked, Response]]:
    """What every route that reads answers about the own side."""
    await firm.runner.catch_up()
    found = []
    for one in (route for route in routes(app) if route.method == "GET" and not is_open(route) and route.noun not in {"key", "sign_in"}):
        path = one.path if one.noun is None else one.at(firm.ids[one.noun])
        found.append((one, await ask(firm, caller, "GET", path, **given(one, firm.ids))))
    return found


async def spoken(app: Litestar, firm: Firm) -> set[str]:
    """What client and coach read of each other, and what the director does not."""
    found: set[str] = set()
    for who in SPEAKERS:
        for _, answer in await answers(app, firm, who):
            if answer.headers.get("content-type") == "application/json":
                found |= set(texts(answer.json()))
    every_word = "\n".join(answer.text for _, answer in await answers(app, firm, ASKER))
    return {text for text in found if text not in every_word}


async def test_nothing_but_the_plan_as_it_stands_is_opened(app: Litestar, fresh: World) -> None:
    firm = fresh.own
    canaries = [word for who in SPEAKERS for visibility in ("shared", f"private_{who}") for word in await write(firm, who, visibility)]
    words = await spoken(app, firm)
    assert any(any(canary in text for text in words) for canary in canaries)
    at = f"/v1/engagements/{firm.ids['engagement']}/approve-emergency-access"
    await firm.done("admin", at, {"emergency_id": firm.ids["emergency"]})
    await firm.runner.catch_up()
    plan = set(texts((await firm.get("client", f"/v1/plans/{firm.ids['plan']}")).json()))
    opened = {one.name: {text for text in words if text in answer.text} for one, answer in await answers(app, firm, ASKER)}
    assert {name for name, seen in opened.items() if seen} == OPENED
    assert opened["read_plan"] == words & plan
    assert opened["plan_page"] | opened["exercises_page"] <= plan
    assert not any(canary in text for text in opened["read_plan"] for canary in canaries)
