"""The receipt of an erasure: what was asked for, what was destroyed and when, what is kept lawfully, and what remains."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.errors import NotFound
from domain.person.erasure import Basis
from domain.person.state import PersonState
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from projections.catalogue import PROJECTIONS
from services.actor import Actor
from services.person import erasure
from services.reading.reads import Found, Reads

Remains: TypeAlias = Literal["ids_dates_numbers_codes", "sealed_words_without_a_key", "what_others_wrote", "mails_already_sent", "backups"]
REMAINS: Final[tuple[Remains, ...]] = (
    *("ids_dates_numbers_codes", "sealed_words_without_a_key", "what_others_wrote", "mails_already_sent", "backups"),
)
Standing: TypeAlias = Literal["waiting", "held", "erased"]


class DestroyedKeyAnswer(Struct, frozen=True, kw_only=True):
    """A key that was destroyed: whose, in which engagement or other stream, which of theirs."""

    subject_id: UUID
    realm_id: UUID
    key_v: int
    destroyed_at: datetime


class HoldAnswer(Struct, frozen=True, kw_only=True):
    """What forbids it."""

    id: UUID
    case_ref: str
    placed_at: datetime


class ReadModelAnswer(Struct, frozen=True, kw_only=True):
    """A read model, and whether it has followed to the erasure: then nothing of the person stands in it in the clear."""

    name: str
    purged: bool


class ErasureAnswer(Struct, frozen=True, kw_only=True):
    """An erasure. `on_time` is null until it is done; `engagements` ended with the person, whoever wrote in them.

    `remains` says what is there still: ids, dates, numbers and codes; sealed words that nobody can open; what others wrote elsewhere, and
    in groups; mails that had been sent; and backups, where it is final only when the key-encryption key of then is gone: rotate it
    (throughline key rotate-file), and remove the old one.
    """

    person_id: UUID
    standing: Standing
    basis: Basis
    requested_at: datetime
    requested_by: UUID
    due_by: date
    erased_at: datetime | None
    on_time: bool | None
    engagements: tuple[UUID, ...]
    keys: tuple[DestroyedKeyAnswer, ...]
    holds: tuple[HoldAnswer, ...]
    read_models: tuple[ReadModelAnswer, ...]
    remains: tuple[Remains, ...]


async def find_receipt(reads: Reads, actor: Actor, person: UUID) -> Found[ErasureAnswer]:
    """Raises `NotFound` of whose erasure nobody asked for, and `NotPermitted`."""
    look = await reads.look(actor, "read_erasure", "person", person)
    state: PersonState = look.reading.state(person, "person")
    if state.erasure is None:
        raise NotFound("Nobody asked to erase this person.")
    assert look.reading.head is not None  # who looks is in the log
    reach = await erasure.reach_of(reads.connections, actor.tenant, person)
    held = () if state.erasure.erased_at else look.organization.keeping(person, reach.all)
    keys = await erasure.destroyed(reads.connections, actor.tenant, person, reach.own)
    done = state.erasure.erased_at
    answer = ErasureAnswer(
        person_id=person,
        standing="erased" if done else "held" if held else "waiting",
        basis=state.erasure.basis,
        requested_at=state.erasure.requested_at,
        requested_by=state.erasure.requested_by,
        due_by=state.erasure.due_by,
        erased_at=done,
        on_time=None if done is None else look.organization.day(done) <= state.erasure.due_by,
        engagements=reach.own if done else (),
        keys=tuple(DestroyedKeyAnswer(**row) for row in keys if row["destroyed_at"] is not None),
        holds=tuple(HoldAnswer(id=hold.id, case_ref=hold.case_ref, placed_at=hold.placed_at) for hold in held),
        read_models=await followed(reads, actor.tenant, person) if done else (),
        remains=REMAINS if done else (),
    )
    return Found(answer, look.reading.head.position, look.reading.version(person))


async def followed(reads: Reads, tenant: UUID, person: UUID) -> tuple[ReadModelAnswer, ...]:
    """How far the read models with words in the clear are."""
    names = [projection.name for projection in PROJECTIONS if projection.personal is not None]
    generations = [projection.version for projection in PROJECTIONS if projection.personal is not None]
    with outages():
        async with tenant_transaction(reads.connections, tenant, read_only=True) as connection:
            rows = await erasure.SQL.followed.fetch(
                connection, tenant_id=tenant, person_id=person, projections=names, generations=generations
            )
    return tuple(ReadModelAnswer(name=row["projection"], purged=row["purged"]) for row in rows)
