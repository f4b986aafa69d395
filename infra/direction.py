"""What turns the direction of text around, and so makes words look like others, also those that stand beside them."""

from __future__ import annotations

from typing import Final

TURNING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides and isolates with their ends, as UAX #9 names them. Text of right-to-left scripts needs none of them."""
WITHOUT: Final = dict.fromkeys(TURNING)


def unturned(text: str) -> str:
    """The text without them, for places where nothing keeps one text apart from the next: a plain mail, a line of a table."""
    return text.translate(WITHOUT)
