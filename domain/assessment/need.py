"""Needs and strengths: how they are classed, and where they show."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from domain.glossary import RaterGroup
from domain.values import Code

NeedClass: TypeAlias = Literal["blind_spot", "hidden_strength", "challenge", "strength"]


class NeedEvidence(Struct, frozen=True, kw_only=True):
    """Where a need shows: in the answers to an item of the assessment, or to all of a competency's, or outside of it.

    Of raters' answers `group` says whose; without one, all raters' together.
    """

    source: Literal["self_assessment", "interview", "observation", "document", "rater_feedback"]
    item: Code | None = None
    group: RaterGroup | None = None
