"""What a person's own record says of them at this moment, opened for a decision about it."""

from __future__ import annotations

from domain.person.state import PersonState
from domain.values import OfPerson
from infra.eventstore.opening import Opener
from services.command.call import Call


async def present_address(call: Call) -> OfPerson[str] | None:
    """The address as it is sealed, open; None of who was erased."""
    state: PersonState = call.reading.state(call.target, "person")
    (text,) = await texts(call, [state.email])
    return None if text is None or state.email is None else OfPerson(text, subject=state.id, sealed=state.email.sealed)


async def linked(call: Call, provider: str, subject: str) -> bool:
    """Whether the person signs in as that subject already."""
    state: PersonState = call.reading.state(call.target, "person")
    return subject in await texts(call, [one.subject for one in state.identities if one.provider == provider])


async def texts(call: Call, values: list[OfPerson[str]] | list[OfPerson[str] | None]) -> list[str | None]:
    """Values of the person's own stream in the clear; None where there is none, or it is erased. Raises `Unavailable`."""
    return await Opener(call.reading.vault).plain(call.reading.source, call.actor.tenant, call.target, values)
