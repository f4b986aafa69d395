"""Actors that throw away what has served its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from infra.sql import load
from workers.broker import POOLS, actor

KEYS_KEPT: Final = timedelta(days=30)  # after their end, so that what they were is still there when somebody asks
SQL: Final = load(__file__)
log = structlog.get_logger()


@actor(actor_name="command.forget")
async def forget_commands(tenant: str) -> None:
    """Answers to commands, kept for 30 days so that a repeated one has one effect."""
    forgotten = await SQL.forget_commands.value(POOLS["worker"], tenant=UUID(tenant))
    log.info("commands_forgotten", tenant_id=tenant, commands=forgotten)


@actor(actor_name="key.forget")
async def forget_keys() -> None:
    """Keys of people that ended: each sign-in to the pages leaves one."""
    forgotten = await SQL.forget_keys.value(POOLS["worker"], before=datetime.now(UTC) - KEYS_KEPT)
    log.info("keys_forgotten", keys=forgotten)
