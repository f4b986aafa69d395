"""Which scripts the PDFs of reports can show: a name in another one would be marks in place of its characters."""

from __future__ import annotations

from typing import Final, NamedTuple

from workers.report.pdf import Press, press


class Script(NamedTuple):
    """A script or the like, a character of it, and the package of Debian that has a font with it."""

    name: str
    character: str
    package: str


SCRIPTS: Final = (
    Script("Arabic", "ع", "fonts-noto-core"),
    Script("Hebrew", "א", "fonts-noto-core"),
    Script("Devanagari", "आ", "fonts-noto-core"),
    Script("Thai", "ท", "fonts-noto-core"),
    Script("Han", "漢", "fonts-noto-cjk"),
    Script("Kana", "か", "fonts-noto-cjk"),
    Script("Hangul", "한", "fonts-noto-cjk"),
    Script("emoji", "😀", "fonts-noto-color-emoji"),
)
"""Latin, Greek and Cyrillic come along."""


def scripts() -> str:
    return told(press())


def told(press: Press) -> str:
    """No fault where some are missing: most firms have no name in them."""
    shown = ["Latin", "Greek", "Cyrillic", *(one.name for one in SCRIPTS if press.holds(one.character))]
    missing = [f"{one.name} ({one.package})" for one in SCRIPTS if one.name not in shown]
    seen = f"PDFs of reports show {', '.join(shown)}"
    return f"{seen}; for others install, or name with THROUGHLINE_FONTS, a font with {', '.join(missing)}" if missing else seen
