"""What an event may hold: nothing that could be personal stands in it readable, and nothing that rounds."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from msgspec import Struct

from domain.assessment.events import Statement
from domain.command import Command
from domain.event import STORED, Event
from domain.nouns import NOUNS
from domain.organization.events import ClientOrganizationAdded, OrganizationRegistered, PlanTemplateDefined
from domain.program.events import Outcome, ParticipantEnrolled, ProgramDefined
from domain.questionnaire import LicensedCompetency, LicensedInstrument, LicensedStatement
from domain.skeleton import SkeletonMeasure, SkeletonMilestone, SkeletonObjective, SkeletonStrategy
from domain.values import Code, Digest, OfClient, Personal, PublicText, StoredCode, StoredLabel, TimeZone

PLAIN = (UUID, date, datetime, int, Decimal, bool, NoneType)
MACHINE_WORDS = (Code, StoredCode, Digest, TimeZone)

# The only readable texts: about an organization or a program, never about a person.
PUBLIC_TEXTS = {
    *((PlanTemplateDefined, "name"), (SkeletonMeasure, "name"), (SkeletonMeasure, "unit"), (ParticipantEnrolled, "cohort")),
    *((kind, "title") for kind in (SkeletonObjective, SkeletonStrategy, SkeletonMilestone)),
    *((OrganizationRegistered, "name"), (ClientOrganizationAdded, "name"), (ClientOrganizationAdded, "external_ref")),
    *((ProgramDefined, "name"), (Outcome, "text"), (Statement, "text")),
    *((LicensedInstrument, "label"), (LicensedInstrument, "licence"), (LicensedInstrument, "anchors")),
    (LicensedCompetency, "label"),
    *((LicensedStatement, "own"), (LicensedStatement, "of_others")),
}

READABLE = (PublicText, PublicText | None, tuple[PublicText, ...], StoredLabel | None)


def faults(kind: type[Struct], path: str = "") -> Iterator[str]:
    """The fields of an event, or of a struct inside it, that hold what an event must not hold."""
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if hint in READABLE and (kind, name) in PUBLIC_TEXTS:
            continue
        yield from _faults_of(hint, f"{path}{kind.__name__}.{name}")


def _faults_of(hint: Any, path: str) -> Iterator[str]:
    origin = get_origin(hint) or hint
    if hint in PLAIN or hint in MACHINE_WORDS or origin is Literal or _is(origin, Personal) or _is(origin, enum.Enum):
        return
    if origin in (Union, UnionType, tuple):
        for argument in get_args(hint):
            if argument is not Ellipsis:
                yield from _faults_of(argument, path)
    elif origin is Annotated and get_args(hint)[0] is not str:
        yield from _faults_of(get_args(hint)[0], path)
    elif _is(origin, Struct):
        yield from faults(origin, f"{path} > ")
    else:
        yield f"{path}: {hint}"


def _is(candidate: Any, kind: type) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, kind)


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: STORED[kind].name)
def test_an_event_holds_only_what_it_may(kind: type[Event]) -> None:
    assert list(faults(kind)) == []


def parts(hint: Any) -> Iterator[Any]:
    """A type and all that it is made of."""
    yield hint
    for argument in get_args(hint):
        yield from parts(argument)
    if _is(hint, Struct):
        for inner in get_type_hints(hint, include_extras=True).values():
            yield from parts(inner)


def descendants(kind: type[Command]) -> Iterator[type[Command]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_what_a_command_brings_is_checked() -> None:
    brought = {kind: list(parts(kind)) for kind in descendants(Command)}
    assert any(Code in found for found in brought.values())
    assert [kind.__name__ for kind, found in brought.items() if StoredCode in found] == []


class Inner(Struct):
    note: str


class Planted(Event, frozen=True):
    good: OfClient[str] | None
    moment: datetime
    words: tuple[StoredCode, ...]
    bare: str
    ratio: float
    public: PublicText
    perhaps: str | None
    several: tuple[str, ...]
    inner: tuple[Inner, ...]
    table: dict[str, int]
    anything: Any


def test_what_an_event_must_not_hold_is_seen() -> None:
    seen = {fault.split(":")[0] for fault in faults(Planted)}
    bad = {f"Planted.{name}" for name in ("bare", "ratio", "public", "perhaps", "several", "table", "anything")}
    assert seen == bad | {"Planted.inner > Inner.note"}


def test_the_listed_public_texts_are_there() -> None:
    for kind, name in PUBLIC_TEXTS:
        assert get_type_hints(kind, include_extras=True)[name] in READABLE


def test_every_noun_has_events() -> None:
    assert {stored.name.split(".")[0] for stored in STORED.values()} == set(NOUNS)
