"""Which of the forms of an answer a caller wants most, by the header Accept (RFC 9110, 12.5.1), or as the address says."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, TypeAlias

from litestar import Request

from services.errors import NotAcceptable

JSON: Final = "application/json"
CSV: Final = "text/csv"
FORMATS: TypeAlias = Literal["json", "csv"]
"""What `format` in an address can be, for who cannot send a header."""
MEDIA: Final[dict[FORMATS, str]] = {"json": JSON, "csv": CSV}
WEIGHT: Final = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def preferred(request: Request[Any, Any, Any], *offered: str) -> str:
    """The offered media type of the greatest weight, of equals the first. Raises `NotAcceptable` when none is taken."""
    ranges = weights(request.headers.get("accept", "").strip() or "*/*")
    best = max(offered, key=lambda media: weight(media, ranges))
    if weight(best, ranges) == 0:
        raise NotAcceptable
    return best


def asked(request: Request[Any, Any, Any], form: FORMATS | None) -> str:
    """JSON or CSV: what the address says, else what the header does. Raises `NotAcceptable`."""
    return MEDIA[form] if form is not None else preferred(request, JSON, CSV)


def weights(accept: str) -> dict[str, float]:
    """By media range; one that says none, or none that is a weight, has 1."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        said = [match for piece in parameters if (match := WEIGHT.fullmatch(piece))]
        found[media.lower()] = float(said[0][1]) if said else 1.0
    return found


def weight(media: str, ranges: dict[str, float]) -> float:
    """That of the most specific range which holds it, else 0."""
    holding = (media, f"{media.partition('/')[0]}/*", "*/*")
    return next((ranges[one] for one in holding if one in ranges), 0.0)
