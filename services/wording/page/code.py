"""What codes, units and counted things are called in German inside a sentence: by their English, in lower case but for nouns."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "day": "Tag",
    "days": "Tage",
    "in 30 days": "in 30 Tagen",
    "hours": "Stunden",
    "client": "Klient",
    "coach": "Coach",
    "sponsor": "Auftraggeber",
    "admin": "Administration",
    "program manager": "Programmleitung",
    "auditor": "Prüfung",
    "integration": "Schnittstelle",
}
