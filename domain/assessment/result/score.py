"""Exact scores: what is kept of results is not rounded, so that it can be computed again and be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from domain.values import StoredCode


class Ratio(Struct, frozen=True):
    """A fraction in lowest terms."""

    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class Cell(Struct, frozen=True, kw_only=True):
    """What a group of `n` raters, or all of them (`pooled`), answered about a competency or an item.

    `counts` says how many chose each point, lowest first, of an item; `variance` is that of the sample. Both are None of fewer than
    five, and where what fewer than five chose could be computed from them.
    """

    group: StoredCode
    about: StoredCode
    n: int
    mean: Ratio
    variance: Ratio | None
    counts: tuple[int, ...] | None


def ratio(value: Fraction) -> Ratio:
    return Ratio(value.numerator, value.denominator)


def mean(values: Sequence[Fraction | int]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def own_mean(answers: Iterable[int]) -> Fraction:
    """A rater's mean over the items that they answered."""
    return mean(list(answers))


def variance(values: Sequence[Fraction | int]) -> Fraction:
    """Of a sample: the squares' sum over n - 1."""
    middle = mean(values)
    return sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1)
