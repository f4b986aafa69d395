"""One indicator: its value with what it is made of, and the small-group floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Final, TypeAlias
from uuid import UUID

from msgspec import Struct, structs

from domain.values import Code

RULESET: Final = "kpi@1"
Z: Final = Decimal("1.959963984540054")
"""The normal quantile of a 95 % interval."""
PLACES: Final = Decimal("0.0001")
HUNDRED: Final = Decimal(100)

Group: TypeAlias = frozenset[UUID]
"""People who are or were coached: those whom one row of an indicator is about, or all of an indicator."""
NOBODY: Final[Group] = frozenset()


class Share(Struct, frozen=True):
    """How often a code stands among the things counted."""

    code: Code
    count: int


class Kpi(Struct, frozen=True, kw_only=True):
    """A number that can be defended: `value` is rounded to four places, numerator and denominator are exact.

    `value` is null when there is no data, or when it is suppressed (then `suppressed` says why, and every number is null).
    `n` is how many things were counted, `clients` how many people stand behind them. `low` and `high` are the 95 % Wilson
    interval of a rate. Percent run from 0 to 100, progress to 150.
    """

    kpi: int
    name: Code
    unit: Code
    value: Decimal | None
    n: int | None
    clients: int | None
    numerator: Decimal | None
    denominator: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    mix: dict[Code, tuple[Share, ...]] = {}
    ruleset: Code = RULESET
    as_of_position: int
    suppressed: Code | None = None


def wilson(hits: int, n: int) -> tuple[Decimal, Decimal] | None:
    """The 95 % Wilson score interval of `hits` of `n`, in percent; none without observations."""
    if n == 0:
        return None
    share, size = Decimal(hits) / n, Decimal(n)
    spread = Z * ((share * (1 - share) + Z * Z / (4 * size)) / size).sqrt()
    middle, scale = share + Z * Z / (2 * size), 1 + Z * Z / size
    low, high = max(Decimal(0), (middle - spread) / scale), min(Decimal(1), (middle + spread) / scale)
    return (low * HUNDRED).quantize(PLACES), (high * HUNDRED).quantize(PLACES)


def many(rows: Iterable[Group]) -> int:
    """How many people stand behind these rows, each counted once."""
    return len(NOBODY.union(*rows))


def rate(kpi: int, name: Code, position: int, seen: Iterable[tuple[Group, bool]]) -> Kpi:
    """The share of hits among what was seen, each with the people whom it is about."""
    rows = list(seen)
    hits = sum(hit for _, hit in rows)
    low, high = wilson(hits, len(rows)) or (None, None)
    return Kpi(
        kpi=kpi,
        name=name,
        unit="percent",
        value=(HUNDRED * hits / len(rows)).quantize(PLACES) if rows else None,
        n=len(rows),
        clients=many(people for people, _ in rows),
        numerator=Decimal(hits),
        denominator=Decimal(len(rows)),
        low=low,
        high=high,
        as_of_position=position,
    )


def ratio(kpi: int, name: Code, unit: Code, position: int, *, total: Decimal, over: Sequence[Group]) -> Kpi:
    """A total over the things that carry it, each named by its people."""
    return Kpi(
        kpi=kpi,
        name=name,
        unit=unit,
        value=(total / len(over)).quantize(PLACES) if over else None,
        n=len(over),
        clients=many(over),
        numerator=total,
        denominator=Decimal(len(over)),
        as_of_position=position,
    )


def balance(kpi: int, name: Code, position: int, seen: Sequence[tuple[Group, int]]) -> Kpi:
    """What is for less what is against, of all that was said, each 1, 0 or −1 with its people: from −100 to 100."""
    total = sum(one for _, one in seen)
    return Kpi(
        kpi=kpi,
        name=name,
        unit="points",
        value=(HUNDRED * total / len(seen)).quantize(PLACES) if seen else None,
        n=len(seen),
        clients=many(people for people, _ in seen),
        numerator=Decimal(total),
        denominator=Decimal(len(seen)),
        as_of_position=position,
    )


def per_30_days(kpi: int, name: Code, position: int, seen: Iterable[tuple[Group, int, int]]) -> Kpi:
    """How many happened in 30 active days: of each engagement its people, what happened in it, and its active days.

    All happenings over all days, not the mean of each engagement's own number: two changes in a plan's first three days
    would outweigh a whole year of another plan. `n` counts the engagements.
    """
    rows = [row for row in seen if row[2]]
    total, days = sum(happened for _, happened, _ in rows), sum(active for _, _, active in rows)
    return Kpi(
        kpi=kpi,
        name=name,
        unit="per_30_days",
        value=(Decimal(30 * total) / days).quantize(PLACES) if rows else None,
        n=len(rows),
        clients=many(people for people, _, _ in rows),
        numerator=Decimal(total),
        denominator=Decimal(days),
        as_of_position=position,
    )


def middle(kpi: int, name: Code, unit: Code, position: int, seen: Sequence[tuple[Group, Decimal]]) -> Kpi:
    """The median; a median has no numerator and no denominator."""
    return Kpi(
        kpi=kpi,
        name=name,
        unit=unit,
        value=median(value for _, value in seen).quantize(PLACES) if seen else None,
        n=len(seen),
        clients=many(people for people, _ in seen),
        numerator=None,
        denominator=None,
        as_of_position=position,
    )


def guarded(kpi: Kpi, floor: int) -> Kpi:
    """The indicator as somebody may see it who sees groups of at least `floor` clients only.

    An empty cell is suppressed like a small one: that nobody is in it is also known of a group below the floor.
    """
    return kpi if kpi.clients is not None and kpi.clients >= floor else suppressed(kpi, "below_floor")


def suppressed(kpi: Kpi, why: Code) -> Kpi:
    """The indicator without any number, and the reason for that."""
    nothing: dict[str, None] = dict.fromkeys(("value", "n", "clients", "numerator", "denominator", "low", "high"))
    return structs.replace(kpi, **nothing, mix={}, suppressed=why)
