"""What the command that made an event says of it: of which types it can be, and whether it has a time of its own.

No hash covers an event's type and its times, but one covers meta, which names the command. A command that this release does
not know, says nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.command import Report
from domain.event import STORED, Event
from domain.rules import CLOCKS_DIFFER
from infra.eventstore.feed import Fed
from services.command.table import TABLE
from services.contract.catalogue import reachable
from services.problems import snake
from workers.verify.batch import Told
from workers.verify.difference import Difference, Findings

IMPORT = "import"
"""The channel that may date whatever it records."""


class Origins(NamedTuple):
    """The stored names of the events that each command leads to, by its name in meta; and which commands report facts."""

    types: dict[str, frozenset[str]]
    reports: frozenset[str]


def origins() -> Origins:
    """Those of this release's commands."""
    named = {snake(command.__name__): entry for command, entry in TABLE.items()}
    types = {
        name: frozenset(STORED[kind].name for kind in reachable(entry) if issubclass(kind, Event) and kind in STORED)
        for name, entry in named.items()
    }
    return Origins(types, frozenset(name for name, entry in named.items() if issubclass(entry.command, Report)))


def originated(tenant: UUID, stream: Told, known: Origins, findings: Findings) -> None:
    """A stream's events against their commands."""
    if not stream.events:
        return
    kind, earliest = stream.events[0].type.partition(".")[0], stream.events[0].occurred_at
    for each in stream.events:
        if each.type.partition(".")[0] != kind:
            findings.add(Difference.at(tenant, each, "type", f"an event of the {kind} that it stands in", each.type))
        if each.meta.command in known.types:
            typed(tenant, each, known, findings)
            dated(tenant, each, earliest, known, findings)
        earliest = min(earliest, each.occurred_at)


def typed(tenant: UUID, each: Fed, known: Origins, findings: Findings) -> None:
    if each.type not in known.types[each.meta.command]:
        findings.add(Difference.at(tenant, each, "type", f"an event that {each.meta.command} leads to", each.type))


def dated(tenant: UUID, each: Fed, earliest: datetime, known: Origins, findings: Findings) -> None:
    """A report lies between what its stream tells of before, and its own record; its clock and the database's may differ."""
    if each.occurred_at == each.recorded_at or each.meta.channel == IMPORT:
        return
    latest = each.recorded_at + 2 * CLOCKS_DIFFER
    if each.meta.command not in known.reports:
        wanted = f"{each.recorded_at.isoformat()}, when it was recorded"
    elif not earliest <= each.occurred_at <= latest:
        wanted = f"from {earliest.isoformat()} to {latest.isoformat()}"
    else:
        return
    findings.add(Difference.at(tenant, each, "occurred_at", wanted, each.occurred_at.isoformat(), "occurred_at"))
