"""What one evaluator says: the parts of a judgement, as it is stored and as it stands after corrections."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from domain.glossary import Party
from domain.values import OfClient, StoredCode


class ObjectiveRating(Struct, frozen=True, kw_only=True):
    """How far an objective was furthered, 1 not at all to 5 fully."""

    objective_id: UUID
    rating: int
    comment: OfClient[str] | None


class LevelRating(Struct, frozen=True, kw_only=True):
    """One of Kirkpatrick's levels (1 reaction, 2 learning, 3 behaviour, 4 results), rated 1 to 5."""

    level: int
    rating: int


class Benefit(Struct, frozen=True, kw_only=True):
    """What an objective's change was worth, in a currency, and how much of it the evaluator puts down to the coaching.

    Attribution and confidence are the evaluator's own estimates, in per cent; a report shows them beside the result.
    """

    objective_id: UUID
    value: Decimal
    currency: StoredCode
    attribution: int
    confidence: int


class Judged(Struct, frozen=True, kw_only=True):
    """One evaluator's judgement of one version of the plan, as it stands.

    `version` is the stream version that brought it, `touched` the one that changed it last, `touched_by` who did.
    """

    version: int
    touched: int
    touched_by: UUID
    evaluator: Party
    plan_version: int
    effectiveness: int
    ratings: tuple[ObjectiveRating, ...]
    levels: tuple[LevelRating, ...]
    benefits: tuple[Benefit, ...]
    summary: OfClient[str] | None
    summary_version: int

    @property
    def is_corrected(self) -> bool:
        return self.touched > self.version
