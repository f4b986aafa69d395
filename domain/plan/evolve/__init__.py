"""How each event changes the plan: never a refusal, never a look at the clock."""

from domain.plan.evolve import agreement, item, objective, pause, voice
from domain.plan.evolve.table import evolve

__all__ = ["agreement", "evolve", "item", "objective", "pause", "voice"]
