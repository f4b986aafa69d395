"""What may be refused about an assessment."""

from domain.errors import Refusal


class AssessmentOpen(Refusal):
    """An assessment of that kind is open already: finish it first."""


class AssessmentNotOpen(Refusal):
    """The assessment is not open."""


class AssessmentClosed(Refusal):
    """The assessment is closed."""


class AlreadySubmitted(Refusal):
    """The answers were submitted already."""


class AnswerOutOfScale(Refusal):
    """An answer lies outside of the instrument's scale, or is about nothing that it asks."""


class NeedAlreadyIdentified(Refusal):
    """That need was identified already."""
