"""What a decision about a survey may know."""

from __future__ import annotations

from uuid import UUID

from domain.context import Context
from domain.survey.response import Response


class SurveyContext(Context, frozen=True, kw_only=True):
    """`recipients` are those of the audience. Of a survey that is closed: what was answered, in random order, and how many mails reminded."""

    recipients: tuple[UUID, ...] = ()
    responses: tuple[Response, ...] = ()
    reminders: int = 0
