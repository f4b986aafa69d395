"""What may be refused about a survey."""

from domain.errors import Refusal


class SurveyOpen(Refusal):
    """A survey of that audience by that instrument is open in the program: wait until it closes, or close it."""


class SurveyClosedAlready(Refusal):
    """The survey is closed: nothing is answered any more. Issue another one, if it is to be asked again."""
