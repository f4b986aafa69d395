"""Links to files: for one reader, one report, and a few minutes. Nobody needs a key to follow one, so nobody can make one."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.errors import NotFound
from domain.values import NIL
from infra.eventstore.errors import KeyUnavailable
from infra.eventstore.vault import Vault
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
    def __init__(self, connections: asyncpg.Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.connections = connections
        self.vault = vault
        self.clock = clock

    async def make(self, actor: Actor, report: UUID) -> Link:
        until = (int(self.clock().timestamp()) // WINDOW + 2) * WINDOW
        named = f"{actor.tenant.hex}.{actor.person_id.hex}.{actor.role}.{until}"
        signature = await self.sign(actor.tenant, report, named)
        return Link(f"/v1/reports/{report}/file?ticket={named}.{signature}", datetime.fromtimestamp(until, UTC))

    async def follow(self, report: UUID, ticket: str) -> Actor:
        """Who may follow it. Raises `NotFound` for one that we did not make for this report, and `LinkExpired`."""
        match = TICKET.fullmatch(ticket)
        if match is None:
            raise NotFound
        tenant, person, role, until, signature = match.groups()
        try:
            expected = await self.sign(UUID(tenant), report, ticket.rpartition(".")[0])
        except KeyUnavailable:
            raise NotFound from None  # also when there is no such organization, which nobody learns
        if not hmac.compare_digest(signature, expected):
            raise NotFound
        if int(until) <= self.clock().timestamp():
            raise LinkExpired
        found: Any = next(known for known in ROLES if known == role)
        return Actor(UUID(tenant), UUID(person), found, NIL)

    async def sign(self, tenant: UUID, report: UUID, named: str) -> str:
        content = b"throughline-report-link-v1\n" + report.bytes + named.encode()
        return (await self.vault.index_hash(self.connections, tenant, content)).hex()
