"""What stands on every page, on errors, and where people sign in, in German."""

from __future__ import annotations

from typing import Final

GERMAN: Final[dict[str, str]] = {
    "Board": "Übersicht",
    "Plans": "Pläne",
    "Sessions": "Sitzungen",
    "Evaluations": "Beurteilungen",
    "Hours": "Stunden",
    "Reports": "Berichte",
    "Ledger": "Änderungsbuch",
    "Audit": "Prüfung",
    "People": "Personen",
    "Emergencies": "Notfälle",
    "Keys": "Schlüssel",
    "Who saw what": "Wer was gesehen hat",
    "Pages": "Seiten",
    "Quarter {quarter}, {year}": "{quarter}. Quartal {year}",
}
