"""The questions of an audit. Their addresses, their commands, their page and their documentation are made from this table."""

from __future__ import annotations

from typing import Final, NamedTuple

from services.audit.question.evaluation import promised_evaluations
from services.audit.question.inquiry import Find, each
from services.audit.question.milestone import milestone_moves
from services.audit.question.target import lowered_targets

ENGAGED: Final = ("plan", "engagement", "program", "person")
"""What questions are about that are asked of one engagement after the other."""


class Question(NamedTuple):
    """A question. `about` are the nouns whose id it takes, `parameters` the moments that it takes beside it.

    `find` is None where `waits_for` says what has to be built before it can be answered.
    """

    number: int
    slug: str
    text: str
    asked_by: str
    evidence: str
    find: Find | None = None
    about: tuple[str, ...] = ENGAGED
    needs_about: bool = False
    parameters: tuple[str, ...] = ()
    waits_for: str | None = None

    @property
    def action(self) -> str:
        """What the policy calls it."""
        return f"ask_{self.slug.replace('-', '_')}"

    @property
    def path(self) -> str:
        return f"/v1/audit/{self.slug}"


QUESTIONS: Final = (
    Question(
        2,
        "milestone-moves",
        "Who moved a milestone, how often, by how much, why, and whose wish was it?",
        "HR, coach",
        "Each milestone that was set, moved or withdrawn, with its dates, actor, initiator, reason and channel.",
        each(milestone_moves),
    ),
    Question(
        4,
        "lowered-targets",
        "Was a target lowered after results came in?",
        "sponsor",
        "Each change of a target or a measure, with the last value that was measured before it, and the pace at that moment.",
        each(lowered_targets),
    ),
    Question(
        12,
        "promised-evaluations",
        "Were evaluations done when they were promised, on which version of the plan, and by whom?",
        "sponsor",
        "Each evaluation that was scheduled, with each that was recorded for it, when, and when it was written down.",
        each(promised_evaluations),
    ),
)
"""In the order of their numbers."""

BY_SLUG: Final = {question.slug: question for question in QUESTIONS}
