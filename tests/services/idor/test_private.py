"""What is written in sessions, asked for through every route that reads, by everybody: a note that is private is its author's alone."""

from __future__ import annotations

from typing import Final

from litestar import Litestar

from tests.services.firm import Firm
from tests.services.idor.route import given, is_open, routes
from tests.services.idor.world import CALLERS, World, ask

READERS: Final = {"private_coach": {"coach"}, "private_client": {"client"}, "shared": {"client", "coach"}}
"""Visibility -> who reads the words: no sponsor, no auditor, nobody who runs the firm."""


async def write(firm: Firm, who: str, visibility: str) -> list[str]:
    """A note, a reflection and an insight, each with a word of its own that is nowhere else."""
    at = f"/v1/sessions/{firm.ids['session']}"
    found = []
    for command in ("record-session-note", "record-reflection", "capture-insight"):
        word = f"canary-{who}-{visibility}-{command}"
        await firm.done(who, f"{at}/{command}", {"text": f"I know: {word}.", "visibility": visibility})
        found.append(word)
    return found


async def test_no_word_of_a_session_reaches_anybody_whom_it_is_not_for(app: Litestar, world: World) -> None:
    firm = world.own
    words = {
        (who, visibility): await write(firm, who, visibility) for who in ("coach", "client") for visibility in ("shared", f"private_{who}")
    }
    await firm.runner.catch_up()
    seen: dict[str, set[str]] = {}
    for one in (route for route in routes(app) if route.method == "GET" and not is_open(route) and route.noun not in {"key", "sign_in"}):
        path = one.path if one.noun is None else one.at(firm.ids[one.noun])
        for caller in CALLERS:
            answer = await ask(firm, caller.name, "GET", path, **given(one, firm.ids))
            for (_, visibility), canaries in words.items():
                for word in canaries:
                    if word in answer.text:
                        assert caller.name in READERS[visibility], (caller.name, path, word)
                        seen.setdefault(word, set()).add(caller.name)
    for (_, visibility), canaries in words.items():
        assert all(seen[word] == READERS[visibility] for word in canaries)
