"""How a competency is classed by what the client and the raters say of it, after the windows of Johari.

Cut-offs are shares of the scale's range, so that they hold on other scales, too: on one from 1 to 5 they are 4, 0.75 and 3.75 points.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from msgspec import Struct

from domain.assessment.need import NeedClass
from domain.questionnaire import Instrument
from domain.values import StoredCode


class CutOffs(Struct, frozen=True, kw_only=True):
    """Shares of a scale's range: from where on others see a strength, how far apart is far, below what a blind spot begins."""

    high: Fraction
    gap: Fraction
    blind: Fraction


RULESETS: Final[dict[StoredCode, CutOffs]] = {
    "johari@1": CutOffs(high=Fraction(3, 4), gap=Fraction(3, 16), blind=Fraction(11, 16)),
}


def classes(
    ruleset: StoredCode, instrument: Instrument, own: Mapping[str, Fraction], others: Mapping[str, Fraction]
) -> dict[str, tuple[NeedClass, ...]]:
    """Competency -> its classes, of those that the others' mean can be shown of; `own` are the client's means."""
    rules = RULESETS[ruleset]
    lowest = min(others.values(), default=None)
    found: dict[str, tuple[NeedClass, ...]] = {}
    for competency, mean in others.items():
        high = share(instrument, mean)
        gap = None if competency not in own else (own[competency] - mean) / (instrument.highest - instrument.lowest)
        holds: dict[NeedClass, bool] = {
            "strength": high >= rules.high,
            "hidden_strength": gap is not None and -gap >= rules.gap and high > rules.high,
            "challenge": mean == lowest and high <= rules.high,
            "blind_spot": gap is not None and gap >= rules.gap and high < rules.blind,
        }
        found[competency] = tuple(name for name, is_so in holds.items() if is_so)
    return found


def share(instrument: Instrument, value: Fraction) -> Fraction:
    """Where on the scale a value lies, from 0 to 1."""
    return (value - instrument.lowest) / (instrument.highest - instrument.lowest)
