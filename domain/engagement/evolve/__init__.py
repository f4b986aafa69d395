"""How each event changes an engagement."""

from domain.engagement.evolve import agreement, alignment, choice, consent, course, emergency, handover, member, proposal
from domain.engagement.evolve.table import evolve

__all__ = ["agreement", "alignment", "choice", "consent", "course", "emergency", "evolve", "handover", "member", "proposal"]
