"""A mail in words: its plain part and its HTML part, from templates that say everything through the catalogue, in one language."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from infra.mail import Mail
from services.mail_link.person import Person
from services.wording.language import Language

LOADER: Final = PackageLoader("workers", ".")
TEXT: Final = Environment(loader=LOADER, autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - it is no HTML
"""Plain text is not escaped: it would be shown with the escapes in it."""
HTML: Final = Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class Written(NamedTuple):
    """The two parts of a mail."""

    text: str
    html: str


def written(template: str, language: Language, **shown: object) -> Written:
    """`template` is both templates' path below this folder, without its end: `survey/template/survey`."""
    return Written(
        TEXT.get_template(f"{template}.txt").render(shown, say=language.say),
        HTML.get_template(f"{template}.html").render(shown, say=language.mark, lang=language.code),
    )


def mail_to(person: Person, template: str, title: str, *, reference: str, at: datetime, **shown: object) -> Mail:
    """A mail to somebody who holds a role, in their language and their organization's name; `title` is the message of its subject."""
    parts = written(template, person.language, name=person.name, organization=person.organization, **shown)
    return Mail(
        to=person.email,
        to_name=person.name,
        from_name=person.organization,
        subject=person.language.say(title),
        text=parts.text,
        html=parts.html,
        reference=reference,
        at=at,
    )
