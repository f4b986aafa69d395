"""How each event changes an engagement."""

from domain.engagement.evolve import agreement, consent, course, emergency, handover, proposal
from domain.engagement.evolve.table import evolve

__all__ = ["agreement", "consent", "course", "emergency", "evolve", "handover", "proposal"]
