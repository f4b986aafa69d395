"""What may be refused about an evaluation."""

from domain.errors import Refusal


class EvaluationExists(Refusal):
    """That evaluation is scheduled already: record that one, or choose another kind or date."""


class AlreadyRecorded(Refusal):
    """The evaluation was recorded already: correct it with correct-evaluation, which keeps both values."""


class PlanVersionUnknown(Refusal):
    """The plan has no such version: name in `plan_version` one from 1 to its present one."""


class NothingRecorded(Refusal):
    """Nobody has judged yet: there is nothing to take note of before somebody has."""


class RatedTwice(Refusal):
    """An objective, or a level, is rated once in a judgement: leave the second one out."""


class EstimateOutOfRange(Refusal):
    """Attribution and confidence are estimates in per cent: give each from 0 to 100."""
