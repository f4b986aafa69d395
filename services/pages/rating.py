"""What the forms call the instruments by which a client rates a session, and their items.

Of an instrument that is licensed no wording is kept: its items go by their numbers, and its sheet lies beside the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from domain.session.rating import INSTRUMENTS, Instrument, current
from domain.values import Code
from services.session.answers import SessionRatingAnswer


class Called(NamedTuple):
    """`most` is the highest total; `items` and `parts` are codes with their labels, to be answered and to be shown with the total."""

    name: str
    asks: str
    most: int
    items: Sequence[tuple[Code, str]]
    parts: Sequence[tuple[Code, str]] = ()
    about: str = ""


SRS_ITEMS: Final = (
    ("relationship", "How you got on with each other"),
    ("goals", "Whether it was about what you wanted it to be about"),
    ("approach", "Whether the way of working suits you"),
    ("overall", "The session as a whole"),
)
CALLED: Final = {
    "stars": Called("Stars", "How was it?", 5, (("stars", "From 1, not good at all, to 5, very good"),)),
    "nps": Called("Would recommend", "Would you recommend this coaching?", 10, (("nps", "From 0, not at all, to 10, by all means"),)),
    "srs": Called(
        "Session rating scale (SRS)",
        "The session in four questions (SRS)",
        40,
        SRS_ITEMS,
        (("relationship", "Relationship"), ("goals", "Goals"), ("approach", "Approach"), ("overall", "Overall")),
        "Each from 0, the lowest, to 10, the highest. If you have the sheet of the SRS, go by its words.",
    ),
    "wai_sr": Called(
        "Working alliance (WAI-SR)",
        "How you work together, in twelve sentences (WAI-SR)",
        60,
        tuple((f"item_{number}", f"Sentence {number}") for number in range(1, 13)),
        (("goal", "Goals"), ("task", "Tasks"), ("bond", "Bond")),
        "Its sentences are licensed, so they are not shown here. Read them on the sheet that your coach gives you, and answer each "
        "here by its number, from 1 to 5 as the sheet explains.",
    ),
}


def open_instruments(ratings: Sequence[SessionRatingAnswer]) -> list[Instrument]:
    """Those by which the session was not rated yet, in the order in which they are asked, each in its newest version."""
    rated = {one.instrument for one in ratings}
    found = (current(code) for code in dict.fromkeys(code for code, _ in INSTRUMENTS) if code not in rated)
    return [instrument for instrument in found if instrument is not None]
