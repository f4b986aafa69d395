"""What those whom a survey asks are told in each language. The promises are those of the code that is kept with it: its English is the domain's."""

from __future__ import annotations

from domain.survey.response import DECLARATIONS
from domain.survey.state import SurveyState


def promised(state: SurveyState) -> list[str]:
    """The ids of the messages that say what was promised, in order."""
    return [f"{state.anonymity}.{number}" for number in range(1, len(DECLARATIONS[state.anonymity]) + 1)]
