"""What is asked in a survey, what somebody answers, and what they are told before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from domain.session.rating import Instrument, current
from domain.values import Code

Audience: TypeAlias = Literal["clients", "coaches", "sponsors"]
"""Whom a program's survey asks: all who are enrolled, all of its pool, or all of its sponsors."""

QUESTIONS: Final[dict[Code, dict[Code, str]]] = {
    "nps": {"nps": "How likely is it that you would recommend this coaching to a colleague?"},
    "stars": {"stars": "How do you rate this coaching so far?"},
}
"""Instrument -> item -> our own wording. Instruments that rate one relationship, or whose wording is licensed, are no survey's."""

ENDS: Final[dict[Code, tuple[str, str]]] = {"nps": ("not at all likely", "extremely likely"), "stars": ("one star", "five stars")}
"""Instrument -> what its lowest and its highest point mean."""

ANONYMITY: Final = "anonymity_survey@1"
DECLARATIONS: Final[dict[Code, tuple[str, ...]]] = {
    ANONYMITY: (
        "Nobody is shown what you alone answered: only the result of at least {floor} people.",
        "Until the survey is closed nobody sees any result. Then this link and every trace of who answered, and when, is deleted.",
    )
}
"""What is promised, by the code that is kept with each survey; never changed once one was issued under it."""


class Response(Struct, frozen=True, kw_only=True):
    """What one person answered: item -> point."""

    scores: dict[Code, int]


class ResponseBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody sends: item -> point on the instrument's scale, every item once."""

    scores: Annotated[dict[Code, int], Meta(min_length=1, max_length=50)]


def asked_by(code: Code) -> Instrument | None:
    """The newest version of an instrument that surveys ask by; None of any other."""
    return current(code) if code in QUESTIONS else None


def score_of(instrument: Instrument, scores: Mapping[Code, int]) -> int:
    """The total that the instrument is read by."""
    return instrument.sums(scores)["total"]
