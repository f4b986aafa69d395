"""What an engagement allows."""

from domain.engagement.decide import agreement, consent, pause, proposal
from domain.engagement.decide.table import decide

__all__ = ["agreement", "consent", "decide", "pause", "proposal"]
