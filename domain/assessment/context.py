"""What a decision about a needs assessment may know."""

from __future__ import annotations

from domain.context import Context, EngagementFacts


class AssessmentContext(Context, frozen=True, kw_only=True):
    """The engagement whose client's needs are asked for."""

    engagement: EngagementFacts
