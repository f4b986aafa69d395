"""What an organization uses of what it may."""

from __future__ import annotations

from typing import Any

from litestar import Request

from domain.event import STORED
from domain.person.events import PersonRegistered
from projections.current import CURRENT
from services.actor import Actor
from services.entry.limit import Limits
from services.organization.answers import QuotaAnswer, UseAnswer
from services.quota import MEGABYTE, counted, engagements_open, quota_of
from services.reading.decision import Decided
from services.reading.reads import Reads


async def used(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> QuotaAnswer:
    """As far as the log goes, and for the files as far as their read model has followed."""
    share = reads.share(actor.tenant)
    limits: Limits = request.app.state.limits
    quota = await quota_of(share, actor.tenant)
    people = await counted(share, actor.tenant, STORED[PersonRegistered].name)
    engagements = await engagements_open(share, actor.tenant)
    async with reads.snapshot(request, actor, CURRENT["report"], shown_by=Decided.BY_ROLE) as (rows, _):
        (files,) = await rows.fetch(CURRENT["report"], "bytes", {})
    return QuotaAnswer(
        people=UseAnswer(used=people, at_most=quota.people),
        engagements=UseAnswer(used=engagements, at_most=quota.engagements),
        storage_mb=UseAnswer(used=-(-int(files[0]) // MEGABYTE), at_most=quota.storage_mb),
        requests_per_minute=limits.of_all(quota.requests_per_minute),
    )
