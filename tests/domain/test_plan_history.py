"""Whatever is asked of a plan in whatever order: it decides or refuses, and what it decided folds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st

from domain.command import Command
from domain.digest import digest_of_nothing, extended
from domain.errors import Refusal
from domain.event import Event, Recorded
from domain.plan import commands
from domain.plan.commands import (
    AcceptChange,
    AcknowledgeWin,
    ActivatePlan,
    AdjustMilestone,
    AdoptStrategy,
    ApprovePlan,
    CommitAction,
    CompleteAction,
    ConcludeObjective,
    CorrectMeasurement,
    DeclineChange,
    DefineAttainmentScale,
    DraftPlan,
    DropAction,
    DropStrategy,
    MeasureProgress,
    MissMilestone,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RecordBaseline,
    RecordClientInput,
    RefineObjective,
    RescheduleAction,
    ReviewPlan,
    ReviseStrategy,
    SetMilestone,
    WithdrawEntry,
    WithdrawMilestone,
)
from domain.plan.commands.refinement import RefineDue, RefineTarget, RefineTitle, ReplaceMeasure
from domain.plan.decide import decide
from domain.plan.digest import is_content
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from tests.domain.planning import ENGAGEMENT, UNKNOWN, by, measured, smart
from tests.domain.spec import CLIENT, COACH, NOW, SPONSOR, days, recorded, uuid
from tests.domain.test_plan_scale import levels

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Asking:
    """Makes commands that mostly fit the plan as it stands, and sometimes do not."""

    def __init__(self, state: PlanState, draw: Draw, seen: int) -> None:
        self.state, self.draw, self.seen = state, draw, seen

    def one_of(self, items: Any) -> Any:
        return self.draw(st.sampled_from([*items, *items, *items, UNKNOWN]))

    def number(self, low: int = 0, high: int = 100) -> Decimal:
        return Decimal(self.draw(st.integers(low, high)))

    def day(self) -> Any:
        return days(self.draw(st.integers(-2, 60)))

    def version(self) -> int:
        return int(self.draw(st.integers(1, self.seen + 1)))

    def objective(self) -> UUID:
        return UUID(str(self.one_of(self.state.objectives)))

    def refinement(self) -> RefineObjective:
        objective_id = self.objective()
        known = self.state.objectives.get(objective_id)
        wanted = [
            RefineTitle(to="I want to grow", seen=self.seen),
            RefineTarget(from_=known.terms.target if known else None, to=self.number()),
            RefineDue(from_=known.terms.due_on if known else None, to=self.day()),
            ReplaceMeasure(to=measured(), baseline_by=self.day(), target=self.number(), seen=self.seen),
        ]
        return RefineObjective(objective_id=objective_id, refinement=self.draw(st.sampled_from(wanted)), reason_code="scope")

    def content(self) -> list[Command]:
        strategy_id = self.one_of(self.state.strategies)
        return [
            smart(due_on=self.day()),
            self.refinement(),
            DefineAttainmentScale(objective_id=self.objective(), levels=levels(), seen=self.seen),
            AdoptStrategy(title="Practice", kind="practice", objective_ids=(self.objective(),)),
            ReviseStrategy(strategy_id=strategy_id, seen=self.seen, title="More practice", reason_code="scope"),
            DropStrategy(strategy_id=strategy_id, reason_code="scope"),
        ]

    def agreeing(self) -> list[Command]:
        change_id = self.one_of(self.state.changes)
        return [
            DraftPlan(engagement_id=ENGAGEMENT),
            ProposePlan(),
            ApprovePlan(plan_version=self.state.plan_version, digest=self.state.digest),
            ActivatePlan(),
            ProposeChange(change=self.draw(st.sampled_from(self.content())), reason_code="scope"),  # type: ignore[arg-type]
            AcceptChange(change_id=change_id),
            DeclineChange(change_id=change_id, reason_code="scope"),
        ]

    def working(self) -> list[Command]:
        milestone_id = self.one_of(self.state.milestones)
        known = self.state.milestones.get(milestone_id)
        return [
            *self.acting(),
            MissMilestone(milestone_id=milestone_id, due_on=known.due_on if known else self.day()),
            WithdrawMilestone(milestone_id=milestone_id, reason_code="scope"),
            AcknowledgeWin(what="A good start", milestone_id=self.draw(st.sampled_from([None, milestone_id]))),
            SetMilestone(objective_id=self.objective(), title="Half way", due_on=self.day(), benchmark=self.number()),
            AdjustMilestone(milestone_id=milestone_id, from_=known.due_on if known else self.day(), to=self.day(), reason_code="capacity"),
            ReachMilestone(milestone_id=milestone_id, measured_value=self.number(), reason_code="other"),
            RecordBaseline(objective_id=self.objective(), value=self.number(), source="hr"),
            RecordClientInput(about="plan", stance="agrees", text="Good"),
            MeasureProgress(objective_id=self.objective(), value=self.number(), source="hr"),
            CorrectMeasurement(
                objective_id=self.objective(), corrects_version=self.version(), from_=self.number(), to=Decimal(1), reason_code="other"
            ),
            ReviewPlan(decisions=(), next_review_on=self.day()),
            ConcludeObjective(
                objective_id=self.objective(),
                outcome=self.draw(st.sampled_from(["attained", "abandoned"])),
                level=None,
                reason_code="scope",
            ),
            WithdrawEntry(corrects_version=self.version(), reason_code="other"),
        ]

    def acting(self) -> list[Command]:
        action_id = self.one_of(self.state.actions)
        known = self.state.actions.get(action_id)
        return [
            CommitAction(text="Ask around", owner=CLIENT, due_on=self.day()),
            RescheduleAction(action_id=action_id, from_=known.due_on if known else self.day(), to=self.day(), reason_code="capacity"),
            CompleteAction(action_id=action_id),
            DropAction(action_id=action_id, reason_code="scope"),
        ]

    def command(self) -> Command:
        asked = self.draw(st.sampled_from([self.content, self.agreeing, self.agreeing, self.working]))
        command: Command = self.draw(st.sampled_from(asked()))
        return command


SCRIPT: list[tuple[UUID, Callable[[PlanState], Command]]] = [
    (COACH, lambda _: DraftPlan(engagement_id=ENGAGEMENT)),
    (CLIENT, lambda _: smart()),
    (CLIENT, lambda state: AdoptStrategy(title="Practice", kind="practice", objective_ids=tuple(state.objectives))),
    (COACH, lambda state: SetMilestone(objective_id=next(iter(state.objectives)), title="Half way", due_on=days(20))),
    (COACH, lambda _: ProposePlan()),
    (CLIENT, lambda state: ApprovePlan(plan_version=state.plan_version, digest=state.digest)),
    (COACH, lambda state: ApprovePlan(plan_version=state.plan_version, digest=state.digest)),
    (COACH, lambda _: ActivatePlan()),
]
"""How a plan usually becomes active, so that random histories get beyond that."""


def play(draw: Draw) -> list[Event]:
    """A beginning as usual, then a random history, folded as it grows; commands that are refused leave no trace."""
    state, history = PlanState(), list[Event]()
    begun = draw(st.sampled_from([1, 5, len(SCRIPT), len(SCRIPT)]))
    for step in range(begun + draw(st.integers(0, 40))):
        if step < begun:
            actor, command = SCRIPT[step][0], SCRIPT[step][1](state)
        else:
            actor, command = draw(st.sampled_from([CLIENT, COACH, SPONSOR])), Asking(state, draw, len(history)).command()
        context = by(actor, now=NOW + timedelta(hours=step), ids=(uuid(1000 + 2 * step), uuid(1001 + 2 * step)))
        try:
            events = decide(state, command, context)
        except Refusal:
            continue
        assert decide(state, command, context) == events, "the same is decided again"
        for event in events:
            history.append(event)
            state = evolve(state, recorded(event, len(history)))
    return history


@settings(max_examples=40)
@forall(st.data())
def test_what_was_decided_folds_and_its_digest_can_be_computed_again(data: st.DataObject) -> None:
    history = play(data.draw)
    state, digest = PlanState(), ""
    for version, event in enumerate(history, start=1):
        stored: Recorded[Event] = recorded(event, version)
        digest = (
            extended(digest, stored)
            if is_content(event, active=state.status == "active")
            else digest or digest_of_nothing(stored.event.plan_id)
        )  # type: ignore[attr-defined]
        state = evolve(state, stored)
        assert state.digest == digest
        assert state.plan_version >= 0
        assert len(state.open_objectives) <= 3 or state.status != "active"
        assert all(
            one.original_due == one.adjustments[0].from_on or state.status == "active"
            for one in state.milestones.values()
            if one.adjustments
        )
        assert msgspec.json.encode(state, enc_hook=lambda value: value.sealed)


def test_every_command_of_a_plan_is_decided_somewhere() -> None:
    assert {kind.__name__ for kind in decide.table} == set(commands.__all__)
