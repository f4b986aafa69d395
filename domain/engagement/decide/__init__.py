"""What an engagement allows."""

from domain.engagement.decide import agreement, closure, consent, emergency, handover, pause, proposal, recontracting
from domain.engagement.decide.table import decide

__all__ = ["agreement", "closure", "consent", "decide", "emergency", "handover", "pause", "proposal", "recontracting"]
