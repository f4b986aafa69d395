"""What may be refused about an evaluation."""

from domain.errors import Refusal


class EvaluationExists(Refusal):
    """That evaluation is scheduled already."""


class AlreadyRecorded(Refusal):
    """The evaluation was recorded already."""


class PlanVersionUnknown(Refusal):
    """The plan has no such version."""


class NothingRecorded(Refusal):
    """Nobody has judged yet: there is nothing to take note of."""


class RatedTwice(Refusal):
    """An objective, or a level, is rated once in a judgement."""
