"""The mail in words: who did what, when it is, and where it is read; nothing of what anybody wrote."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import mail_to

Occasion: TypeAlias = Literal["booked", "series", "moved", "cancelled", "plan", "change", "evaluation", "ending", "going_on"]


class Letter(NamedTuple):
    """What the mail is made from. `at_first` is the time that a session had, `begins` the one that it has; both only of sessions.

    `ends_on` is the last day of a coaching that notice was given of.
    """

    recipient: Person
    occasion: Occasion
    author: str
    at_first: datetime | None
    begins: datetime | None
    ends_on: date | None
    link: str
    reference: str
    at: datetime


def letter(given: Letter) -> Mail:
    return mail_to(
        given.recipient,
        "notice/template/notice",
        f"notice.title.{given.occasion}",
        reference=given.reference,
        at=given.at,
        occasion=given.occasion,
        author=given.author,
        former=local(given.at_first, given.recipient),
        begins=local(given.begins, given.recipient),
        ends_on="" if given.ends_on is None else given.recipient.language.weekday(given.ends_on),
        link=given.link,
    )


def local(when: datetime | None, person: Person) -> str:
    """By the clock of who reads it, with its zone."""
    if when is None:
        return ""
    language, there = person.language, when.astimezone(person.zone)
    return language.say("notice.time", day=language.weekday(there.date()), time=f"{there:%H:%M}", zone=person.zone.key)
