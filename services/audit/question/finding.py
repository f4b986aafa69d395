"""What a question finds: one thing that happened, or did not, with the events by which anybody can check it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from uuid import UUID

from domain.values import Code
from infra.eventstore.feed import Fed
from services.audit.answers import EvidenceAnswer, evidence

Given: TypeAlias = bool | int | str | UUID | date | datetime | Decimal | timedelta | tuple[UUID | str, ...] | None
"""An id, a date, a number or a code, or some of them; never words of a person."""


class Finding(NamedTuple):
    """One thing. `stands_out` when somebody who audits will want to look at it: a finding, not a verdict on anybody.

    `sentence` is None where that of the kind is said of it (`sentence.py`).
    """

    kind: Code
    stands_out: bool
    facts: Mapping[str, Given]
    evidence: tuple[EvidenceAnswer, ...]
    sentence: str | None = None


def finding(
    kind: Code, *events: Fed, stands_out: bool = False, about: Mapping[str, Given] = MappingProxyType({}), **given: Given
) -> Finding:
    """With the facts that are `given`, and those `about` what several findings tell of."""
    return Finding(kind, stands_out, {**given, **about}, tuple(evidence(one) for one in events))
