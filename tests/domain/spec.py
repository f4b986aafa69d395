"""A rule told in events: `given(what happened).when(a command, what the decision may know).then(what follows)`.

What was given is stored and read back before it is folded: personal values are sealed then, as the log keeps them, so that
a rule which reads the text of a state fails here as it would in the product. What follows is folded too, and each state is
written and read once, so that an event without its place in `evolve`, or a state that no snapshot can hold, fails as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, get_origin
from uuid import UUID

import msgspec
import pytest

from domain.command import Command
from domain.context import Context, Policy
from domain.errors import Refusal
from domain.event import STORED, Actors, Event, Recorded
from domain.nouns import NOUNS
from domain.values import Personal
from tests.listing.witness import WITNESS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def uuid(number: int) -> UUID:
    """An id that is easy to tell from others in a failure."""
    return UUID(f"00000000-0000-7000-8000-{number:012}")


CLIENT, COACH, SPONSOR, MANAGER, STRANGER = (uuid(number) for number in range(1, 6))
IDS = tuple(uuid(number) for number in range(100, 132))


class Happened(msgspec.Struct, frozen=True):
    """An event of the past with its author and its time, where a rule looks at them."""

    event: Event
    actor: UUID = COACH
    role: str = "coach"
    at: datetime = NOW


def known(**changes: Any) -> dict[str, Any]:
    """The fields that every context has: `PlanContext(**known(actor=CLIENT), engagement=...)`. `occurred_at` implies `today`."""
    fields: dict[str, Any] = {"actor": COACH, "role": "coach", "now": NOW, "policy": Policy(version=0), "ids": IDS}
    fields |= changes
    fields.setdefault("occurred_at", fields["now"])
    fields.setdefault("today", fields["occurred_at"].date())
    return fields


def days(number: int) -> date:
    """The day that many days after today."""
    return TODAY + timedelta(days=number)


def payload_of(event: Event) -> bytes:
    """The event's payload as a store would write it, personal values in a sealed form that is easy to read in a failure."""
    return msgspec.json.encode(event, enc_hook=_seal)


def recorded(event: Event | Happened, version: int) -> Recorded[Event]:
    """The event as a fold gets it from the log."""
    past = event if isinstance(event, Happened) else Happened(event)
    payload, (name, schema_v) = payload_of(past.event), STORED[type(past.event)]
    meta = Actors(actor=past.actor, role=past.role, on_behalf_of=None, channel="api", command="given", correlation=uuid(99), causation=None)
    read = msgspec.json.decode(payload, type=type(past.event), dec_hook=_unopened)
    return Recorded(read, name, schema_v, version, past.at, meta, sha256(payload).digest())


def folded(noun: str, events: Sequence[Event | Happened]) -> Any:
    """The noun's state after these events."""
    state = NOUNS[noun].initial
    for version, event in enumerate(events, start=1):
        state = NOUNS[noun].evolve(state, recorded(event, version))
        snapshot = msgspec.json.encode(state, enc_hook=_seal)
        state = msgspec.json.decode(snapshot, type=type(state), dec_hook=_unopened)
    assert state.exists == bool(events)
    return state


class Decision:
    """What came of a command: events, or a refusal."""

    def __init__(self, noun: str, past: Sequence[Event | Happened], command: Command, context: Context) -> None:
        self.noun, self.past, self.command, self.context = noun, past, command, context

    def events(self) -> Sequence[Event]:
        return NOUNS[self.noun].decide(folded(self.noun, self.past), self.command, self.context)

    def then(self, *expected: Event) -> Any:
        """These events follow, and no other. Answers with the state after them."""
        events = self.events()
        assert [_told(event) for event in events] == [_told(event) for event in expected]
        return folded(self.noun, [*self.past, *events])

    def then_nothing(self) -> None:
        assert [_told(event) for event in self.events()] == []

    def then_refused(self, kind: type[Refusal], pointer: str | None = None) -> Refusal:
        """Refused by exactly that class, and where a pointer is given, because of that field. Answers with the refusal."""
        with pytest.raises(kind) as caught:
            self.events()
        assert type(caught.value) is kind
        WITNESS.refused(self.command, caught.value)
        assert pointer is None or caught.value.pointer == pointer
        return caught.value


class Given:
    def __init__(self, past: Sequence[Event | Happened]) -> None:
        self.past = past

    def when(self, command: Command, context: Context) -> Decision:
        noun = type(command).__module__.split(".")[1]
        return Decision(noun, self.past, command, context)


def given(*past: Event | Happened) -> Given:
    """What happened in the stream until now, oldest first; nothing: the stream does not exist yet."""
    return Given(past)


def _told(event: Event) -> tuple[str, Any]:
    """An event so that a copied sealed value equals the plain one that it was made of."""
    return STORED[type(event)].name, msgspec.json.decode(payload_of(event))


def _seal(value: Any) -> Any:
    if not isinstance(value, Personal):
        raise NotImplementedError(type(value))
    if value.sealed is not None:
        return value.sealed
    subject = f" {value.subject}" if value.subject else ""
    return f"sealed {value.marker}{subject} {msgspec.json.encode(value.plain()).decode()}"


def _unopened(kind: Any, value: Any) -> Any:
    personal = get_origin(kind) or kind
    if not issubclass(personal, Personal):
        raise NotImplementedError(kind)
    return personal(sealed=value)
