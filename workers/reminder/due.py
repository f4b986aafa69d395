"""Which reminders are due now, as digests: one for each person, at most one in an hour of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from domain.claims import REMINDER, reminder
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.sql import load
from projections.members import MEMBERS
from projections.reminder.facts import Facts
from projections.reminders_due import everything
from projections.snapshot import Snapshot, snapshot
from services.command.execution import Commands
from workers.reminder.anchor import Terms
from workers.reminder.person import firings_about
from workers.reminder.rule import Firing, firings
from workers.reminder.slot import Quiet, awake, same_hour

AGAIN: Final = timedelta(hours=24)  # after a reminder could not be sent
SQL: Final = load(__file__)


class Digest(NamedTuple):
    """What one person is to be reminded of in one mail, the oldest first."""

    recipient: UUID
    firings: tuple[Firing, ...]


def terms_of(organization: OrganizationState) -> Terms:
    policy = organization.policy
    return Terms(organization.zone, Quiet(policy.quiet_from_hour, policy.quiet_until_hour), policy.review_cadence_days)


def zone_of(person: PersonState, terms: Terms) -> ZoneInfo:
    return ZoneInfo(person.time_zone) if person.time_zone else terms.zone


async def due(commands: Commands, tenant: UUID) -> list[Digest]:
    """What nobody has claimed yet. Raises `Unavailable`."""
    store, now = commands.store, commands.clock()
    reading = await store.read(tenant, tenant)
    terms = terms_of(reading.state(tenant, "organization"))
    with outages():
        async with snapshot(store.pool, tenant) as rows:
            facts, people = await everything(rows), await people_of(rows)
            zones = {id: zone_of(person, terms) for id, person in people.items()}
            of_engagements = (firing for one in facts for firing in firings(one, terms, zones))
            of_people = (firing for one in people.values() for firing in firings_about(one, people, terms, zones))
            failed = failures(facts)
            found = [firing for firing in chain(of_engagements, of_people) if is_due(firing, failed, now)]
            claimed = await holders(rows.connection, reading, found)
    unclaimed = [firing for firing in found if reminder(firing.key) not in claimed]
    return list(digests(unclaimed, latest(facts), zones, terms, now))


async def people_of(rows: Snapshot) -> dict[UUID, PersonState]:
    """Everybody. Who is not known yet is missing, and waits."""
    return {row.key: row.document for row in await rows.sealed(MEMBERS, "page", after=None, at_most=None)}


def is_due(firing: Firing, failed: Mapping[str, datetime], now: datetime) -> bool:
    """Its time has come. What could not be sent is tried again a day later, unless it is stale by then."""
    if firing.due_at > now:
        return False
    failed_at = failed.get(reminder(firing.key))
    return failed_at is None or (now - failed_at >= AGAIN and not firing.is_stale(now))


async def holders(connection: asyncpg.Connection, reading: Reading, found: Sequence[Firing]) -> dict[str, UUID]:
    """What is claimed of these, and the reminder that holds the claim. The connection is one in the tenant's transaction."""
    keys = {await reading.claim_key(REMINDER, text, False): text for text in (reminder(firing.key) for firing in found)}
    rows = await SQL.holders.fetch(connection, tenant_id=reading.tenant, kind=REMINDER, keys=list(keys))
    return {keys[row["key"]]: row["stream_id"] for row in rows}


def failures(facts: Sequence[Facts]) -> dict[str, datetime]:
    """When each could not be sent last, by what makes it the same one."""
    failed: dict[str, datetime] = {}
    for one in facts:
        for name, at in one.failed.items():
            failed[name] = max(at, failed.get(name, at))
    return failed


def latest(facts: Sequence[Facts]) -> dict[UUID, datetime]:
    """When each person was reminded last, of whatever engagement."""
    sent: dict[UUID, datetime] = {}
    for one in facts:
        for recipient, at in one.sent.items():
            sent[recipient] = max(at, sent.get(recipient, at))
    return sent


def digests(
    unclaimed: Sequence[Firing], sent: Mapping[UUID, datetime], zones: Mapping[UUID, ZoneInfo], terms: Terms, now: datetime
) -> Iterator[Digest]:
    """For those who are not in their quiet hours, and had no mail in this hour yet. The others' turn comes."""
    by_recipient: dict[UUID, list[Firing]] = {}
    for firing in unclaimed:
        by_recipient.setdefault(firing.key.recipient_id, []).append(firing)
    for recipient, theirs in by_recipient.items():
        zone, last = zones[recipient], sent.get(recipient)
        if awake(now, zone, terms.quiet) == now and not (last is not None and same_hour(last, now, zone)):
            yield Digest(recipient, tuple(sorted(theirs, key=lambda firing: (firing.due_at, reminder(firing.key)))))
