"""Questions 3 and 18: what was known on a day as opposed to what is said of it now, and what changed between two moments."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from infra.eventstore.hindsight import At
from services.audit.comparison import Bounds, require_order, told_of
from services.audit.difference import DifferenceAnswer, ReasonAnswer, by_reason, labels_of
from services.audit.moment import NOW, at_moment, not_begun, read_moment
from services.audit.question.case import IMPORTED, delay
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.inquiry import Inquiry, cases, moment
from services.audit.then import engagement_of
from services.plan.query import parties

LATE: Final = timedelta(days=1)
"""What is written down longer than this after it happened was not known on the day."""


async def known_and_said(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Without a day: everything that was written down later than it happened. Of a plan, with a day: both folds, compared."""
    at = moment(inquiry)
    if at is None or inquiry.kind != "plan":
        async for one in written_later(inquiry):
            yield one
        return
    plan = about(inquiry)
    known, day = At(recorded=at), inquiry.look.organization.day(at)
    async for one in compared(inquiry, plan, known, At(position=inquiry.position, occurred=at), stands_out=True):
        yield one._replace(sentence=f"Said now, and not known on {day.day} {day:%B %Y}: {one.sentence}")


async def written_later(inquiry: Inquiry) -> AsyncIterator[Finding]:
    async for case in cases(inquiry):
        for fed in case.events:
            if delay(fed) > LATE and (case.at is None or fed.occurred_at <= case.at < fed.recorded_at):
                yield finding(
                    "said_later",
                    fed,
                    stands_out=fed.meta.channel != IMPORTED,
                    type=fed.type,
                    happened_on=case.day(fed.occurred_at),
                    recorded_on=case.day(fed.recorded_at),
                    days=delay(fed),
                    actor=fed.meta.actor,
                    channel=fed.meta.channel,
                )


async def changes_between(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """From the plan's beginning, unless another moment is named, until now."""
    plan = about(inquiry)
    engagement = engagement_of(inquiry.look).id
    first = At(position=0)
    if inquiry.asked.since is not None:
        first = await at_moment(inquiry.reads, inquiry.look, read_moment(inquiry.asked.since, "from"), plan=plan, engagement=engagement)
    last = At(position=inquiry.position)  # not `now`: later pages are as of the same moment
    if inquiry.asked.to not in (None, NOW):
        last = await at_moment(inquiry.reads, inquiry.look, read_moment(inquiry.asked.to, "to"), plan=plan, engagement=engagement)
    async for one in compared(inquiry, plan, first, last, stands_out=False):
        yield one


async def compared(inquiry: Inquiry, plan: UUID, first: At, last: At, *, stands_out: bool) -> AsyncIterator[Finding]:
    """Each difference as a sentence, with words where the asker may read them, and parties instead of names."""
    if not [case async for case in cases(inquiry)]:
        return  # it is told why
    reads, look = inquiry.reads, inquiry.look
    bounds = Bounds(*await asyncio.gather(*(reads.store.read_as_of(inquiry.tenant, at, plan) for at in (first, last))))
    require_order(bounds)
    if not bounds.after.holds(plan):
        raise not_begun(bounds.after.position)
    told = await told_of(reads, look, bounds, plan)
    for reason in by_reason(told.items, labels_of(told.plan, parties(look)), look.sight):
        for one in reason.items:
            yield difference(reason, one, stands_out=stands_out)


def difference(reason: ReasonAnswer, one: DifferenceAnswer, *, stands_out: bool) -> Finding:
    """From and to stand in the sentence only: they may be words."""
    facts: dict[str, Given] = {"about": one.about, "change": one.kind, "field": one.field, "days": one.days, "events": one.event_count}
    facts |= {"id": one.id, "reason_code": reason.reason_code, "initiator": reason.initiator}
    proof = tuple(event.evidence for event in one.events)
    return Finding(f"{one.about}_{one.kind}", stands_out, facts, proof, sentence=one.sentence)


def about(inquiry: Inquiry) -> UUID:
    assert inquiry.asked.about is not None  # the table says that it needs one
    return inquiry.asked.about
