"""What the credentials of coaches ask for, as versioned data: which hours count, and how many of what each level needs.

ICF: experience requirements for ACC, PCC and MCC. EMCC: European Individual Accreditation (EIA), a framework of 2021. A figure that
was not read from the body's own page is marked as not verified, and is shown so: who applies asks the body first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from domain.ruleset import OWN, Rulesets
from domain.values import StoredCode

CredentialBody: TypeAlias = Literal["icf", "emcc"]
"""Who gives the credential: the International Coaching Federation, the European Mentoring and Coaching Council."""
DevelopmentKind: TypeAlias = Literal["supervision", "training"]
"""What a coach does for their own profession: reflective dialogue with a coach supervisor, or continuing development."""
Requirement: TypeAlias = Literal[
    "hours", "paid_hours", "clients", "recent_hours", "years", "feedback_items", "development_hours", "supervision_hours"
]
"""What a level asks for: hours of coaching, those that were paid, people who were coached, hours of the last months, years since the
first session, ratings by clients in the last 12 months, and in a year the hours of one's own development and supervision."""
CredentialLevel: TypeAlias = StoredCode
"""Such as acc or practitioner: what there is, the version of the rules says."""


class Threshold(Struct, frozen=True):
    """How much of something a level needs at least. Not `verified`: the figure is to be asked of the body before it is relied on."""

    requirement: Requirement
    least: int
    verified: bool = True


class Level(Struct, frozen=True):
    """One level with everything that it asks for."""

    code: CredentialLevel
    thresholds: tuple[Threshold, ...]


class CredentialRules(Struct, frozen=True, kw_only=True):
    """One version of a body's rules, its levels from the lowest on.

    `after_education`: only hours after the start of the coach's education count. `largest_group`: up to how many people who are
    coached together they count, None: any number. `recent_months` is how far back `recent_hours` reach.
    """

    version: StoredCode
    body: CredentialBody
    levels: tuple[Level, ...]
    after_education: bool
    largest_group: int | None
    recent_months: int


MOST_FOR_CREDIT: Final = 15
"""Up to how many people who are coached together the hours count for a coach's credential (ICF, experience requirements)."""
FEEDBACK: Final = Threshold("feedback_items", 5)
YEARLY: Final = (Threshold("development_hours", 16), Threshold("supervision_hours", 4))
"""What EMCC asks for each year, the supervision as an hour a quarter."""


def _icf(code: CredentialLevel, *thresholds: tuple[Requirement, int, bool]) -> Level:
    return Level(code, tuple(Threshold(*one) for one in thresholds))


def _emcc(code: CredentialLevel, years: int, hours: int, clients: Threshold, *more: Threshold) -> Level:
    return Level(code, (Threshold("years", years), Threshold("hours", hours), clients, FEEDBACK, *more))


ICF_2025: Final = CredentialRules(
    version=OWN.icf,
    body="icf",
    levels=(
        _icf("acc", ("hours", 100, True), ("paid_hours", 75, True), ("clients", 8, True), ("recent_hours", 25, True)),
        _icf("pcc", ("hours", 500, True), ("paid_hours", 450, True), ("clients", 25, True), ("recent_hours", 50, True)),
        _icf("mcc", ("hours", 2500, True), ("paid_hours", 2250, False), ("clients", 35, False)),
    ),
    after_education=True,
    largest_group=MOST_FOR_CREDIT,
    recent_months=18,
)
EMCC_EIA_2021: Final = CredentialRules(
    version=OWN.emcc,
    body="emcc",
    levels=(
        _emcc("foundation", 1, 50, Threshold("clients", 5), *YEARLY),
        _emcc("practitioner", 3, 100, Threshold("clients", 10), *YEARLY),
        _emcc("senior_practitioner", 5, 250, Threshold("clients", 20, verified=False)),
        _emcc("master_practitioner", 7, 500, Threshold("clients", 40, verified=False)),
    ),
    after_education=False,
    largest_group=None,
    recent_months=12,
)
RULES: Final[Mapping[StoredCode, CredentialRules]] = {rules.version: rules for rules in (ICF_2025, EMCC_EIA_2021)}


def rules_of(body: CredentialBody, adopted: Rulesets) -> CredentialRules:
    """The version of a body's rules that an organization follows."""
    return RULES[adopted.icf if body == "icf" else adopted.emcc]
