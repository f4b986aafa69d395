"""A sheet as PDF, by typst: what people wrote reaches it as data, never as markup, and it fetches nothing.

The fonts are those that typst carries, Latin, Greek, Cyrillic, Hebrew and some more, and beside them those of the machine: another
machine may so make other bytes of the same sheet, and what a report's hash says is of the file that was kept. A character that none
of them holds would be an empty box without a word of warning, so it is asked for first, and marked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import msgspec
import typst

from domain.report.events import LEDGERS, ReportTemplate
from infra.settings import Settings
from workers.report.sheet import FOLDER, Sheet

MARK: Final = "\u25af"
"""In place of a character that no font holds."""
PROBE: Final = FOLDER / "probe.typ"
STRICT: Final = "a-2b"
"""A standard for archives, which lets no character without a glyph pass."""
EMPTY: Final = "could not be displayed"
"""What typst says of one."""
ASCII: Final = 128
OURS: Final = ("charts", "words")
"""Parts of a sheet that hold only characters which are known to be there."""


class Press:
    """Typst with the fonts that it carries and those below a folder, if one is given."""

    def __init__(self, folder: Path | None) -> None:
        self.fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[] if folder is None else [folder])
        self.probe = typst.Compiler(PROBE, root=FOLDER, font_paths=self.fonts)
        self.known: dict[str, bool] = {}
        self.turn = Lock()

    def pdf(self, template: ReportTemplate, sheet: Sheet) -> bytes:
        """The same bytes for the same sheet and the same fonts."""
        path = FOLDER / f"{'change_ledger' if template in LEDGERS else template}.typ"
        made = typst.compile(path, root=FOLDER, font_paths=self.fonts, format="pdf", sys_inputs=self.inputs(sheet), timestamp=0)
        assert isinstance(made, bytes)
        return made

    def inputs(self, sheet: Sheet) -> dict[str, str]:
        """What the templates read: the sheet, with a mark for each character that cannot be shown, and whether there is any."""
        told = self.marked({name: value for name, value in sheet.items() if name not in OURS})
        return {"data": encoded({**told, "marks": MARK in encoded(told), **{name: sheet[name] for name in OURS}})}

    def marked(self, value: Any) -> Any:
        """Every text in it with a mark for each character that would be an empty box."""
        match value:
            case str():
                return value if value.isascii() else "".join(one if self.holds(one) else MARK for one in value)
            case dict():
                return {name: self.marked(inner) for name, inner in value.items()}
            case list() | tuple():
                return [self.marked(inner) for inner in value]
        return value

    def holds(self, character: str) -> bool:
        """Whether some font does: typst itself is asked, once for each character."""
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


@cache
def press() -> Press:
    """With the fonts that the settings name: to look through a folder of them takes a third of a second."""
    return Press(Settings.from_env().fonts)


def encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()
