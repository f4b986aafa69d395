"""What a rater answers, and what they are told before."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from domain.glossary import RaterGroup
from domain.values import Code, Prose

QUESTIONS: Final[dict[Code, str]] = {
    "keep": "What should they keep doing?",
    "change": "What should they do differently?",
}
"""Asked of every rater, to be answered in words or not at all."""

ANONYMITY: Final = "anonymity@1"
DECLARATIONS: Final[dict[Code, tuple[str, ...]]] = {
    ANONYMITY: (
        "Nobody is shown what you alone answered: answers of peers, direct reports and others are only shown from {floor} people on, as an "
        "average, and your words only among those of at least {floor} people, in another order.",
        "If you are their manager, your answers are shown as the manager's.",
        "Until everything is closed nobody sees any result. Then this link and every trace of who answered what, and when, is deleted.",
    )
}
"""What raters are promised, by the code that is kept with each assessment; never changed once one was launched under it."""


class Feedback(Struct, frozen=True, kw_only=True):
    """One rater's answers: item -> point on the scale, an item left out does not apply; question -> words.

    `group` is None for a rater of a group that is too small to be shown, and so that it can never be: it is dropped on closing.
    """

    group: RaterGroup | None
    answers: dict[str, int]
    comments: dict[str, str]


class FeedbackBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rater sends: each item -> its point on the scale, or null of what they cannot say; question -> words, if they like."""

    answers: Annotated[dict[Code, int | None], Meta(min_length=1, max_length=500)]
    comments: Annotated[dict[Code, Prose], Meta(max_length=10)] = {}
