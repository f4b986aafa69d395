"""The mail in words: that terms wait for a signature, and where they are read and signed; nothing of what they say."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.glossary import Party
from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import mail_to


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
    return mail_to(
        given.recipient,
        "signature/template/wanted",
        "signature.title",
        reference=given.reference,
        at=given.at,
        party=given.party,
        client=given.client,
        author=given.author,
        rules_on=given.rules_on,
        link=given.link,
    )
