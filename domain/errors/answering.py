"""Refusals of an answer to what an instrument asks, whoever asks by it: an assessment, a survey, the rating of a session."""

from __future__ import annotations

from domain.errors import Refusal


class AlreadySubmitted(Refusal):
    """The answers were submitted already, once and for all: there is nothing more to do."""


class RatingInstrumentUnknown(Refusal):
    """There is no such instrument: see `facts` for those that there are."""


class RatingOutOfScale(Refusal):
    """Rate every item of the instrument, and no other, by a whole number on its scale."""
