"""Which events hold what somebody answered whom nobody may name, and which event brings them into the log.

Such answers wait beside the log and are appended in one call with the event that closes what they answer, in random order, with that
event's actor and time. No id stands in them, of whomever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from domain.assessment.events import AssessmentClosed, RaterFeedbackSubmitted
from domain.event import Event
from domain.survey.events import SurveyClosed, SurveyResponseSubmitted
from domain.values import Personal

CLOSED_BY: Final[dict[type[Event], type[Event]]] = {
    RaterFeedbackSubmitted: AssessmentClosed,
    SurveyResponseSubmitted: SurveyClosed,
}
"""Anonymous event -> the one that it comes with. With each of the latter the answers that wait, and all links to them, are gone."""
CLOSING: Final = frozenset(CLOSED_BY.values())


class Traceable(Exception):
    """An event that is to be anonymous could be traced to a person: a fault of ours, and nothing is stored."""


def require_untraceable(event: Event) -> None:
    """Raises `Traceable` when an id stands anywhere in an anonymous event: as a value, or as a key. Words that people wrote are theirs."""
    if type(event) in CLOSED_BY and any(is_id(value) for value in parts(event)):
        raise Traceable(f"{type(event).__name__} holds an id")


def parts(value: Any) -> Iterator[Any]:
    """Everything in a value, without the words in tables of words."""
    if isinstance(value, Personal):
        yield from parts(value.plain()) if value.is_open else ()
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from parts(getattr(value, name))
    elif isinstance(value, dict):
        yield from value
        yield from (part for one in value.values() if not isinstance(one, str) for part in parts(one))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (part for one in value for part in parts(one))
    else:
        yield value


def is_id(value: Any) -> bool:
    if not isinstance(value, str):
        return isinstance(value, UUID)
    try:
        UUID(value)
    except ValueError:
        return False
    return True
