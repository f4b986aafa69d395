"""A coaching plan's whole life in five steps: objectives, needs, strategies, timeline, evaluation.

It is told once and heard twice: by the demo, over the last twelve weeks, and by a journey over HTTP, on a single day. So
each date is reckoned from the day that the teller has turned to.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from workers.demo.agreeing import agree_on_plan, contract, draft_vaguely
from workers.demo.neglect import neglected
from workers.demo.planning import assess, lay_out
from workers.demo.so_far import Contracted
from workers.demo.teller import Teller
from workers.demo.working import adjust, change, conclude, evaluate, work


class Tale(NamedTuple):
    """Where to look at what came of it."""

    program: UUID
    engagement: UUID
    assessment: UUID
    plan: UUID
    evaluation: UUID
    people: dict[str, UUID]

    @property
    def contracted(self) -> Contracted:
        return Contracted(self.program, self.engagement, self.people)


async def tell(teller: Teller) -> Tale:
    """Plays the story to its end."""
    contracted = await contract(teller)
    assessed = await assess(teller, contracted)
    draft = await draft_vaguely(teller, contracted)
    laid_out = await lay_out(teller, contracted, assessed, draft)
    evaluation = await agree_on_plan(teller, contracted, laid_out)
    await neglected(teller, contracted)
    await work(teller, laid_out)
    await adjust(teller, laid_out)
    await evaluate(teller, laid_out, evaluation)
    await change(teller, laid_out, evaluation)
    await conclude(teller, laid_out)
    return Tale(contracted.program, contracted.engagement, assessed.assessment, draft.plan, evaluation, contracted.people)
