"""What raters are told in each language. The promises are those of the code that is kept with an assessment: its English is the domain's."""

from __future__ import annotations

from domain.assessment.feedback import DECLARATIONS
from domain.assessment.state import AssessmentState


def promised(state: AssessmentState) -> list[str]:
    """The ids of the messages that say what was promised, in order."""
    code = state.anonymity
    return [] if code is None else [f"{code}.{number}" for number in range(1, len(DECLARATIONS[code]) + 1)]
