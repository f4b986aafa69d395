"""What each problem means: where the `type` of an answer leads."""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct

from domain.errors import NotFound
from infra.eventstore.errors import Unavailable
from services.contract.catalogue import cards
from services.problems import STATUS, code_of, meaning_of, subclasses, title_of


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
}
"""What is refused with no class of its own: status and meaning by code."""


@cache
def problem_kinds() -> ProblemKinds:
    refusals = {code_of(kind): (status, meaning_of(kind)) for kind, status in STATUS.items()}
    outages = {code_of(kind): (503, meaning_of(kind)) for kind in subclasses(Unavailable)}
    return ProblemKinds(items=tuple(described(code, *about) for code, about in sorted({**OTHERS, **outages, **refusals}.items())))


def described(code: str, status: int, meaning: str) -> ProblemKind:
    commands = tuple(card.name for card in cards() if code in card.refusals)
    return ProblemKind(code=code, title=title_of(code), status=status, meaning=meaning, commands=commands)


def problem_kind(code: str) -> ProblemKind:
    """Raises `NotFound`."""
    for kind in problem_kinds().items:
        if kind.code == code:
            return kind
    raise NotFound
