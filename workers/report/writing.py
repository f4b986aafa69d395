"""A report's content as the file that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from domain.report.events import ReportFormat
from workers.report.content import Content
from workers.report.making import Gathered
from workers.report.table import table


def as_json(content: Content) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content))


WRITERS: Final[Mapping[ReportFormat, Callable[[Content], bytes]]] = {"json": as_json, "csv": table}


def written(gathered: Gathered) -> bytes:
    return WRITERS[gathered.report.format](gathered.content)
