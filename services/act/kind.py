"""What a mail lets do without signing in, by the rule that it reminds of: one command each, which adds a fact and takes nothing away.

None of them shows anything, changes a date or an agreement, or needs words: whoever got hold of a mail could report one thing too
early, which whoever it belongs to sees in the plan, and takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from domain.command import Command
from domain.plan.commands import CompleteAction, MeasureProgress
from domain.plan.state import PlanState
from domain.reminder.events import DedupeKey
from domain.session.commands import RateSession
from domain.session.state import SessionState
from domain.values import Code

Asks: TypeAlias = Literal["nothing", "number", "yes_no", "stars"]
"""What the form asks for beside its button."""
SOURCE: Final[Code] = "self_report"
MOST_DIGITS: Final = 20
STARS: Final = range(1, 6)


class Kind(NamedTuple):
    """`noun` is that of the stream, `action` the policy's; `asks` is None when there is nothing left to do.

    `command` is made of what was entered; None when that cannot be read.
    """

    noun: Literal["plan", "session"]
    action: str
    asks: Callable[[Any, DedupeKey], Asks | None]
    command: Callable[[DedupeKey, str], Command | None]


def action_asks(state: PlanState, key: DedupeKey) -> Asks | None:
    action = state.actions.get(key.subject_id)
    return "nothing" if action is not None and action.is_open else None


def measure_asks(state: PlanState, key: DedupeKey) -> Asks | None:
    """Nothing once a value was measured after the day from which the reminder counts."""
    objective = state.objectives.get(key.subject_id)
    if objective is None or objective.outcome is not None or objective.terms.measure is None:
        return None
    if any(one.on > date.fromisoformat(key.anchor) for one in objective.measured):
        return None
    return "yes_no" if objective.terms.measure.kind == "yes_no" else "number"


def rating_asks(state: SessionState, key: DedupeKey) -> Asks | None:
    return "stars" if state.stage == "completed" and all(one.by != key.recipient_id for one in state.ratings) else None


def completing(key: DedupeKey, entered: str) -> Command:
    return CompleteAction(action_id=key.subject_id)


def measuring(key: DedupeKey, entered: str) -> Command | None:
    value = number(entered)
    return None if value is None else MeasureProgress(objective_id=key.subject_id, value=value, source=SOURCE)


def rating(key: DedupeKey, entered: str) -> Command | None:
    stars = {str(point): point for point in STARS}.get(entered)
    return None if stars is None else RateSession(instrument="stars", scores={"stars": stars})


def number(entered: str) -> Decimal | None:
    """With the decimal sign of any language, and without another one to set thousands apart: that would be read two ways."""
    text = entered.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    plain = text.lstrip("-").replace(".", "", 1)
    if not plain.isascii() or not plain.isdecimal() or len(plain) > MOST_DIGITS:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


KINDS: Final[Mapping[Code, Kind]] = {
    "action_due": Kind("plan", "complete_action", action_asks, completing),
    "objective_unmeasured": Kind("plan", "measure_progress", measure_asks, measuring),
    "session_unrated": Kind("session", "rate_session", rating_asks, rating),
}
"""By the rule of the reminder."""
