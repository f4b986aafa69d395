"""The mail in words: nothing in its subject, which a locked screen shows, but that it is for signing in."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from infra.mail import Mail
from services.mail_link.person import Person

LOADER: Final = PackageLoader("workers.mail_link", "template")
TEXT: Final = Environment(loader=LOADER, autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - it is no HTML
HTML: Final = Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


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
    shown = {"name": person.name, "organization": person.organization, "link": given.link, "until": until, "lang": language.code}
    return Mail(
        to=person.email,
        to_name=person.name,
        from_name=person.organization,
        subject=language.say("sign_in.title"),
        text=TEXT.get_template("link.txt").render(shown, say=language.say),
        html=HTML.get_template("link.html").render(shown, say=language.mark),
        reference=given.reference,
        at=given.at,
    )
