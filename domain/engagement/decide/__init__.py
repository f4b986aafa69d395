"""What an engagement allows."""

from domain.engagement.decide import agreement, consent, emergency, pause, proposal
from domain.engagement.decide.table import decide

__all__ = ["agreement", "consent", "decide", "emergency", "pause", "proposal"]
