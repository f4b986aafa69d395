"""What anybody writes stays a text in a spreadsheet, whichever character the program takes to separate cells."""

from __future__ import annotations

import csv
import io

import pytest

from services.reading.spreadsheet import BOM, safe, spreadsheet


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\n=1", "'\n'=1"),
        ("＝1", "'＝1"),
        ("-", "'-"),
        ("Soon;=HYPERLINK(1)", "Soon;'=HYPERLINK(1)"),
        ('Soon;"=1"', 'Soon;\'"=1"'),
        ("Soon\r\n+1", "Soon\r\n'+1"),
        ("-12.50", "-12.50"),
        ("3", "3"),
        ("Soon; later - perhaps", "Soon; later - perhaps"),
        ("a=b", "a=b"),
        ("\u202e=1+1", "'=1+1"),
        ("Soon;\u2066=1", "Soon;'=1"),
        ("Mira \u202egpj.exe\u2069", "Mira gpj.exe"),
        ("מירה\u200f כהן", "מירה\u200f כהן"),
    ],
)
def test_no_cell_and_no_part_of_one_is_a_formula(cell: str, told: str) -> None:
    assert safe(cell) == told


@pytest.mark.parametrize("separator", [",", ";"])
def test_however_it_is_separated_nothing_begins_with_a_sign(separator: str) -> None:
    file = spreadsheet(("what", "why"), [("moved", "=1;=2"), ("moved", '"x";"=3"\n=4')]).decode().removeprefix(BOM)
    cells = [cell for line in csv.reader(io.StringIO(file), delimiter=separator) for cell in line]
    assert len(cells) > 4
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
