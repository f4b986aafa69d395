"""The instruments that a needs assessment can use: what they ask, about which competency, on which scale.

Stored answers name an item, an instrument and a version: what stands here for a version never changes; a better wording is
a new version. The only one that comes with the product is our own: text that is somebody's, an organization adds under its own licence.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from domain.values import Code, PublicText, StoredCode


class Competency(Struct, frozen=True):
    """A competency with the statements that ask for it; `items` maps an item's id to its statement, `of_others` to how raters read it."""

    label: str
    items: dict[Code, str]
    of_others: dict[Code, str]


class Instrument(Struct, frozen=True, kw_only=True):
    """A questionnaire. Each item is answered by a whole number from `lowest` to `highest`; `anchors` name the points."""

    code: Code
    version: int
    label: str
    language: Code
    scale_version: int
    lowest: int
    highest: int
    anchors: tuple[str, ...]
    competencies: dict[Code, Competency]

    def items(self, competencies: tuple[Code, ...]) -> frozenset[Code]:
        """The items that ask for these competencies."""
        return frozenset(item for code in competencies for item in self.competencies[code].items)


class LicensedStatement(Struct, frozen=True, kw_only=True):
    """A statement as the client reads it, and as raters do."""

    own: PublicText
    of_others: PublicText


class LicensedCompetency(Struct, frozen=True, kw_only=True):
    """What asks for one competency; its items go by its code and their place, from 1."""

    competency: StoredCode
    label: PublicText
    statements: tuple[LicensedStatement, ...]


class LicensedInstrument(Struct, frozen=True, kw_only=True):
    """An instrument that an organization brings, with whose it is and by what licence (`licence`). The first of its `anchors` is `lowest`."""

    code: StoredCode
    version: int
    label: PublicText
    language: StoredCode
    licence: PublicText | None
    scale_version: int
    lowest: int
    anchors: tuple[PublicText, ...]
    competencies: tuple[LicensedCompetency, ...]

    @property
    def instrument(self) -> Instrument:
        return Instrument(
            code=self.code,
            version=self.version,
            label=self.label,
            language=self.language,
            scale_version=self.scale_version,
            lowest=self.lowest,
            highest=self.lowest + len(self.anchors) - 1,
            anchors=self.anchors,
            competencies=dict(
                _competency(one.competency, one.label, *((each.own, each.of_others) for each in one.statements))
                for one in self.competencies
            ),
        )


def _competency(code: Code, label: str, *statements: tuple[str, str]) -> tuple[Code, Competency]:
    """Each statement as the client reads it, and as raters do."""
    items = [(f"{code}_{number}", *both) for number, both in enumerate(statements, start=1)]
    return code, Competency(label, {item: own for item, own, _ in items}, {item: others for item, _, others in items})


LEADERSHIP: Final = Instrument(
    code="throughline_leadership",
    version=1,
    label="Leadership self-assessment",
    language="en",
    scale_version=1,
    lowest=1,
    highest=5,
    anchors=("never", "seldom", "sometimes", "often", "nearly always"),
    competencies=dict(
        (
            _competency(
                "direction",
                "Giving direction",
                ("My team can say what matters most this quarter.", "Their team can say what matters most this quarter."),
                ("I explain the reason behind a decision.", "They explain the reason behind a decision."),
                ("I say what we will not do.", "They say what we will not do."),
            ),
            _competency(
                "delegation",
                "Delegating",
                ("I hand over whole tasks, not steps.", "They hand over whole tasks, not steps."),
                ("I agree on a result and leave the way open.", "They agree on a result and leave the way open."),
                ("I stay out of work that I have handed over.", "They stay out of work that they have handed over."),
            ),
            _competency(
                "feedback",
                "Giving feedback",
                ("I say what I saw within a few days.", "They say what they saw within a few days."),
                ("I name what went well as precisely as what did not.", "They name what went well as precisely as what did not."),
                ("I ask how my own behaviour was received.", "They ask how their own behaviour was received."),
            ),
            _competency(
                "communication",
                "Communicating",
                ("I let others finish before I answer.", "They let others finish before they answer."),
                ("I check that what I said was understood.", "They check that what they said was understood."),
                ("I bring bad news early.", "They bring bad news early."),
            ),
            _competency(
                "decision",
                "Deciding",
                ("I decide by the date that I named.", "They decide by the date that they named."),
                ("I hear those whom a decision concerns.", "They hear those whom a decision concerns."),
                ("I come back to a decision when its reasons have changed.", "They come back to a decision when its reasons have changed."),
            ),
            _competency(
                "self_management",
                "Managing oneself",
                (
                    "I keep time free for work that matters but does not press.",
                    "They keep time free for work that matters but does not press.",
                ),
                ("I notice when I am under strain, and act on it.", "They notice when they are under strain, and act on it."),
                ("I keep the promises that I made to myself.", "They do what they said they would do for themselves."),
            ),
        )
    ),
)

INSTRUMENTS: Final[dict[tuple[Code, int], Instrument]] = {(LEADERSHIP.code, LEADERSHIP.version): LEADERSHIP}


def current(code: Code) -> Instrument | None:
    """The newest version of an instrument; None when there is none of that code."""
    return max((known for known in INSTRUMENTS.values() if known.code == code), key=lambda known: known.version, default=None)
