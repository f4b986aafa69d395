"""The engagements that need help, as the board's page lists them: how many for each reason, the gravest first, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from projections.kpi.help import NeedsHelp, Reason
from services.board.query import Wanted
from services.errors import Fault, Unreadable
from services.pages.words import NOTHING, SENTENCES

A_PAGE: Final = 25
NUMBER: Final = re.compile("[1-9][0-9]{0,4}")


class Reasoned(NamedTuple):
    """A reason in words."""

    heading: str
    sentence: str


class Help(NamedTuple):
    """An engagement that needs help."""

    client: str
    coach: str
    program: str
    plan: UUID | None
    reasons: Sequence[Reasoned]


class Count(NamedTuple):
    """How many have a reason, and where they are listed; `chosen` while they are."""

    heading: str
    engagements: int
    path: str
    chosen: bool


class HelpView(NamedTuple):
    """A page of the list. `total` counts all that need help, `listed` those with the chosen reason."""

    total: int
    listed: int
    reason: str | None
    counts: Sequence[Count]
    rows: Sequence[Help]
    first: int
    every: str
    before: str
    after: str


def help_view(rows: Sequence[NeedsHelp], names: Mapping[UUID, str], wanted: Wanted, reason: str | None, page: int) -> HelpView:
    """`names` are those of people and programs, by id; `reason` is a code, `page` counts from 1; beyond the last one it is that."""
    counts = Counter(one.code for row in rows for one in row.reasons)
    listed = sorted((row for row in rows if reason in (None, *(one.code for one in row.reasons))), key=lambda row: gravity(row, reason))
    page = min(page, max(1, -(-len(listed) // A_PAGE)))
    first = (page - 1) * A_PAGE
    return HelpView(
        total=len(rows),
        listed=len(listed),
        reason=reason,
        counts=[
            Count(heading, counts[code], path(wanted, code), code == reason) for code, (heading, _) in SENTENCES.items() if counts[code]
        ],
        rows=[helped(row, names) for row in listed[first : first + A_PAGE]],
        first=first + 1,
        every=path(wanted),
        before=path(wanted, reason, page - 1) if page > 1 else "",
        after=path(wanted, reason, page + 1) if first + A_PAGE < len(listed) else "",
    )


def gravity(row: NeedsHelp, reason: str | None) -> tuple[int, Decimal, UUID]:
    """Orders by how many reasons there are, then by what has waited longest: of the chosen reason, else of any.

    What is too slow is the graver, the smaller its share of the pace is: no wait, so it counts as none but where it is chosen.
    """
    waits = [over(one) for one in row.reasons if one.code == reason or (reason is None and one.unit == "days")]
    return -len(row.reasons), -max(waits, default=Decimal()), row.engagement_id


def over(reason: Reason) -> Decimal:
    """How far beyond its limit, in the reason's own unit."""
    return reason.limit - reason.number if reason.unit == "ratio" else reason.number - reason.limit


def path(wanted: Wanted, reason: str | None = None, page: int = 1) -> str:
    """The board by the same filters, at that part of its list."""
    sent = {"program": wanted.program, "coach": wanted.coach, "period": wanted.period if wanted.period != "to_date" else None}
    sent |= {"reason": reason, "page": str(page) if page > 1 else None}
    query = urlencode({name: str(value) for name, value in sent.items() if value})
    return f"/boards?{query}#help" if query else "/boards#help"


def page_number(value: str) -> int:
    """Raises `Unreadable`."""
    if not NUMBER.fullmatch(value or "1"):
        raise Unreadable([Fault("/query/page", "invalid", "The number of a page, from 1 on.")])
    return int(value or "1")


def helped(row: NeedsHelp, names: Mapping[UUID, str]) -> Help:
    def name(item: UUID | None) -> str:
        return NOTHING if item is None else names.get(item, NOTHING)

    reasons = [Reasoned(heading, sentence(reason)) for reason in row.reasons for heading, sentence in [SENTENCES[reason.code]]]
    return Help(name(row.client_id), name(row.coach_id), name(row.program_id), row.plan_id, reasons)
