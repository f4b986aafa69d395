"""All sentences of pages in German. Each stands in one file only; those of several pages in `frame`."""

from __future__ import annotations

from typing import Final

from services.wording.page import code, frame

PARTS: Final = (code.GERMAN, frame.GERMAN)
SENTENCES: Final[dict[str, str]] = {english: german for part in PARTS for english, german in part.items()}
