"""The periods that a report or a board is about, by their labels."""

from __future__ import annotations

from datetime import date


def is_ahead(label: str, day: date) -> bool:
    """Whether a month (2026-05) or quarter (2026-q2) begins after that day; labels of one kind sort as what they name does."""
    current = f"{day:%Y}-q{(day.month + 2) // 3}" if "q" in label else f"{day:%Y-%m}"
    return label != "to_date" and label > current
