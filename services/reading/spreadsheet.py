"""Lines as CSV that a spreadsheet program opens as they are: UTF-8 with its mark, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from infra.direction import unturned

FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
INSIDE: Final = re.compile(r"(?<=[;\t\r\n])(?=\"*[=+\-@＝＋－＠])")
"""Where a program begins another cell inside of one: it takes semicolons for commas where these stand in its decimal numbers."""
NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BOM: Final = "\ufeff"
"""Without it, spreadsheet programs take UTF-8 for something else."""


def spreadsheet(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return (BOM + written.getvalue()).encode()


def safe(cell: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe in front, which makes it a text; a number is none.

    Marks that turn text around go: one may stand before a formula, and turns the cells after it, too.
    """
    cell = unturned(cell)
    if NUMBER.fullmatch(cell):
        return cell
    return INSIDE.sub("'", f"'{cell}" if FORMULA.match(cell) else cell)
