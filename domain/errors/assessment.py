"""What may be refused about an assessment."""

from domain.errors import Refusal


class AssessmentOpen(Refusal):
    """An assessment of that kind is open already: finish it first."""


class AssessmentNotOpen(Refusal):
    """The assessment is not open today: answer from its `opens_on` to its `closes_on`, or launch another one."""


class AssessmentClosed(Refusal):
    """The assessment is closed, and takes nothing more: launch another one, if it is to be asked again."""


class AnswerOutOfScale(Refusal):
    """An answer lies outside of the instrument's scale, or is about nothing that it asks: give each item that is asked a point of the scale."""


class AnswerIncomplete(Refusal):
    """Items that are asked are not answered: give each a point on the scale, or null where it does not apply."""


class NeedAlreadyIdentified(Refusal):
    """That need was identified already: go on with the one that is there."""


class AssessmentStarted(Refusal):
    """A rater has answered already: who is asked, and in which group, stays as it is."""


class AssessmentNotReleased(Refusal):
    """The results were not released yet: close the assessment, and release them first."""


class AssessmentStillOpen(Refusal):
    """The assessment is still answered: close it first."""


class ResultsAlreadyReleased(Refusal):
    """The results were released already: read them."""


class RaterInTwoGroups(Refusal):
    """That person is nominated already, and nobody answers twice. Whoever decides on it can put them into another group."""


class RaterNotEligible(Refusal):
    """Client and coach are no raters: the client answers about themselves, and the coach keeps out of it."""


class TooManyRaters(Refusal):
    """No more raters can be nominated for this assessment: have one of those that wait declined, or go on with those who are asked."""


class BelowAnonymityFloor(Refusal):
    """Too few raters answered: nothing can be shown without telling who said what. Leave it open for more answers, or go without it."""


class EvidenceSuppressed(Refusal):
    """That part of the results is hidden, so that nobody can tell who said it: it proves nothing. Name another part."""


class StatementMissing(Refusal):
    """The instrument has no words of its own in that language: bring a statement for every item that is asked."""


class NotOfRaters(Refusal):
    """This is about raters, and the assessment asks none: launch one of the kind feedback_360."""


class OneAtATime(Refusal):
    """Anonymous answers are taken in by a command that stands alone: send it by itself, and not in a batch with others of its kind."""
