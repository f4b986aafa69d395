"""The list of engagements that need help: its counts, its order and its pages."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from projections.kpi.help import NeedsHelp, Reason
from services.board.query import Wanted
from services.pages.help import A_PAGE, HelpView, help_view

COACH = UUID(int=9)


def waits(code: str, days: int) -> Reason:
    return Reason(code, Decimal(days), "days", Decimal(0), (UUID(int=1),))


def slow(share: str) -> Reason:
    return Reason("slow_pace", Decimal(share), "ratio", Decimal("0.5"), (UUID(int=1),))


def row(number: int, *reasons: Reason) -> NeedsHelp:
    return NeedsHelp(UUID(int=number), UUID(int=number), UUID(int=number), COACH, None, reasons)


def listed(rows: list[NeedsHelp], reason: str | None = None, page: int = 1) -> HelpView:
    return help_view(
        rows, {one.client_id: f"Client {one.client_id.int}" for one in rows if one.client_id}, Wanted(coach=COACH), reason, page
    )


def clients(view: HelpView) -> list[int]:
    return [int(one.client.split()[1]) for one in view.rows]


ROWS = [
    row(1, waits("review_overdue", 5)),
    row(2, waits("review_overdue", 40), slow("0.4")),
    row(3, waits("milestone_overdue", 90)),
    row(4, slow("0.1"), waits("milestone_overdue", 60)),
]


def test_most_reasons_come_first_and_of_as_many_what_waited_longest() -> None:
    assert clients(listed(ROWS)) == [4, 2, 3, 1]


def test_a_reason_lists_its_own_by_how_far_each_is_beyond_the_limit() -> None:
    assert clients(listed(ROWS, "review_overdue")) == [2, 1]
    assert clients(listed(ROWS, "slow_pace")) == [4, 2]
    assert clients(listed(ROWS, "rigid")) == []


def test_each_reason_is_counted_and_leads_to_its_list_by_the_same_filters() -> None:
    view = listed(ROWS, "slow_pace")
    assert [(one.heading, one.engagements, one.chosen) for one in view.counts] == [
        ("Milestone overdue", 2, False),
        ("Review overdue", 2, False),
        ("Slow pace", 2, True),
    ]
    assert view.counts[0].path == f"/boards?coach={COACH}&reason=milestone_overdue#help"
    assert (view.total, view.listed, view.every) == (4, 2, f"/boards?coach={COACH}#help")


def test_pages_hold_each_engagement_once() -> None:
    rows = [row(number, waits("rigid", 100)) for number in range(1, 2 * A_PAGE + 2)]
    pages = [listed(rows, "rigid", page) for page in (1, 2, 3)]
    assert [client for view in pages for client in clients(view)] == list(range(1, 2 * A_PAGE + 2))
    assert [view.first for view in pages] == [1, A_PAGE + 1, 2 * A_PAGE + 1]
    assert (pages[0].before, pages[2].after) == ("", "")
    assert pages[0].after == f"/boards?coach={COACH}&reason=rigid&page=2#help"
    assert clients(listed(rows, "rigid", 99)) == clients(pages[2]), "beyond the last page is the last one"
