"""When coaching begins, rests, goes on and ends."""

from __future__ import annotations

from datetime import date

from domain.command import Command
from domain.values import Code, Prose


class ActivateEngagement(Command, frozen=True, kw_only=True):
    """Begins the coaching, once every party has signed."""

    starts_on: date
    planned_end: date


class Reasoned(Command, frozen=True, kw_only=True):
    """A command that says why: a code of the organization's list, at least ten characters of reason, or both."""

    reason_code: Code | None = None
    reason: Prose | None = None


class PauseEngagement(Reasoned, frozen=True, kw_only=True):
    """Lets the coaching rest from today on: nobody is reminded, and no day of it counts in any indicator. `until` is the day foreseen.

    With `shifts_due_dates` open dates of plan and evaluations, and the planned end, become later by as long as it rests, once resumed.
    """

    until: date | None = None
    shifts_due_dates: bool = True


class ResumeEngagement(Reasoned, frozen=True, kw_only=True):
    """Lets the coaching go on from today."""


class CompleteEngagement(Command, frozen=True, kw_only=True):
    """Closes an engagement whose final evaluation is recorded and whose objectives are concluded. Consents end with it.

    `sustainment_plan` says how the client keeps what was reached. The coach still reads it for 30 days.
    """

    sustainment_plan: Prose | None = None


class EndEngagementEarly(Reasoned, frozen=True, kw_only=True):
    """Ends the coaching before its end, for any of its parties. Consents end with it, and the coach still reads it for 30 days."""


class EndForErasure(Command, frozen=True, kw_only=True):
    """Ends an engagement, at whichever stage, because who was coached in it is erased: nobody is left to be coached."""


class CancelEngagement(Reasoned, frozen=True, kw_only=True):
    """Gives an engagement up whose coaching has not begun."""
