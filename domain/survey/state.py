"""A survey as it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.session.rating import INSTRUMENTS, Instrument
from domain.survey.response import Audience, Response
from domain.values import NIL, Code


class SurveyState(Struct, frozen=True, kw_only=True):
    """Who is asked by what, until when; what was answered, once it is closed."""

    id: UUID = NIL
    program_id: UUID = NIL
    audience: Audience = "clients"
    instrument: Code = ""
    instrument_version: int = 0
    min_group: int = 0
    anonymity: Code = ""
    recipients: tuple[UUID, ...] = ()
    issued_on: date = date.min
    closes_on: date = date.max
    closed_on: date | None = None
    reminders: int = 0
    responses: tuple[Response, ...] = ()

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def asks_by(self) -> Instrument:
        return INSTRUMENTS[self.instrument, self.instrument_version]
