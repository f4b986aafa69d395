"""The mail in words: that terms wait for a signature, and where they are read and signed; nothing of what they say."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.glossary import Party
from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import written


class Letter(NamedTuple):
    """What the mail is made from. `rules_on`: other terms are in force until these are."""

    recipient: Person
    party: Party
    client: str
    author: str
    rules_on: bool
    link: str
    reference: str
    at: datetime


def letter(given: Letter) -> Mail:
    person, language = given.recipient, given.recipient.language
    shown = {
        "name": person.name,
        "party": given.party,
        "client": given.client,
        "author": given.author,
        "rules_on": given.rules_on,
        "link": given.link,
    }
    parts = written("signature/template/wanted", language, **shown)
    return Mail(
        to=person.email,
        to_name=person.name,
        from_name=person.organization,
        subject=language.say("signature.title"),
        text=parts.text,
        html=parts.html,
        reference=given.reference,
        at=given.at,
    )
