"""What a route may ask for by name: what lives as long as the application, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar import Request
from litestar.di import Provide

from services.actor import Actor
from services.entry.asking import asking
from services.entry.attempt import Attempts
from services.entry.auth import Keys
from services.entry.limit import counted
from services.errors import Unauthenticated

OWN: Final = (
    "commands",
    "reads",
    "tags",
    "files",
    "links",
    "health",
    "charts",
    "sign_ins",
    "attempts",
    "mail_links",
    "respondents",
    "acts",
    "address_changes",
)
HELD: Final = dict(zip(OWN, OWN, strict=True)) | {"keys": "api_keys"}
"""What the application's start made: its name in a route, and in the state, whose own `keys` is a method."""


def provided() -> dict[str, Provide]:
    """By name; of each, a route says the type that it expects."""
    return {name: Provide(held(place), sync_to_thread=False) for name, place in HELD.items()} | {"actor": Provide(provide_actor)}


def held(place: str) -> Callable[[Request[Any, Any, Any]], Any]:
    def provide(request: Request[Any, Any, Any]) -> Any:
        return getattr(request.app.state, place)

    return provide


async def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """Raises `Unauthenticated`, `TooManyAttempts` of who guesses, or `TooManyRequests`."""
    keys: Keys = request.app.state.api_keys
    attempts: Attempts = request.app.state.attempts
    try:
        actor = await asking(request, keys)
    except Unauthenticated as refusal:
        if refusal.guessed:
            await attempts.require_few_wrong(request)
        raise
    await counted(request, actor)
    return actor
