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
    """Ends the coaching before its end, for any of its parties. Consents end with it, and the coach still reads it for 30 days.

    `ends_on` is its last day; without one it is the earliest that there is. A party keeps the agreement's days of notice, up to the
    planned end at most; who runs the program may end it today. What is to end today is over at once; of what ends later notice is
    given: sessions after that day are called off, none is booked after it, and with that day it is over.
    """

    ends_on: date | None = None


class WithdrawEngagementNotice(Reasoned, frozen=True, kw_only=True):
    """Lets a coaching go on that notice was given of, by who runs the program. Sessions that were called off are booked anew."""


class EndAfterNotice(Command, frozen=True, kw_only=True):
    """Ends an engagement whose last day, as notice was given of it, has passed."""

    ends_on: date


class EndForErasure(Command, frozen=True, kw_only=True):
    """Ends an engagement, at whichever stage, because who was coached in it is erased: nobody is left to be coached."""


class CancelEngagement(Reasoned, frozen=True, kw_only=True):
    """Gives an engagement up whose coaching has not begun."""
