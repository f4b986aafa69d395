"""The actors of people's records."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from domain.errors import StreamErased
from domain.person.state import PersonState
from infra.eventstore.outage import outages
from infra.settings import Settings
from projections.members import MEMBERS
from projections.snapshot import snapshot
from services.command.execution import utc_now
from services.entry.auth import Keys
from workers.broker import POOLS, actor
from workers.desk import desk
from workers.person.erasing import Erasing, proof_of
from workers.person.moving import ask_both
from workers.person.telling import tell
from workers.post import post

QUEUE: Final = "person"  # of their own: hundreds of reports or reminders may stand in the other ones
log = structlog.get_logger()


@actor(actor_name="person.end_keys", queue_name=QUEUE)
async def end_keys(tenant: str, stream: str, version: int, position: int) -> None:
    """Ends every key and sign-in of somebody who left: they open nothing since then. Of who was given a role again meanwhile those of
    before open nothing either, and the new ones stay."""
    at, person = UUID(tenant), UUID(stream)
    try:
        state: PersonState = (await desk().commands.store.read(at, person)).state(person, "person")
    except StreamErased:
        return
    ended = 0 if state.memberships else await Keys(POOLS["app"], utc_now).revoke_all(at, person)
    log.info("keys_ended", tenant_id=tenant, person_id=stream, ended=ended)


@actor(actor_name="person.erase", queue_name=QUEUE)
async def erase_person(tenant: str, stream: str, version: int, position: int) -> None:
    """Destroys the keys of somebody whose erasure was asked for, unless a hold forbids it: then it is tried again every day."""
    await erase(UUID(tenant), UUID(stream))


@actor(actor_name="person.erasures_due", queue_name=QUEUE)
async def look_for_erasures(tenant: str) -> None:
    """Carries out what a hold forbade, or an outage prevented, when it was asked for."""
    at = UUID(tenant)
    with outages():
        async with snapshot(POOLS["app"], at) as rows:
            waiting = [row.key for row in await rows.sealed(MEMBERS, "to_be_erased")]
    for person in waiting:
        await erase(at, person)


async def erase(tenant: UUID, person: UUID) -> None:
    outcome = await Erasing(desk()).erase(tenant, person)
    proof = await proof_of(desk(), tenant, person) if outcome == "erased" else None
    log.info("erasure_done", tenant_id=str(tenant), person_id=str(person), outcome=outcome, proof=proof)


@actor(actor_name="person.tell_former_address", queue_name=QUEUE)
async def tell_former_address(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the address that a person had before. Sent twice after a crash, it has the same Message-ID."""
    sent = await tell(desk().commands, post(), UUID(tenant), UUID(stream), position)
    log.info("former_address_told", tenant_id=tenant, person_id=stream, sent=sent)


@actor(actor_name="person.ask_for_address", queue_name=QUEUE)
async def ask_for_address(tenant: str, stream: str, version: int, position: int) -> None:
    """Two mails about an address that waits: how to stop it to the present one, then how to confirm it to the new one."""
    sent = await ask_both(desk().commands, post(), Settings.from_env().address, UUID(tenant), UUID(stream), version)
    log.info("address_asked_for", tenant_id=tenant, person_id=stream, sent=sent)
