"""Finds the log of a coach's hours: their record and the consent of clients from the log itself, the sessions from the read model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request
from msgspec import UNSET

from domain.credential import CredentialBody, CredentialRules, rules_of
from domain.person.state import PersonState
from domain.values import OfPerson
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.reading import Reading
from projections import current
from projections.credential.line import Line, Terms, lines
from projections.credential.load import load
from projections.credential.progress import progress
from projections.credential_log import CREDENTIAL_LOG, Hours, hours_of
from projections.current import CURRENT
from projections.snapshot import Scope, Snapshot
from services.actor import Actor
from services.person.credential.answers import (
    NOT_KNOWN,
    CredentialLogAnswer,
    RelationshipAnswer,
    credential_answer,
    development_answer,
    export_answer,
    hours,
    line_answer,
)
from services.person.credential.relationship import Relationship, relationships
from services.reading.reads import Found, Look, Reads
from services.reading.view import Text, hidden, opened

SHOWN_WHOLE: Final = frozenset({"coach", "auditor"})
"""Who sees the lines of a log: the coach whose it is, and without names who audits it."""


class Wanted(NamedTuple):
    """Which body's log, and up to which day; None: today."""

    body: CredentialBody = "icf"
    on: date | None = None


class Log(NamedTuple):
    """All that an answer is made of."""

    coach: PersonState
    rules: CredentialRules
    on: date
    hours: Hours
    lines: tuple[Line, ...]
    places: int


async def find_log(
    request: Request[Any, Any, Any] | None, reads: Reads, actor: Actor, person: UUID, wanted: Wanted
) -> Found[CredentialLogAnswer]:
    """Raises `NotFound` and `NotPermitted`. A day that is still to come is today."""
    look = await reads.look(actor, "read_credential_log", "person", person)
    async with reads.snapshot(request, actor, CREDENTIAL_LOG, CURRENT["program"], shown_by=look) as (rows, position):
        held = await hours_of(rows, person)
        places = await places_of(rows, person)
    log = log_of(look, person, wanted, held, places)
    people = await reads.store.read(actor.tenant, *dict.fromkeys(client for line in log.lines for client in line.clients))
    listed = frozenset(id for id in people.streams if consents(people, id, person))
    texts = await opened_texts(reads, look, people, listed, log)
    return Found(answer(look, log, listed, people, texts), position)


def log_of(look: Look, person: UUID, wanted: Wanted, held: Hours, places: int) -> Log:
    coach: PersonState = look.reading.state(person, "person")
    on = look.today if wanted.on is None else min(wanted.on, look.today)
    rules = rules_of(wanted.body, look.organization.rulesets(on))
    credential = coach.credential(wanted.body)
    terms = Terms(
        rules=rules,
        education_start=credential.education_start if credential is not None else None,
        through=on,
        exports=[export.as_of_position for export in coach.exports if export.body == wanted.body],
        day=look.organization.day,
    )
    return Log(coach, rules, on, held, tuple(lines(held, terms)), places)


def consents(people: Reading, client: UUID, coach: UUID) -> bool:
    """Whether the client lets the coach name them, at this moment."""
    return people.exists(client) and coach in people.state(client, "person").listed_by


async def places_of(rows: Snapshot, coach: UUID) -> int:
    """How many engagements the coach takes in all programs that are not over."""
    programs = await current.listed(rows, "program", Scope(), after=None, limit=None, words=False)
    return sum(one.state.pool.get(coach, 0) for one in programs if one.state.closed_on is None)


async def opened_texts(reads: Reads, look: Look, people: Reading, listed: Collection[UUID], log: Log) -> Mapping[str, Any]:
    """Names and addresses of those who consent, and the coach's own numbers: for the coach alone."""
    if look.actor.role != "coach":
        return {}
    states: list[PersonState] = [people.state(id, "person") for id in listed]
    values = [(one.id, text) for one in states for text in (one.name, one.email)]
    values += [(log.coach.id, one.number) for one in log.coach.credentials]
    sealed = [SealedAt(id, id, text.sealed) for id, text in values if text is not None and text.sealed is not None]
    return await Opener(reads.store.vault).open(reads.share(look.actor.tenant), look.actor.tenant, sealed)


def text_of(value: OfPerson[str] | None, texts: Mapping[str, Any]) -> Text | None:
    """What was opened for the reader; else that there is something."""
    if value is None:
        return None
    if value.sealed is None or value.sealed not in texts:
        return hidden(value)
    text: Text = opened(OfPerson(texts[value.sealed], sealed=value.sealed))
    return text


def answer(look: Look, log: Log, listed: Collection[UUID], people: Reading, texts: Mapping[str, Any]) -> CredentialLogAnswer:
    counting = [one for one in log.lines if one.reason is None]
    paid = sum(one.total for one in counting if not one.pro_bono)
    pro_bono = sum(one.total for one in counting if one.pro_bono)
    whole = look.actor.role in SHOWN_WHOLE
    found = relationships(log.coach.id, log.hours, log.lines, listed) if whole else []
    return CredentialLogAnswer(
        person_id=log.coach.id,
        body=log.rules.body,
        ruleset=log.rules.version,
        on=log.on,
        credentials=tuple(credential_answer(one, text_of(one.number, texts)) for one in log.coach.credentials),
        sessions=len(log.lines),
        paid_minutes=paid,
        pro_bono_minutes=pro_bono,
        paid_hours=hours(paid),
        pro_bono_hours=hours(pro_bono),
        uncounted_minutes=sum(one.total for one in log.lines if one.reason is not None),
        levels=progress(log.rules, log.lines, log.coach.development, log.on, listed),
        load=load(log.coach.id, log.hours, log.lines, log.places),
        exports=tuple(export_answer(one) for one in log.coach.exports),
        not_known=NOT_KNOWN,
        relationships=tuple(relationship_answer(one, listed, people, texts) for one in found) if whole else UNSET,
        development=tuple(development_answer(one) for one in log.coach.development) if whole else UNSET,
    )


def relationship_answer(one: Relationship, listed: Collection[UUID], people: Reading, texts: Mapping[str, Any]) -> RelationshipAnswer:
    client: PersonState | None = people.state(one.client_id, "person") if one.client_id in listed else None
    return RelationshipAnswer(
        kind=one.kind,
        client_id=one.client_id,
        consents=client is not None,
        name=text_of(client.name, texts) if client is not None else None,
        email=text_of(client.email, texts) if client is not None else None,
        first_on=one.lines[0].on,
        last_on=one.last_on,
        paid_minutes=one.minutes(pro_bono=False),
        pro_bono_minutes=one.minutes(pro_bono=True),
        head_count=one.head_count,
        sessions=tuple(line_answer(line) for line in one.lines),
    )
