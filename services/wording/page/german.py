"""All sentences of pages in German. Each stands in one file only; those of several pages in `frame`."""

from __future__ import annotations

from typing import Final

from services.wording.page import access, agreement, code, evaluation, event, frame, plan, session

PARTS: Final = (frame.GERMAN, code.GERMAN, event.GERMAN, plan.GERMAN, session.GERMAN, agreement.GERMAN, evaluation.GERMAN, access.GERMAN)
SENTENCES: Final[dict[str, str]] = {english: german for part in PARTS for english, german in part.items()}
