"""The forms of a person's page: which the reader may use now, and the command that each of them sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.organization.commands import PlaceLegalHold, ReleaseLegalHold
from domain.person.commands import (
    ChangeMembershipRole,
    ChangePersonProfile,
    DeprovisionPerson,
    GrantMembership,
    RecordCoachCredential,
    RequestPersonErasure,
    RevokeMembership,
)
from domain.person.state import PROFILE, Membership, PersonState
from services.entry.body import decode
from services.errors import Fault, Unreadable
from services.pages.form import allowed, asked_for, filled, number
from services.permission.policy import Facts
from services.reading.reads import Look

OF_PERSON: Final[Mapping[str, type[Command]]] = {
    "profile": ChangePersonProfile,
    "grant": GrantMembership,
    "change": ChangeMembershipRole,
    "revoke": RevokeMembership,
    "credential": RecordCoachCredential,
    "leave": DeprovisionPerson,
}
OF_ORGANIZATION: Final[Mapping[str, type[Command]]] = {"hold": PlaceLegalHold, "release": ReleaseLegalHold}
"""What is kept in the organization's record."""
COMMANDS: Final[Mapping[str, type[Command]]] = {**OF_PERSON, **OF_ORGANIZATION}
ERASE: Final[Mapping[str, type[Command]]] = {"erase": RequestPersonErasure}
"""On a page of its own."""
OFFERED: Final[Mapping[str, type[Command] | str]] = {
    **OF_PERSON,
    **ERASE,
    "keys": "administer_keys",
    "steps": "read_memberships",
    "hours": "read_credential_log",
}
"""What the page offers about the person themselves, and the action that it takes."""
DONE: Final = {
    "register": "Registered. With a role they can sign in by mail.",
    "profile": "The profile is changed.",
    "grant": "The role is granted.",
    "change": "The role is changed.",
    "revoke": "The role is revoked, at once.",
    "credential": "The credential is recorded.",
    "leave": "Noted: they hold no role any more, and what they were given to sign in with opens nothing.",
    "hold": "The hold is placed: while it lasts this person is not erased.",
    "release": "The hold is released. An erasure that waited for it goes on within the day.",
    "erase": "The erasure is asked for: their roles ended, and their words are destroyed within minutes.",
}
"""What a form did, by its name."""
WHY: Final = ("reason_code", "reason")
SURE: Final = "erase"
"""The word by which somebody says that it is to happen."""


def forms_for(look: Look, one: PersonState) -> frozenset[str]:
    """What the reader may do here, of what there is still to do."""
    may = allowed(look.actor, OFFERED, Facts.of_person(one.id)) | allowed(look.actor, OF_ORGANIZATION, None)
    if one.erasure is not None:
        return may & ({"steps"} if one.erasure.erased_at else {"steps", "hold", "release"})
    if look.actor.role != "admin" and look.actor.person_id != one.id:
        may -= {"profile"}
    if not one.memberships_on(look.today):
        may -= {"change", "revoke"}
    if not one.holds("coach", look.today):
        may -= {"credential"}
    if one.left_on is not None:
        may -= {"leave"}
    return may


def value_of(held: Membership) -> str:
    """What a form sends for a role that is held."""
    return f"{held.role} {held.program_id or ''}".strip()


def command_of(commands: Mapping[str, type[Command]], form: FormMultiDict, person: UUID) -> Command:
    """Raises `Unreadable`."""
    sent = filled(form)
    what = sent.get("what", "")
    return decode(asked_for(what, commands), msgspec.json.encode(body_of(what, sent, person)))


def body_of(what: str, sent: Mapping[str, str], person: UUID) -> dict[str, Any]:
    """The fields of a form as those of its command; what was left open is left out."""
    why = {name: sent[name] for name in WHY if name in sent}
    match what:
        case "profile":
            changed = {name: sent[name] for name in PROFILE if name in sent and sent[name] != sent.get(f"former_{name}")}
            return {"seen": number("seen", sent.get("seen", "")), **changed}
        case "grant":
            return present({"role": sent.get("role"), "program_id": sent.get("program"), "until": sent.get("until")})
        case "change":
            return present({"from": held(sent, 0), "to": sent.get("role"), "program_id": held(sent, 1)}) | why
        case "revoke":
            return present({"role": held(sent, 0), "program_id": held(sent, 1)}) | why
        case "credential":
            body, _, level = sent.get("credential", "").partition(" ")
            dates = {name: sent.get(name) for name in ("issued_on", "valid_until", "education_start")}
            return present({"body": body, "level": level, "number": sent.get("number"), **dates})
        case "leave":
            return present({"leaver_date": sent.get("leaver_date")}) | {"managers_notified": "managers_notified" in sent}
        case "hold":
            return {"scope": "person", "subject_id": str(person), "case_ref": sent.get("case_ref", "")} | why
        case "release":
            return present({"hold_id": sent.get("hold_id")}) | why
        case "erase":
            if sent.get("sure", "").casefold() != SURE:
                raise Unreadable([Fault("/sure", "missing", f"Nobody can undo it. If it is to happen, type the word {SURE}.")])
            return present({"basis": sent.get("basis")}) | {"seen": number("seen", sent.get("seen", ""))}
    return {}


def held(sent: Mapping[str, str], part: int) -> str:
    """The role, or the program, of what `value_of` says."""
    return sent.get("held", "").partition(" ")[part * 2]


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    return {"role": "held", "from": "held", "program_id": "program", "body": "credential", "level": "credential"}.get(field, field)


def present(body: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value}
