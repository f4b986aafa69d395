"""Words that more than one noun uses, each a closed list: roles, parties, kinds, and what a client may disclose."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

Role: TypeAlias = Literal["admin", "program_manager", "coach", "client", "sponsor", "auditor", "integration"]
"""What a membership lets a person do."""
Party: TypeAlias = Literal["client", "coach", "sponsor"]
"""Who agrees with whom in an engagement: who is coached, who coaches, who stands for the paying side."""
PARTIES: Final[tuple[Party, ...]] = get_args(Party)
Disclosure: TypeAlias = Literal["objective_titles", "progress", "attainment", "evaluation_summary", "attendance"]
"""A class of content that the client may let somebody see."""
EngagementStage: TypeAlias = Literal["proposed", "contracted", "active", "paused", "completed", "ended_early", "cancelled"]
"""Where an engagement stands: contracted when every party has signed, active when coaching began."""
ENDED: Final = frozenset[EngagementStage]({"completed", "ended_early", "cancelled"})
"""Stages from which no way leads back: nothing of the engagement changes any more."""
CLIENT_ERASED: Final = "client_erased"
"""Why an engagement ended, and what was booked is called off, when its client was erased: a code of ours, on no organization's list."""
AssessmentKind: TypeAlias = Literal["self", "feedback_360"]
"""Who answers a needs assessment: the client alone, or also raters around them."""
RaterGroup: TypeAlias = Literal["manager", "peer", "direct_report", "other"]
"""Where a rater stands to the client. A manager is shown alone, and knows it; the others are never, below the floor."""
EvaluationKind: TypeAlias = Literal["interim", "final", "follow_up"]
"""When an evaluation judges: underway, at the end, or some time after it."""
Visibility: TypeAlias = Literal["private_coach", "private_client", "shared"]
"""Whose eyes a text is for: its author's alone, who is the coach or the client, or those of both. A sponsor's are never among them."""
VISIBILITIES: Final[tuple[Visibility, ...]] = get_args(Visibility)
MeasureKind: TypeAlias = Literal["numeric", "scale", "yes_no"]
"""A number with a unit, a score on a scale with two ends, or no (0) and yes (1)."""
Direction: TypeAlias = Literal["increase", "decrease", "maintain"]
"""Where the measured value is to go; maintained is what stays inside a band."""
StrategyKind: TypeAlias = Literal["training", "practice", "meeting", "support", "experiment"]
"""What a strategy is made of; a meeting is a recurring series of sessions."""
