"""Events, commands and contexts of a plan that most tests begin from; what a test is about it says itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import asdict, replace

from domain.context import EngagementFacts, ProgramBounds, ProgramFacts
from domain.event import Event
from domain.glossary import Party
from domain.plan.commands import DefineObjective
from domain.plan.commands.part import BaselineBody, EvidenceBody, MeasureBody
from domain.plan.context import PlanContext
from domain.plan.decide import decide
from domain.plan.events import (
    ActionCommitted,
    MilestoneSet,
    ObjectiveDefined,
    PlanActivated,
    PlanApproved,
    PlanDrafted,
    PlanProposed,
    StrategyAdopted,
    TimelineEntry,
)
from domain.plan.state import PlanState
from domain.plan.terms import Benchmark, Evidence, Realism, StrategyTerms
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, SPONSOR, TODAY, Happened, days, folded, known, uuid

PLAN, ENGAGEMENT, PROGRAM = uuid(50), uuid(51), uuid(52)
OBJECTIVE, STRATEGY, ACTION, MILESTONE, CHANGE = (uuid(number) for number in range(60, 65))
OTHER_OBJECTIVE, OTHER_STRATEGY = uuid(70), uuid(71)
NEED, OUTCOME = uuid(80), uuid(81)
UNKNOWN = uuid(999)
ANY_DIGEST = "ab" * 32

ENGAGED = EngagementFacts(
    id=ENGAGEMENT,
    state="active",
    client_id=CLIENT,
    coach_id=COACH,
    sponsor_id=SPONSOR,
    program_id=PROGRAM,
    starts_on=TODAY,
    planned_end=days(180),
    consents=frozenset({"objective_titles"}),
)


def program(**changes: Any) -> ProgramFacts:
    facts = ProgramFacts(
        id=PROGRAM,
        is_open=True,
        sponsored=True,
        sponsor_ids=(SPONSOR,),
        sponsor_approves_plans=False,
        sponsor_accepts_changes=False,
        outcome_ids=frozenset({OUTCOME}),
        required_assessments=(),
        evaluation_points=frozenset(),
        smart_gate=None,
        bounds=ProgramBounds(starts_on=TODAY, ends_on=days(180), sessions=8),
        pool={},
        enrolled=frozenset({CLIENT}),
    )
    return replace(facts, **changes)


def by(actor: UUID = COACH, *, engagement: EngagementFacts = ENGAGED, **changes: Any) -> PlanContext:
    """What a decision of this actor may know."""
    more = {
        name: changes.pop(name)
        for name in (
            "program",
            "language",
            "template",
            "needs",
            "finished_assessments",
            "recorded_evaluations",
            "sessions",
            "fresh_features",
        )
        if name in changes
    }
    return PlanContext(**known(actor=actor, **changes), engagement=engagement, **more)


def smart(**changes: Any) -> DefineObjective:
    """The article's objective, put so that every rule of the lint passes."""
    command = DefineObjective(
        title="Lead the billing project team to its first release",
        why="I want to be trusted with a whole project",
        measure=measured(),
        baseline=BaselineBody(value=Decimal(40), at=TODAY, source="team_survey"),
        target=Decimal(80),
        due_on=days(40),
        confidence=7,
    )
    return replace(command, **changes)


def measured(**changes: Any) -> MeasureBody:
    measure = MeasureBody(name="Team members who would work with me again", unit="percent", direction="increase", source="team_survey")
    return replace(measure, **changes)


def kept(cited: EvidenceBody) -> Evidence:
    """Evidence of a command as the event keeps it."""
    return Evidence(**asdict(cited))


def drafted(**changes: Any) -> PlanDrafted:
    event = PlanDrafted(plan_id=PLAN, engagement_id=ENGAGEMENT, client_id=CLIENT, template=None, language="en")
    return replace(event, **changes)


def defined(command: DefineObjective | None = None, objective_id: UUID = OBJECTIVE, actor: UUID = CLIENT) -> ObjectiveDefined:
    """The event of a definition, as deciding it makes it."""
    (event,) = decide(PlanState(id=PLAN), command or smart(), by(actor, ids=(objective_id,), program=program(), needs=frozenset({NEED})))
    assert isinstance(event, ObjectiveDefined)
    return event


def adopted(strategy_id: UUID = STRATEGY, objective_ids: tuple[UUID, ...] = (OBJECTIVE,)) -> StrategyAdopted:
    terms = StrategyTerms(
        title=OfClient("Weekly practice with the team"),
        kind="practice",
        objective_ids=objective_ids,
        realism=Realism(hours_per_week=Decimal(2), obstacles=None),
        client_fit=8,
    )
    return StrategyAdopted(strategy_id=strategy_id, terms=terms, evidence=(), adopted_by="client", change_id=None)


def milestone(due_on: date | None = None, *, benchmark: int | None = None, version: int = 1) -> MilestoneSet:
    return MilestoneSet(
        milestone_id=MILESTONE,
        objective_id=OBJECTIVE,
        title=OfClient("Half of the team convinced"),
        due_on=due_on or days(20),
        benchmark=None if benchmark is None else Benchmark(value=Decimal(benchmark), measure_version=version),
        evidence=None,
        set_by="coach",
        initiated_by="client",
    )


def committed() -> ActionCommitted:
    return ActionCommitted(
        action_id=ACTION,
        strategy_id=None,
        objective_id=OBJECTIVE,
        text=OfClient("Ask three colleagues what they miss"),
        owner=CLIENT,
        due_on=days(7),
        first_step=None,
        accountable_to=COACH,
        session_id=None,
        committed_by="client",
    )


Past = Event | Happened


def proposed(*content: Past) -> list[Past]:
    """A draft with this content, proposed."""
    past = [drafted(), *content]
    return [*past, PlanProposed(plan_version=1, digest=folded("plan", past).digest, lints=(), proposed_by="coach")]


def approved(*content: Past, parties: tuple[Party, ...] = ("client", "coach")) -> list[Past]:
    """Proposed and approved by these parties."""
    past = proposed(*content)
    digest = folded("plan", past).digest
    return [*past, *(PlanApproved(party=party, plan_version=1, digest=digest) for party in parties)]


def active(*content: Past) -> list[Past]:
    """In force since now, with the snapshot of its milestones."""
    past = approved(*content)
    state = folded("plan", past)
    return [
        *past,
        PlanActivated(
            plan_version=1,
            digest=state.digest,
            activated_on=TODAY,
            timeline=tuple(
                TimelineEntry(milestone_id=one.id, objective_id=one.objective_id, due_on=one.due_on) for one in state.milestones.values()
            ),
            lints=(),
            overrides=(),
            smart_gate=True,
        ),
    ]
