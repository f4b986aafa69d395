"""A moment before the organization's first record: an answer about it is empty, and not because nothing had happened by then."""

from __future__ import annotations

from typing import Final

from infra.eventstore.stored import feed_at
from services.audit.moment import instant, read_moment
from services.audit.question.inquiry import Inquiry, moment

EARLIER: Final = (
    "Nothing was recorded before {day}, when the organization's log begins: what is older was written down later. "
    "For what is said of that time ask on the other clock, occurred."
)


async def before_the_log(inquiry: Inquiry) -> str | None:
    """What is to be known of the moments that were given, where one of the record clock lies there."""
    given = [moment(inquiry)]
    for text, name in ((inquiry.asked.since, "from"), (inquiry.asked.to, "to")):
        if text is not None:
            given.append(instant(read_moment(text, name).recorded, inquiry.zone, inquiry.now, f"/query/{name}"))
    known = [one for one in given if one is not None]
    if not known:
        return None
    first = (await feed_at(inquiry.reads.share(inquiry.tenant), inquiry.tenant, [1])).get(1)
    if first is None or min(known) >= first.recorded_at:
        return None
    day = first.recorded_at.astimezone(inquiry.zone)
    return EARLIER.format(day=f"{day.day} {day:%B %Y}")
