"""The mail in words: nothing in its subject, which a locked screen shows, but that it is for signing in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import mail_to


class Letter(NamedTuple):
    """What the mail is made from: `link` is the whole address, `ends_at` until when it works."""

    person: Person
    link: str
    ends_at: datetime
    reference: str
    at: datetime


def letter(given: Letter) -> Mail:
    person, local = given.person, given.ends_at.astimezone(given.person.zone)
    until = person.language.say("sign_in.until", time=f"{local:%H:%M}", zone=person.zone)
    return mail_to(person, "mail_link/template/link", "sign_in.title", reference=given.reference, at=given.at, link=given.link, until=until)
