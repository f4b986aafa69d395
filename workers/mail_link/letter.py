"""The mail in words: nothing in its subject, which a locked screen shows, but that it is for signing in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import written


class Letter(NamedTuple):
    """What the mail is made from: `link` is the whole address, `ends_at` until when it works."""

    person: Person
    link: str
    ends_at: datetime
    reference: str
    at: datetime


def letter(given: Letter) -> Mail:
    person, language, local = given.person, given.person.language, given.ends_at.astimezone(given.person.zone)
    until = language.say("sign_in.until", time=f"{local:%H:%M}", zone=person.zone)
    shown = {"name": person.name, "organization": person.organization, "link": given.link, "until": until}
    parts = written("mail_link/template/link", language, **shown)
    return Mail(
        to=person.email,
        to_name=person.name,
        from_name=person.organization,
        subject=language.say("sign_in.title"),
        text=parts.text,
        html=parts.html,
        reference=given.reference,
        at=given.at,
    )
