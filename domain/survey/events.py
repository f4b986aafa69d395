"""What happens to a survey."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.survey.response import Audience
from domain.values import OfAuthor, StoredCode


class Score(Struct, frozen=True, kw_only=True):
    """The point that an item was answered by."""

    item: StoredCode
    point: int


@stored("survey.survey_issued")
class SurveyIssued(Event, frozen=True):
    """Everybody of an audience is asked, each by a link of their own, up to that day. Of fewer answers than the floor nothing is told.

    `recipients` are those who belonged to the audience that day; `anonymity` is the code of what they are promised.
    """

    survey_id: UUID
    program_id: UUID
    audience: Audience
    instrument: StoredCode
    instrument_version: int
    min_group: int
    anonymity: StoredCode
    recipients: tuple[UUID, ...]
    issued_on: date
    closes_on: date


@stored("survey.survey_response_submitted")
class SurveyResponseSubmitted(Event, frozen=True):
    """What one person answered. It came into the log with the closing, among all others in random order: nobody's, at no time."""

    scores: tuple[Score, ...]
    instrument: StoredCode
    instrument_version: int


@stored("survey.survey_closed")
class SurveyClosed(Event, frozen=True):
    """Nothing is answered any more, and no link is left. `reminders` is how many mails reminded, of whom is not kept."""

    program_id: UUID
    audience: Audience
    instrument: StoredCode
    closed_on: date
    early: bool
    invited: int
    answered: int
    reminders: int
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
