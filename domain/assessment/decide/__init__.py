"""What a needs assessment allows."""

from domain.assessment.decide import answer, closing, launch, need, rater, release
from domain.assessment.decide.table import decide

__all__ = ["answer", "closing", "decide", "launch", "need", "rater", "release"]
