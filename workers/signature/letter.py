"""The mail in words: that terms wait for a signature, and where they are read and signed; nothing of what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from domain.glossary import Party
from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import mail_to

Moment: TypeAlias = Literal["first", "anew", "joining"]
"""When terms wait: before any are in force, while others rule until these do, or of a group that somebody came into while they rule."""


class Letter(NamedTuple):
    """What the mail is made from."""

    recipient: Person
    party: Party
    client: str
    author: str
    moment: Moment
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
        moment=given.moment,
        link=given.link,
    )
