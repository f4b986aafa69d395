"""Actors that throw away what has served its time."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from infra.sql import load
from workers.broker import POOLS, actor

SQL: Final = load(__file__)
log = structlog.get_logger()


@actor(actor_name="command.forget")
async def forget_commands(tenant: str) -> None:
    """Answers to commands, kept for 30 days so that a repeated one has one effect."""
    forgotten = await SQL.forget_commands.value(POOLS["worker"], tenant=UUID(tenant))
    log.info("commands_forgotten", tenant_id=tenant, commands=forgotten)


@actor(actor_name="request_count.forget")
async def forget_request_counts() -> None:
    """How often keys asked that ask no more: each sign-in leaves one, and each counts a minute only."""
    forgotten = await SQL.forget_request_counts.value(POOLS["worker"])
    log.info("request_counts_forgotten", holders=forgotten)
