"""A report's content as the file that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

import msgspec

from domain.report.state import ReportState
from workers.report.content import Content
from workers.report.pdf import press
from workers.report.sheet import sheet
from workers.report.table import table


def written(report: ReportState, content: Content, charts: Mapping[str, str]) -> bytes:
    """`charts` are those of a PDF, as SVG by name."""
    match report.format:
        case "json":
            return msgspec.json.format(msgspec.json.encode(content))
        case "csv":
            return table(content)
        case "pdf":
            return press().pdf(report.template, sheet(content, charts))
    assert_never(report.format)
