"""The mail in words: who may read, since when, why, and how to object; nothing of what there is to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.engagement.emergency import EmergencyReason
from domain.glossary import Party
from infra.mail import Mail
from services.mail_link.person import Person
from workers.writing import mail_to


class Letter(NamedTuple):
    """What the mail is made from. `address` is where people find the pages."""

    recipient: Person
    party: Party
    client: str
    asker: str
    approver: str
    reason_code: EmergencyReason
    opened_at: datetime
    open_until: datetime
    admins: Sequence[Person]
    address: str
    reference: str
    at: datetime


def letter(given: Letter) -> Mail:
    person = given.recipient
    return mail_to(
        person,
        "emergency/template/opened",
        "emergency.title",
        reference=given.reference,
        at=given.at,
        party=given.party,
        client=given.client,
        asker=given.asker,
        approver=given.approver,
        why=person.language.say(f"emergency.why.{given.reason_code}"),
        since=minute(given.opened_at, person),
        until=minute(given.open_until, person),
        admins=[f"{one.name} <{one.email}>" for one in given.admins],
        link=f"{given.address}/accesses" if given.party == "client" else given.address,
    )


def minute(when: datetime, person: Person) -> str:
    return person.language.say("mail.instant", instant=person.language.instant(when.astimezone(person.zone)), zone=person.zone)
