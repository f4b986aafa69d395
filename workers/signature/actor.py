"""The actors of signatures: who is to sign is asked for it as soon as terms were put down, or they came into a group that has some."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from domain.glossary import Party
from infra.settings import Settings
from workers.broker import RARELY, SOON, actor
from workers.desk import desk
from workers.post import post
from workers.signature.asking import Asking

QUEUE: Final = "signature"  # of their own: hundreds of reports or reminders may stand in the other ones
log = structlog.get_logger()


@actor(actor_name="signature.ask_client", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def ask_client(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the client. Sent twice after a crash, it has the same Message-ID."""
    await ask("client", UUID(tenant), UUID(stream), version)


@actor(actor_name="signature.ask_coach", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def ask_coach(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the coach, unless they put the terms down themselves."""
    await ask("coach", UUID(tenant), UUID(stream), version)


@actor(actor_name="signature.ask_sponsor", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def ask_sponsor(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the sponsor, where there is one."""
    await ask("sponsor", UUID(tenant), UUID(stream), version)


@actor(actor_name="signature.ask_member", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def ask_member(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to who came into a group whose terms are in force."""
    sent = await Asking(desk().commands, post(), Settings.from_env().address).welcome(UUID(tenant), UUID(stream), version)
    log.info("signature_asked_of_member", tenant_id=tenant, engagement_id=stream, version=version, sent=sent)


async def ask(party: Party, tenant: UUID, stream: UUID, version: int) -> None:
    sent = await Asking(desk().commands, post(), Settings.from_env().address).ask(party, tenant, stream, version)
    log.info("signature_asked", tenant_id=str(tenant), engagement_id=str(stream), version=version, party=party, sent=sent)
