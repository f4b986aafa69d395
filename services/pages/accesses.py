"""The page that tells who was shown what about a person, and what could have been seen on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import UNSET

from domain.access.events import AccessClass
from services.actor import Actor
from services.audit.access.answers import AccessAnswer, PossibleAnswer
from services.audit.access.query import find_accesses
from services.audit.access.words import CLASSES, asked_for
from services.pages.cast import names_of
from services.pages.filter import chosen, chosen_day
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.pages.words import day
from services.reading.reads import Reads
from services.reading.route import get
from services.wording.spoken import spoken

ACCESSES: Final = "/accesses"
A_PAGE: Final = 50


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
        emergencies=found.emergencies,
        names={**parties, **named(found.people)},
        following=found.next_cursor if found.next_cursor is not UNSET else "",
    )


def days(items: Sequence[AccessAnswer], zone: ZoneInfo) -> list[Day]:
    """Readings by the day in the organization's zone; they come latest first."""
    grouped = groupby(items, key=lambda one: one.at.astimezone(zone).date())
    return [Day(day(on), [seen(one) for one in group]) for on, group in grouped]


def seen(one: AccessAnswer) -> Seen:
    return Seen(one, spoken().word(asked_for(one.action)), called(one.classes))


def called(classes: Collection[AccessClass]) -> str:
    """What was shown, as a line begins with it; empty where it is nothing."""
    told = ", ".join(spoken().word(said) for name, said in CLASSES.items() if name in classes)
    return told[:1].upper() + told[1:]


def engagements(possible: Sequence[PossibleAnswer]) -> list[list[Seeing]]:
    """Who could see what, engagement by engagement."""
    return [[Seeing(one, called(one.classes)) for one in group] for _, group in groupby(possible, key=lambda one: one.engagement_id)]
