"""What may be asked of a survey."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.command import Command
from domain.survey.response import Audience
from domain.values import Code, Prose


class IssueSurvey(Command, frozen=True, kw_only=True):
    """Asks everybody of an audience of a program, by a mailed link each, which they answer without an account, and once.

    Instruments are `nps` and `stars`. It closes two weeks later, unless told otherwise. Nobody sees who answered, or when; of
    fewer than `rater_min_group` answers nothing is shown.
    """

    program_id: UUID
    audience: Audience = "clients"
    instrument: Code = "nps"
    closes_on: date | None = None


class CloseSurvey(Command, frozen=True, kw_only=True):
    """Ends the answering. By itself that happens when the closing day is over; earlier, say why."""

    reason_code: Code | None = None
    reason: Prose | None = None
