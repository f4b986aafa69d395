"""What to look at in the story, at which page and with whose key: what a start prints beneath the keys."""

from __future__ import annotations

from typing import Final, NamedTuple


class Sight(NamedTuple):
    """A page, who signs in to see it, and what is to be seen there."""

    path: str
    who: str
    what: str


GUIDE: Final = (
    Sight("/boards", "Dana Whitfield", "the indicators, and which engagements need help"),
    Sight("/plans", "Lena Brandt", "a plan's whole life, up to an objective that was reached"),
    Sight("/assessments", "Lena Brandt", "how she sees herself, and how seven others do (360 feedback, closed and released)"),
    Sight("/engagements", "Aisha Bello", "a group of four: its plan, its meetings, an exercise; Jonas, Nadia and Emil each see a part"),
    Sight("/engagements", "Maren Vogel", "the same group as its coach sees it, who reads what each of them wrote"),
    Sight("/plans", "Tomasz Zielinski", "what all four let their sponsor see of it, and what Lena does of hers"),
    Sight("/surveys", "Dana Whitfield", "whether the group would recommend it"),
)


def shown(address: str) -> str:
    """The guide as a table for the terminal."""
    paths, names = max(len(one.path) for one in GUIDE), max(len(one.who) for one in GUIDE)
    lines = [f"  {address}{one.path:<{paths}}  {one.who:<{names}}  {one.what}" for one in GUIDE]
    return "\n".join(["What to look at in the story, and with whose key:", *lines])
