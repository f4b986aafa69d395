"""What a person's own record says of them at this moment, opened for a decision about it."""

from __future__ import annotations

from domain.claims import EMAIL, email_1
from domain.person.state import PersonState
from domain.values import OfPerson
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from services.command.call import Call


async def addresses(call: Call) -> tuple[OfPerson[str] | None, OfPerson[str] | None]:
    """The address, and the one that waits to take its place, as they are sealed, open; None of who was erased."""
    state: PersonState = call.reading.state(call.target, "person")
    values = [state.email, state.address_change.email if state.address_change is not None else None]
    present, waiting = (
        None if value is None or text is None else OfPerson(text, subject=state.id, sealed=value.sealed)
        for value, text in zip(values, await texts(call, values), strict=True)
    )
    return present, waiting


async def is_taken(call: Call, address: str) -> bool:
    """Whether another person of the organization has the address at this moment."""
    key = await call.reading.claim_key(EMAIL, email_1(address), True)
    with outages():
        rows = await call.reading.source.fetch("SELECT * FROM es.holders($1, $2, $3)", call.actor.tenant, EMAIL, [key])
    return any(row["stream_id"] != call.target for row in rows)


async def linked(call: Call, provider: str, subject: str) -> bool:
    """Whether the person signs in as that subject already."""
    state: PersonState = call.reading.state(call.target, "person")
    return subject in await texts(call, [one.subject for one in state.identities if one.provider == provider])


async def texts(call: Call, values: list[OfPerson[str]] | list[OfPerson[str] | None]) -> list[str | None]:
    """Values of the person's own stream in the clear; None where there is none, or it is erased. Raises `Unavailable`."""
    return await Opener(call.reading.vault).plain(call.reading.source, call.actor.tenant, call.target, values)
