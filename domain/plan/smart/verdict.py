"""What the lint says of an objective, as events store it: codes and features, never a word of the title."""

from __future__ import annotations

import enum
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from domain.values import Code


class SmartCode(enum.StrEnum):
    """The rules by their code; the letter is the part of SMART that a rule belongs to."""

    VAGUE_VERB = "S1"
    SUBJECTIVE_TERM = "S2"
    TOO_SHORT = "S3"
    NO_MEASURE = "M1"
    NO_UNIT = "M2"
    NO_BASELINE = "M3"
    NO_TARGET = "M4"
    TARGET_EQ_BASELINE = "M5"
    DIRECTION_MISMATCH = "M6"
    NO_EVIDENCE_SOURCE = "M7"
    TOO_MANY_ACTIVE = "A1"
    NO_CONFIDENCE = "A2"
    NOT_LINKED = "R1"
    NOT_CLIENT_VOICED = "R2"
    NO_DUE = "T1"
    DUE_IN_PAST = "T2"
    DUE_AFTER_ENGAGEMENT_END = "T3"
    NO_CHECKPOINT = "T4"


class Features(Struct, frozen=True, kw_only=True):
    """What the lint saw in a title. None: no word lists for its language, so that the rule does not apply."""

    vague_verb: bool | None
    subjective_term: bool | None
    too_short: bool


class Lint(Struct, frozen=True, kw_only=True):
    """The verdict on one objective; a rule that is in none of the three lists passed."""

    ruleset: Code
    language: Code
    features: Features
    blocking: tuple[SmartCode, ...]
    warnings: tuple[SmartCode, ...]
    not_applicable: tuple[SmartCode, ...]


class Unmet(Struct, frozen=True, kw_only=True):
    """What keeps an objective from becoming active: the codes that block it."""

    objective_id: UUID
    codes: tuple[SmartCode, ...]


def smart_score(lint: Lint) -> Decimal:
    """The share of the five letters without a blocking code, from 0 to 1."""
    return 1 - Decimal(len({code[0] for code in lint.blocking})) / 5
