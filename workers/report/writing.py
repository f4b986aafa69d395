"""A report's content as the file that was asked for. A PDF is in the language of who asked; files for programs have none."""

from __future__ import annotations

from typing import assert_never

import msgspec

from services.wording.spoken import speaking
from workers.report.making import Gathered
from workers.report.pdf import press
from workers.report.sheet import sheet
from workers.report.table import table


def written(gathered: Gathered) -> bytes:
    report, content = gathered.report, gathered.content
    match report.format:
        case "json":
            return msgspec.json.format(msgspec.json.encode(content))
        case "csv":
            return table(content)
        case "pdf":
            with speaking(gathered.language):
                return press().pdf(report.template, sheet(content, gathered.charts))
    assert_never(report.format)
