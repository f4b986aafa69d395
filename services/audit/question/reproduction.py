"""Question 8: are the indicators of a published report reproducible?

The file is the one whose hash was noted, each number in it is what the log up to the report's position gives today, and the
people whom a sponsor was told of are those whom it counts.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from domain.errors import SubjectErased
from domain.values import Code
from infra.blobs import BlobAway
from projections.kpi.board import indicators
from projections.kpi.disclosure import Cells, counted
from projections.kpi.value import Kpi
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.inquiry import Inquiry
from services.audit.question.published import Published, facts_of, published
from services.report.audience import holder
from services.report.files import About


class Number(Struct, frozen=True):
    """An indicator as a file tells it, all null when it is held back there."""

    name: Code
    value: Decimal | None
    n: int | None
    numerator: Decimal | None
    denominator: Decimal | None

    def is_of(self, kpi: Kpi) -> bool:
        return (self.value, self.n, self.numerator, self.denominator) == (kpi.value, kpi.n, kpi.numerator, kpi.denominator)


class Told(Struct, frozen=True):
    """What is read of a file that is JSON."""

    indicators: tuple[Number, ...] = ()


def of_json(content: bytes) -> Sequence[Number]:
    return msgspec.json.decode(content, type=Told).indicators


def of_csv(content: bytes) -> Sequence[Number]:
    """Of lines of section, item, field and value: those of the section `indicators`, an item an indicator."""
    items: dict[str, dict[str, str | None]] = defaultdict(dict)
    for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        if line["section"] == "indicators":
            items[line["item"]][line["field"]] = line["value"] or None
    return msgspec.convert(list(items.values()), tuple[Number, ...], strict=False)


READERS: Final[Mapping[str, Callable[[bytes], Sequence[Number]]]] = {"json": of_json, "csv": of_csv}
"""Of the formats that are for programs; a page for people has rounded numbers, which prove nothing."""


class Again(NamedTuple):
    """A report, what its file tells by indicator, and whom the log makes each indicator count."""

    one: Published
    told: Mapping[Code, Number]
    counts: Cells


async def reproducible_report(inquiry: Inquiry) -> AsyncIterator[Finding]:
    reports = await published(inquiry)
    facts = await facts_of(inquiry, reports)
    for one in reports:
        verdict, content = await file_of(inquiry, one)
        yield finding(
            verdict, one.fed, stands_out=verdict in {"file_missing", "file_altered"}, report=one.report.id, sha256=one.made.sha256
        )
        found = facts[one.report.id]
        told = READERS[one.report.format](content) if content is not None and one.report.format in READERS else ()
        again = Again(one, {number.name: number for number in told}, counted(found, one.asked))
        for kpi in indicators(found, one.asked):
            yield indicator(again, kpi)


async def file_of(inquiry: Inquiry, one: Published) -> tuple[str, bytes | None]:
    """The kind of what is found of its file, and what is in it, if it is the one that was noted."""
    if one.report.discarded_at is not None:
        return "file_discarded", None
    reading = await inquiry.reads.store.read(inquiry.tenant, one.report.subject_id)
    about = About(inquiry.tenant, one.report.id, holder(reading, one.report))
    try:
        content = await inquiry.files.fetch(about, one.made.blob_key)
    except SubjectErased:
        return "file_erased", None
    except BlobAway:
        return "file_missing", None
    return ("file_whole", content) if sha256(content).hexdigest() == one.made.sha256 else ("file_altered", None)


def indicator(again: Again, kpi: Kpi) -> Finding:
    one, number = again.one, again.told.get(kpi.name)
    about: dict[str, Given] = {"report": one.report.id, "indicator": kpi.name, "position": one.made.as_of_position, "ruleset": kpi.ruleset}
    if one.has_floor and kpi.name not in one.cells:
        return finding("indicator_held_back", one.fed, about=about)
    about |= {"value": kpi.value, "numerator": kpi.numerator, "denominator": kpi.denominator, "clients": len(again.counts[kpi.name])}
    if one.has_floor and again.counts[kpi.name] != one.cells[kpi.name]:
        return finding("indicator_counts_others", one.fed, stands_out=True, about=about, told_of=len(one.cells[kpi.name]))
    if number is None:
        return finding("indicator_recomputed", one.fed, about=about)
    same = number.is_of(kpi)
    return finding(
        "indicator_reproduced" if same else "indicator_differs", one.fed, stands_out=not same, about=about, published=number.value
    )
