"""What a question finds: one thing that happened, or did not, with the events by which anybody can check it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.values import Code
from infra.eventstore.feed import Fed
from services.audit.answers import EvidenceAnswer, evidence
from services.audit.question.sentence import SENTENCES

Fact: TypeAlias = bool | int | str | None
"""An id, a date, a number or a code; never words of a person."""
Given: TypeAlias = Fact | UUID | date | datetime | Decimal | timedelta


class Finding(Struct, frozen=True, kw_only=True):
    """One thing. `stands_out` when somebody who audits will want to look at it: a finding, not a verdict on anybody."""

    kind: Code
    stands_out: bool
    sentence: str
    facts: dict[str, Fact]
    evidence: tuple[EvidenceAnswer, ...]


def finding(
    kind: Code, *events: Fed, stands_out: bool = False, about: Mapping[str, Given] = MappingProxyType({}), **given: Given
) -> Finding:
    """The sentence is that of the kind, with the facts in it: those that are `given`, and those `about` what several tell of."""
    facts = {name: fact(value) for name, value in {**given, **about}.items()}
    shown = {name: "nothing" if value is None else value for name, value in facts.items()}
    return Finding(
        kind=kind,
        stands_out=stands_out,
        sentence=SENTENCES[kind].format(**shown),
        facts=facts,
        evidence=tuple(evidence(one) for one in events),
    )


def fact(value: Given) -> Fact:
    match value:
        case None | bool() | int() | str():
            return value
        case date():  # also an instant
            return value.isoformat()
        case timedelta():
            return value.days
    return str(value)
