"""Question 11: has history been altered?

Here order and both hashes of every event of what is asked about are derived again from the stored bytes, and corrections are
told with both values. `throughline verify` derives everything else. Both would miss bytes and hashes that were changed
together: against that, proofs over checkpoints that are kept elsewhere are needed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.plan.events import EntryWithdrawn, MeasurementCorrected
from infra.eventstore.stored import Stored, feed_as_stored
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.inquiry import Inquiry, stored_cases

A_TIME: Final = 1000
"""Events that are read at a time."""


async def altered_history(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Of the whole log when nothing is named. Rows that were lost or cannot be read are findings, too."""
    check = Check()
    if inquiry.asked.about is None and inquiry.look.actor.programs is None:
        async for one in whole_log(inquiry, check):
            yield one
    else:
        async for case in stored_cases(inquiry):
            for one in check.of(case.events):
                yield one
            check.position, check.recorded_at = 0, None  # the next engagement's events begin anew
    yield finding("history_checked", events=check.events, streams=len(check.versions), corrections=check.corrections)


async def whole_log(inquiry: Inquiry, check: Check) -> AsyncIterator[Finding]:
    """Here positions have no holes either."""
    for after in range(0, inquiry.position, A_TIME):
        limit = min(A_TIME, inquiry.position - after)
        for fed in await feed_as_stored(inquiry.reads.share(inquiry.tenant), inquiry.tenant, after, limit):
            inquiry.examined.add(fed.stream)
            inquiry.things.take(fed)
            if fed.position != check.position + 1:
                yield finding("positions_missing", fed, stands_out=True, first=check.position + 1, last=fed.position - 1)
            for one in check.of([fed]):
                yield one
    if check.position != inquiry.position:
        yield finding("positions_missing", stands_out=True, first=check.position + 1, last=inquiry.position)


class Check:
    """What was seen so far, of which the next event has to be the continuation."""

    def __init__(self) -> None:
        self.events = 0
        self.corrections = 0
        self.position = 0
        self.recorded_at: datetime | None = None
        self.versions: dict[UUID, int] = {}

    def of(self, events: Iterable[Stored]) -> Iterator[Finding]:
        for fed in events:
            yield from self.next(fed)
            self.events += 1
            self.position, self.recorded_at = fed.position, fed.recorded_at
            self.versions[fed.stream] = fed.version

    def next(self, fed: Stored) -> Iterator[Finding]:
        place: dict[str, Given] = {"type": fed.type, "stream": fed.stream, "version": fed.version}
        expected = self.versions.get(fed.stream, 0) + 1
        for fault, own in fed.faults.items():
            yield finding(fault, fed, stands_out=fault != "content_erased", about=place if own is None else {**place, "recomputed": own})
        if fed.version != expected:
            yield finding("version_missing", fed, stands_out=True, expected=expected, about=place)
        if self.recorded_at is not None and fed.recorded_at < self.recorded_at:
            yield finding("clock_went_back", fed, stands_out=True, about=place)
        match fed.event:
            case MeasurementCorrected() as event:
                self.corrections += 1
                yield finding(
                    "value_corrected",
                    fed,
                    stands_out=True,
                    objective=event.objective_id,
                    from_=event.from_,
                    to=event.to,
                    corrects=event.corrects_version,
                )
            case EntryWithdrawn() as event:
                self.corrections += 1
                yield finding(
                    "entry_withdrawn", fed, stands_out=True, entry=event.entry, item=event.item_id, corrects=event.corrects_version
                )
