"""The page that tells who was shown what about a person, and what could have been seen on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import UNSET

from domain.access.events import AccessClass
from services.actor import Actor
from services.audit.access.answers import AccessAnswer, PossibleAnswer
from services.audit.access.query import find_accesses
from services.pages.cast import names_of
from services.pages.filter import chosen, chosen_day
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.pages.words import day, words
from services.reading import Reads

ACCESSES: Final = "/accesses"
A_PAGE: Final = 50
CLASSES: Final[Mapping[AccessClass, str]] = {
    "names": "name",
    "record": "dates, numbers and who did what",
    "objective_titles": "objectives",
    "progress": "progress",
    "attainment": "attainment",
    "evaluation_summary": "summaries of evaluations",
    "attendance": "attendance",
    "words": "texts of plans and sessions",
    "profile": "address and roles",
}
"""What was shown, in words."""


ASKED: Final[Mapping[str, str]] = {
    "read_person": "the person",
    "list_people": "the list of people",
    "read_engagement": "the engagement",
    "list_engagements": "the list of engagements",
    "read_plan": "the plan",
    "list_plans": "the list of plans",
    "read_timeline": "what happened",
    "read_as_of": "how it stood on a day",
    "read_difference": "what changed between two days",
    "read_ledger": "the ledger of the plan",
    "list_ledger": "the ledger",
    "read_board": "the board",
    "list_reports": "the list of reports",
    "read_report": "a report",
    "read_assessment": "an assessment",
    "read_evaluation": "an evaluation",
    "read_accesses": "who saw what",
}
"""What somebody asked for, in words; the names of other actions are words enough."""


class Seen(NamedTuple):
    """One reading, with what was asked for and what it showed."""

    shown: AccessAnswer
    asked: str
    classes: str


class Seeing(NamedTuple):
    """Somebody who could have looked, with what they could have seen; empty when that is no more than that there is an engagement."""

    shown: PossibleAnswer
    classes: str


class Day(NamedTuple):
    label: str
    readings: Sequence[Seen]


@get(ACCESSES, name="accesses_page", opt={"action": "read_accesses", "page": True})
async def accesses(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    person: FromQuery[str] = "",
    until: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
) -> Response[str]:
    """About oneself, or about somebody else for who may know."""
    about = chosen("person", person) or actor.person_id
    look = await reads.look(actor, "read_accesses", "person", about)
    zone = look.organization.zone
    found = (await find_accesses(request, reads, actor, about, chosen_day("until", until), A_PAGE, cursor or None)).answer
    parties = await names_of(request, reads, look.actor, [about, *(one.person_id for one in found.possible)])
    return page(
        "accesses.html",
        reader=await page_reader(request, reads, actor),
        here=ACCESSES if about == actor.person_id else "",
        about=about,
        is_me=about == actor.person_id,
        until=found.until,
        today=look.today,
        zone=zone,
        days=days(found.items, zone),
        engagements=engagements(found.possible),
        names={**parties, **named(found.people)},
        following=found.next_cursor if found.next_cursor is not UNSET else "",
    )


def days(items: Sequence[AccessAnswer], zone: ZoneInfo) -> list[Day]:
    """Readings by the day in the organization's zone; they come latest first."""
    grouped = groupby(items, key=lambda one: one.at.astimezone(zone).date())
    return [Day(day(on), [seen(one) for one in group]) for on, group in grouped]


def seen(one: AccessAnswer) -> Seen:
    return Seen(one, ASKED.get(one.action, words(one.action).lower()), in_words(one.classes))


def engagements(possible: Sequence[PossibleAnswer]) -> list[list[Seeing]]:
    """Who could see what, engagement by engagement."""
    return [[Seeing(one, in_words(one.classes)) for one in group] for _, group in groupby(possible, key=lambda one: one.engagement_id)]


def in_words(classes: Sequence[AccessClass]) -> str:
    return ", ".join(said for name, said in CLASSES.items() if name in classes)
