"""Of whom an engagement tells: of everybody who is coached in it, and not of its first client only.

A row of an indicator names these people. Where one person's part is asked for (`Asked.only`), what tells nothing of them is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.value import Group


def of_period(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Facts]]:
    """Each engagement with who was coached in it in the period: for what happened there."""
    first, until = asked.period.first, asked.until
    return counted(((f.coached_within(first, until), f) for f in facts), asked)


def of_moment(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Facts]]:
    """Each with who is coached in it on the last day that counts: for how things stand then. Who left stands behind that no more."""
    until = asked.until
    return counted(((f.coached_on(until), f) for f in facts), asked)


def of_first(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, Facts]]:
    """Each with its first client alone: for what is about nobody else, such as an assessment."""
    return counted(((frozenset({f.client}), f) for f in facts), asked)


def counted(rows: Iterator[tuple[Group, Facts]], asked: Asked) -> Iterator[tuple[Group, Facts]]:
    only = asked.only
    return rows if only is None else ((frozenset({only}), f) for people, f in rows if only in people)


def counts(person: UUID, asked: Asked) -> bool:
    return asked.only in (None, person)
