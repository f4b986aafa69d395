"""What the things are called that findings are about: by their kind and number, in the order in which they came into the log."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import EngagementProposed, MemberAdded
from domain.event import Event
from domain.plan.events import (
    ActionCommitted,
    ChangeProposed,
    MilestoneSet,
    ObjectiveDefined,
    ObjectiveRefined,
    PlanDrafted,
    StrategyAdopted,
    TitleRefined,
)
from domain.report.events import ReportRequested
from domain.values import Personal
from infra.eventstore.feed import Fed
from services.audit.question.finding import Finding

ONLY: frozenset[str] = frozenset({"engagement", "plan", "person", "organization", "program"})
"""Nouns that need no number: of an engagement there is one, or they have a name."""


class Thing(NamedTuple):
    """Something of an engagement; `stream` is where its title stands, None for what has none.

    `named` is what it is called where that is no personal text, and then `at` is when it came to be.
    """

    noun: str
    number: int
    engagement: UUID | None
    stream: UUID
    title: Personal[str] | None
    named: str | None = None
    at: datetime | None = None


class Index:
    """The things that the events tell of, and whose engagements these are."""

    def __init__(self) -> None:
        self.things: dict[UUID, Thing] = {}
        self.clients: dict[UUID, UUID] = {}
        self.coached: dict[UUID, set[UUID]] = defaultdict(set)
        """Engagement -> everybody who is or was coached in it."""
        self.plans: dict[UUID, Fed] = {}
        """Engagement -> the beginning of its plan."""
        self.counts: Counter[tuple[UUID | None, str]] = Counter()

    def take(self, fed: Fed) -> None:
        engagement = fed.engagement_id or (fed.stream if fed.type.startswith("engagement.") else None)
        if fed.version == 1:
            self.add(fed.stream, fed.type.partition(".")[0], engagement, fed, None)
        match fed.event:
            case EngagementProposed() as event:
                self.clients[fed.stream] = event.client_id
                self.coached[fed.stream].add(event.client_id)
            case MemberAdded() as event:
                self.coached[fed.stream].add(event.client_id)
            case PlanDrafted() as event:
                self.plans[event.engagement_id] = fed
            case ReportRequested() as event:
                self.things[fed.stream] = self.things[fed.stream]._replace(named=report_named(event), at=fed.recorded_at)
            case ObjectiveRefined(refinement=TitleRefined() as change) as event if event.objective_id in self.things:
                self.things[event.objective_id] = self.things[event.objective_id]._replace(title=change.to)
            case event:
                for id, noun, title in named(event):
                    self.add(id, noun, engagement, fed, title)

    def engagement_of(self, one: Finding) -> UUID | None:
        """Where it was found, by its last evidence."""
        thing = self.things.get(one.evidence[-1].stream_id) if one.evidence else None
        return thing.engagement if thing else None

    def plan_of(self, one: Finding) -> UUID | None:
        """The plan of that engagement, as far as it had begun by then."""
        engagement = self.engagement_of(one)
        begun = self.plans.get(engagement) if engagement else None
        return begun.stream if begun and begun.position <= one.evidence[-1].position else None

    def add(self, id: UUID, noun: str, engagement: UUID | None, fed: Fed, title: Personal[str] | None) -> None:
        self.counts[engagement, noun] += 1
        self.things.setdefault(id, Thing(noun, self.counts[engagement, noun], engagement, fed.stream, title))


def report_named(event: ReportRequested) -> str:
    """`client progress report (PDF)`: there are many, which their time tells apart."""
    return f"{event.template.replace('_', ' ')} report ({event.format.upper()})"


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
