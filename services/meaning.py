"""What each problem means: where the `type` of an answer leads."""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct

from domain.errors import NotFound
from services.catalogue import cards
from services.problems import STATUS, code_of, title_of


class ProblemKind(Struct, frozen=True, kw_only=True):
    """What a problem's `type` leads to: what it means, its status, and which commands may be answered with it."""

    code: str
    title: str
    status: int
    meaning: str
    commands: tuple[str, ...]


class ProblemKinds(Struct, frozen=True, kw_only=True):
    """Every problem that there is, by its code."""

    items: tuple[ProblemKind, ...]


OTHERS: Final[dict[str, tuple[int, str]]] = {
    "method_not_allowed": (405, "The address does not take that method: see the Allow header."),
    "internal_error": (500, "An unexpected error of ours, which was recorded under the request id."),
    "blob_away": (503, "A file that was made cannot be had at this moment: try again."),
    "busy": (503, "Others kept changing the same thing at this moment: try again."),
    "database_away": (503, "The database does not answer: try again."),
    "key_unavailable": (503, "The keys of personal values cannot be had: try again."),
    "newer_release": (503, "This was written by a newer release than the one that answers: try again when the update has reached it."),
    "not_caught_up": (503, "It is recorded, and not yet in what is read from: try again."),
}
"""What is refused with no class of refusal of its own: status and meaning by code."""


@cache
def problem_kinds() -> ProblemKinds:
    refusals = {code_of(kind): (status, " ".join((kind.__doc__ or "").split())) for kind, status in STATUS.items()}
    return ProblemKinds(items=tuple(described(code, *about) for code, about in sorted({**OTHERS, **refusals}.items())))


def described(code: str, status: int, meaning: str) -> ProblemKind:
    commands = tuple(card.name for card in cards() if code in card.refusals)
    return ProblemKind(code=code, title=title_of(code), status=status, meaning=meaning, commands=commands)


def problem_kind(code: str) -> ProblemKind:
    """Raises `NotFound`."""
    for kind in problem_kinds().items:
        if kind.code == code:
            return kind
    raise NotFound
