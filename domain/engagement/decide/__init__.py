"""What an engagement allows."""

from domain.engagement.decide import (
    agreement,
    alignment,
    choice,
    closure,
    consent,
    early,
    emergency,
    handover,
    member,
    pause,
    proposal,
    recontracting,
)
from domain.engagement.decide.table import decide

__all__ = [
    "agreement",
    "alignment",
    "choice",
    "closure",
    "consent",
    "decide",
    "early",
    "emergency",
    "handover",
    "member",
    "pause",
    "proposal",
    "recontracting",
]
