"""A log as CSV: a line a session, and one for each counter-entry, as bodies ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.person.credential.answers import CredentialLogAnswer, RelationshipAnswer, SessionLineAnswer, hours
from services.reading.spreadsheet import spreadsheet
from services.reading.view import Text

HEAD: Final = (
    *("entry", "client", "email", "consents", "kind", "first_on", "last_on", "on", "minutes", "hours", "payment", "head_count"),
    *("counts", "reason", "session_id", "version"),
)


def table(answer: CredentialLogAnswer) -> bytes:
    """Of a reader who sees no lines: the head alone."""
    return spreadsheet(HEAD, rows(answer))


def rows(answer: CredentialLogAnswer) -> Iterator[tuple[str, ...]]:
    for relationship in answer.relationships or ():
        for line in relationship.sessions:
            yield row("session", relationship, line, line.on.isoformat(), line.minutes, line.version)
            for counter in line.counters:
                yield row("counter", relationship, line, counter.on.isoformat(), counter.minutes, counter.version)


def row(entry: str, whom: RelationshipAnswer, line: SessionLineAnswer, on: str, minutes: int, version: int) -> tuple[str, ...]:
    return (
        entry,
        written(whom.name),
        written(whom.email),
        "yes" if whom.consents else "no",
        whom.kind,
        whom.first_on.isoformat(),
        whom.last_on.isoformat() if whom.last_on is not None else "",
        on,
        str(minutes),
        str(hours(minutes)),
        "pro bono" if line.pro_bono else "paid",
        str(line.head_count),
        "yes" if line.counts else "no",
        line.reason or "",
        str(line.session_id),
        str(version),
    )


def written(text: Text | None) -> str:
    """A client who does not consent is left out; what is not for the reader says so."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return "[erased]" if text.erased else "[withheld]"
