"""What a ledger says as PDF: its changes in words, as the page says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.report.events import ReportTemplate
from services.audit.ledger.answers import LineAnswer, MovesAnswer
from services.pages.ledger import days_of, line_view
from services.pages.words import count, day, instant, number, word, words
from services.reading.view import Text
from services.wording.spoken import say
from workers.report.content import ChangeLedger
from workers.report.title import days_told, said

TITLES: Final[Mapping[ReportTemplate, str]] = {"plan_ledger": "Coaching plan", "organization_ledger": "Everything agreed"}
HASH: Final = 12  # characters of a hash that are enough to find the event by


def ledger_sheet(content: ChangeLedger) -> dict[str, Any]:
    zone, called = ZoneInfo(content.time_zone), {one.id: one.name for one in content.people}
    numbered: dict[UUID, Text | None] = {
        one.milestone_id: say("no. {number}", number=place) for place, one in enumerate(content.milestones, 1)
    }
    is_plan = content.of == "plan_ledger"
    client = next((one.client_id for one in content.changes if one.client_id is not None), None) if is_plan else None
    facts = [
        (say("Client"), name(called, client) if client is not None else ""),
        *days_told(content),
        (say("Changes"), said_count(content)),
        (say("Times"), say("those of {zone}", zone=content.time_zone)),
    ]
    return {
        "kind": say("Change ledger"),
        "title": content.program or say(TITLES.get(content.of, "Changes")),
        "facts": [fact for fact in facts if fact[1]],
        "milestones": [milestone(place, one) for place, one in enumerate(content.milestones, 1)],
        "changes": [change(one, zone, called, numbered, is_plan=is_plan) for one in content.changes],
    }


def said_count(content: ChangeLedger) -> str:
    known = number(len(content.changes))
    return say("the newest {number}; a shorter period tells the earlier", number=known) if content.is_cut else known


def milestone(place: int, one: MovesAnswer) -> dict[str, str]:
    state = say("Reached {day}", day=day(one.reached_on)) if one.reached_on else say("Withdrawn" if one.withdrawn else "Open")
    return {
        "number": str(place),
        "original": day(one.original),
        "current": day(one.current),
        "moves": count(one.moves, "time") if one.moves else say("never"),
        "drift": days_of(one.drift_days),
        "state": state,
    }


def change(
    line: LineAnswer, zone: ZoneInfo, called: Mapping[UUID, Text | None], numbered: Mapping[UUID, Text | None], *, is_plan: bool
) -> dict[str, Any]:
    view = line_view(line, zone, numbered)
    moved = f" ({view.moved})" if view.moved else ""
    shift = " → ".join(part for part in (view.before, view.after) if part is not None)
    why = [words(line.reason_code) if line.reason_code else "", said(line.reason)]
    wish = say("as the {initiator} wished", initiator=word(line.initiator)) if line.initiator and line.initiator != line.role else ""
    about = "" if is_plan or line.client_id is None else say("plan of {client}", client=name(called, line.client_id))
    position = say("position {position}", position=line.evidence.position)
    return {
        "when": instant(line.occurred_at, zone),
        "recorded": say("recorded {recorded}", recorded=day(view.recorded)) if view.recorded else "",
        "what": view.kind + (f", {said(view.thing)}" if view.thing is not None else ""),
        "shift": f"{shift}{moved}",
        "flags": list(view.flags),
        "why": ": ".join(part for part in why if part) or "–",
        "who": f"{name(called, line.actor)}, {word(line.role)}",
        "more": [part for part in (wish, about, position, line.evidence.payload_hash[:HASH]) if part],
    }


def name(called: Mapping[UUID, Text | None], person: UUID) -> str:
    """What somebody is called, else the beginning of their id, as on the pages."""
    return said(called.get(person)) or str(person)[-HASH:]
