"""What the ledger's pages show of a change: what it was in words, what stands out about it, and the way to its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.glossary import PARTIES
from projections.ledger.line import FLAGS, Kind
from services.audit.ledger.answers import LineAnswer
from services.audit.ledger.query import Wanted
from services.pages.filter import Choice, Filter, of_ids
from services.pages.shift import said
from services.pages.words import day, number, shifted, word, words
from services.plan.answers import PlanAnswer
from services.reading.view import Text, disclosed
from services.wording.spoken import say

FLAG_WORDS: Final[Mapping[str, str]] = {
    "lowered_after_result": "Target lowered after a result",
    "measure_replaced_after_result": "Measure replaced after a result",
    "moved_at_due": "Moved when it was due",
    "approved_after_change": "Approved after the change",
    "back_dated": "Dated back",
    "self_approved": "Agreed with oneself",
    "gate_overridden": "SMART gate overridden",
    "waited_long": "Waited long",
}


OF_VERSIONS: Final[frozenset[Kind]] = frozenset({"plan_proposed", "plan_approved", "plan_activated", "change_accepted"})
"""Kinds of changes that lead to a version of the plan."""


class LineView(NamedTuple):
    """A change; `recorded` is the day on which it was recorded, where that is another one than when it happened.

    `thing` is what it is about, where the reader looks at one plan; `before` and `after` are in words.
    """

    shown: LineAnswer
    kind: str
    thing: Text | None
    before: str | None
    after: str | None
    moved: str
    flags: Sequence[str]
    recorded: date | None


def line_view(line: LineAnswer, zone: ZoneInfo, things: Mapping[UUID, Text | None]) -> LineView:
    named = [id for id in (line.item_id, line.milestone_id, line.objective_id) if id is not None]
    happened, recorded = (when.astimezone(zone).date() for when in (line.occurred_at, line.recorded_at))
    return LineView(
        shown=line,
        kind=words(line.kind) + (f" ({word(line.detail)})" if line.detail and line.detail not in line.kind else ""),
        thing=next((things[id] for id in named if id in things), None),
        before=said(line.from_) if line.from_ is not None else None,
        after=after(line),
        moved="" if line.days is None else moved(line.days),
        flags=[say(FLAG_WORDS[flag]) for flag in line.flags],
        recorded=recorded if recorded != happened else None,
    )


def after(line: LineAnswer) -> str | None:
    if line.to is None:
        return None
    return say("version {number}", number=line.to) if line.kind in OF_VERSIONS else said(line.to)


def moved(days: int) -> str:
    return shifted(days) if days else say("the same day")


def things_of(plan: PlanAnswer) -> dict[UUID, Text | None]:
    """What the things of a plan are called, as far as the reader may know."""
    found: dict[UUID, Text | None] = {one.id: one.title for one in disclosed(plan.objectives) or ()}
    found |= {one.id: one.title for one in disclosed(plan.strategies) or ()}
    found |= {one.id: one.text for one in disclosed(plan.actions) or ()}
    return found | {one.id: one.title for one in disclosed(plan.milestones) or ()}


def ledger_filters(wanted: Wanted, programs: Mapping[UUID, str], actors: Mapping[UUID, str], reasons: Sequence[str]) -> list[Filter]:
    """Those of an organization begin with its programs; those of one plan have none."""
    chosen_from = [of_ids("program", say("Program"), say("All programs"), programs, wanted.program)] if programs else []
    return [
        *chosen_from,
        of_codes("flag", say("Stands out"), say("All changes"), FLAGS, wanted.flag, FLAG_WORDS),
        of_codes("kind", say("Kind"), say("All kinds"), get_args(Kind), wanted.kind),
        of_codes("reason", say("Reason"), say("All reasons"), sorted({*reasons, *filter(None, [wanted.reason])}), wanted.reason),
        of_codes("initiator", say("Whose wish"), say("Everybody's"), PARTIES, wanted.initiator),
        of_ids("actor", say("Recorded by"), say("Everybody"), actors, wanted.actor),
    ]


def narrowed(filters: Sequence[Filter], wanted: Wanted) -> list[tuple[str, str]]:
    """Which filters are set, and to what, for who holds the page on paper."""
    chosen = [(one.label, choice.label) for one in filters for choice in one.choices if one.chosen and choice.value == one.chosen]
    period = ((say("Happened from"), wanted.since), (say("Happened up to the end of"), wanted.until))
    return chosen + [(label, day(date.fromisoformat(value))) for label, value in period if value]


def of_codes(name: str, label: str, every: str, codes: Sequence[str], value: str | None, called: Mapping[str, str] | None = None) -> Filter:
    choices = [Choice(code, say(called[code]) if called and code in called else words(code)) for code in codes]
    return Filter(name, label, [Choice("", every), *choices], value or "")


def days_of(value: int) -> str:
    """Drift in days with its sign: `+12 d`."""
    return say("{days} d", days=f"{'+' if value > 0 else ''}{number(value)}")
