"""Links to files: for one reader, one report, and a few minutes. Nobody needs a key to follow one, so nobody can make one."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, NamedTuple, cast
from uuid import UUID

from domain.errors import NotFound
from domain.glossary import Role
from domain.values import NIL
from infra.eventstore.errors import NoKeys
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.postgres import Pool
from services.actor import ROLES, Actor
from services.errors import LinkExpired

WINDOW: Final = 300
"""Seconds. A link is good for one to two of them, and the same one within each, so that a report reads the same."""
TICKET: Final = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{32})\.([a-z_]{1,20})\.([0-9]{1,12})\.([0-9a-f]{64})")


class Link(NamedTuple):
    """Where the file is, until when."""

    path: str
    expires_at: datetime


class Links:
    def __init__(self, connections: Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.connections = connections
        self.vault = vault
        self.clock = clock

    async def make(self, actor: Actor, report: UUID) -> Link:
        until = (int(self.clock().timestamp()) // WINDOW + 2) * WINDOW
        named = f"{actor.tenant.hex}.{actor.person_id.hex}.{actor.role}.{until}"
        signature = await self.sign(actor.tenant, report, named)
        return Link(f"/v1/reports/{report}/file?ticket={named}.{signature}", datetime.fromtimestamp(until, UTC))

    async def follow(self, report: UUID, ticket: str) -> Actor:
        """Who may follow it. Raises `NotFound` for one that we did not make for this report, `LinkExpired` and `Unavailable`."""
        match = TICKET.fullmatch(ticket)
        if match is None or match[3] not in ROLES:
            raise NotFound
        tenant, person, role, until, signature = match.groups()
        try:
            signed = await self.sign(UUID(tenant), report, ticket.rpartition(".")[0])
        except NoKeys:
            raise NotFound from None
        if not hmac.compare_digest(signature, signed):
            raise NotFound
        if int(until) <= self.clock().timestamp():
            raise LinkExpired
        return Actor(UUID(tenant), UUID(person), cast(Role, role), NIL)

    async def sign(self, tenant: UUID, report: UUID, named: str) -> str:
        content = b"throughline-report-link-v1\n" + report.bytes + named.encode()
        with outages():
            return (await self.vault.index_hash(self.connections.of(tenant), tenant, content)).hex()
