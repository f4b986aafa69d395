"""A sheet as PDF, by typst: what people wrote reaches it as data, never as markup, and it fetches nothing.

The fonts are those that typst carries: Latin, Greek, Cyrillic and some more. A character that none of them holds would be an
empty box without a word of warning, so it is asked for first, and marked.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any, Final

import msgspec
import typst

from domain.report.events import LEDGERS, ReportTemplate
from workers.report.sheet import Sheet

FOLDER: Final = Path(__file__).parent / "template"
MARK: Final = "\u25af"
"""In place of a character that no font holds."""
PROBE: Final = FOLDER / "probe.typ"
STRICT: Final = "a-2b"
"""A standard for archives, which lets no character without a glyph pass."""
EMPTY: Final = "could not be displayed"
"""What typst says of one."""
ASCII: Final = 128


class Glyphs:
    """Which characters the fonts hold: typst itself is asked, once for each character."""

    def __init__(self) -> None:
        self.known: dict[str, bool] = {}
        self.probe = typst.Compiler(PROBE, root=FOLDER, ignore_system_fonts=True)
        self.turn = Lock()

    def marked(self, text: str) -> str:
        """The text with a mark for each character that would be an empty box."""
        return text if text.isascii() else "".join(character if self.holds(character) else MARK for character in text)

    def holds(self, character: str) -> bool:
        if ord(character) < ASCII:
            return True
        with self.turn:
            if character not in self.known:
                self.known[character] = self.is_shown(character)
            return self.known[character]

    def is_shown(self, character: str) -> bool:
        try:
            self.probe.compile(format="pdf", pdf_standards=STRICT, sys_inputs={"data": encoded(character)})
        except typst.TypstError as refused:
            if EMPTY not in str(refused):
                raise
            return False
        return True


GLYPHS: Final = Glyphs()


def pdf(template: ReportTemplate, sheet: Sheet) -> bytes:
    """The same bytes for the same sheet."""
    path = FOLDER / f"{'change_ledger' if template in LEDGERS else template}.typ"
    made = typst.compile(path, root=FOLDER, ignore_system_fonts=True, format="pdf", sys_inputs=inputs(sheet), timestamp=0)
    assert isinstance(made, bytes)
    return made


def inputs(sheet: Sheet) -> dict[str, str]:
    """What the templates read: the sheet, with a mark for each character that cannot be shown, and whether there is any."""
    told = marked({name: value for name, value in sheet.items() if name != "charts"})
    return {"data": encoded({**told, "marks": MARK in encoded(told), "charts": sheet["charts"]})}


def marked(value: Any) -> Any:
    match value:
        case str():
            return GLYPHS.marked(value)
        case dict():
            return {name: marked(inner) for name, inner in value.items()}
        case list() | tuple():
            return [marked(inner) for inner in value]
    return value


def encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()
