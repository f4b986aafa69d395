"""What an evaluation allows."""

from domain.evaluation.decide import correction, judging, schedule
from domain.evaluation.decide.table import decide

__all__ = ["correction", "decide", "judging", "schedule"]
