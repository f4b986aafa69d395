"""What the things are called that findings are about: by their kind and number, in the order in which they came into the log."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import EngagementProposed
from domain.event import Event
from domain.plan.events import (
    ActionCommitted,
    ChangeProposed,
    MilestoneSet,
    ObjectiveDefined,
    ObjectiveRefined,
    StrategyAdopted,
    TitleRefined,
)
from domain.values import Personal
from infra.eventstore.feed import Fed

ONLY: frozenset[str] = frozenset({"engagement", "plan", "person", "organization", "program"})
"""Nouns that need no number: of an engagement there is one, or they have a name."""


class Thing(NamedTuple):
    """Something of an engagement; `stream` is where its title stands, None for what has none."""

    noun: str
    number: int
    engagement: UUID | None
    stream: UUID
    title: Personal[str] | None


class Index:
    """The things that the events tell of, and whose engagements these are."""

    def __init__(self) -> None:
        self.things: dict[UUID, Thing] = {}
        self.clients: dict[UUID, UUID] = {}
        self.counts: Counter[tuple[UUID | None, str]] = Counter()

    def take(self, fed: Fed) -> None:
        engagement = fed.engagement_id or (fed.stream if fed.type.startswith("engagement.") else None)
        if fed.version == 1:
            self.add(fed.stream, fed.type.partition(".")[0], engagement, fed, None)
        match fed.event:
            case EngagementProposed() as event:
                self.clients[fed.stream] = event.client_id
            case ObjectiveRefined(refinement=TitleRefined() as change) as event if event.objective_id in self.things:
                self.things[event.objective_id] = self.things[event.objective_id]._replace(title=change.to)
            case event:
                for id, noun, title in named(event):
                    self.add(id, noun, engagement, fed, title)

    def add(self, id: UUID, noun: str, engagement: UUID | None, fed: Fed, title: Personal[str] | None) -> None:
        self.counts[engagement, noun] += 1
        self.things.setdefault(id, Thing(noun, self.counts[engagement, noun], engagement, fed.stream, title))


def named(event: Event) -> list[tuple[UUID, str, Personal[str] | None]]:
    """What comes into being by the event inside of a stream."""
    match event:
        case ObjectiveDefined():
            return [(event.objective_id, "objective", event.terms.title)]
        case MilestoneSet():
            return [(event.milestone_id, "milestone", event.title)]
        case StrategyAdopted():
            return [(event.strategy_id, "strategy", event.terms.title)]
        case ActionCommitted():
            return [(event.action_id, "action", event.text)]
        case ChangeProposed():
            return [(event.change_id, "change", None)]
    return []
