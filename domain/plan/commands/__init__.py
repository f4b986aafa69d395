"""Everything that can be asked of a plan."""

from domain.plan.commands.agreement import AcceptChange, ActivatePlan, ApprovePlan, DeclineChange, DraftPlan, ProposeChange, ProposePlan
from domain.plan.commands.milestone import AdjustMilestone, ReachMilestone, SetMilestone
from domain.plan.commands.objective import (
    ConcludeObjective,
    DefineAttainmentScale,
    DefineObjective,
    RecordBaseline,
    RecordClientInput,
    RefineObjective,
)
from domain.plan.commands.progress import CorrectMeasurement, MeasureProgress, ReviewPlan, WithdrawEntry
from domain.plan.commands.strategy import AdoptStrategy, CommitAction, CompleteAction, DropStrategy, ReviseStrategy

__all__ = [
    "AcceptChange",
    "ActivatePlan",
    "AdjustMilestone",
    "AdoptStrategy",
    "ApprovePlan",
    "CommitAction",
    "CompleteAction",
    "ConcludeObjective",
    "CorrectMeasurement",
    "DeclineChange",
    "DefineAttainmentScale",
    "DefineObjective",
    "DraftPlan",
    "DropStrategy",
    "MeasureProgress",
    "ProposeChange",
    "ProposePlan",
    "ReachMilestone",
    "RecordBaseline",
    "RecordClientInput",
    "RefineObjective",
    "ReviewPlan",
    "ReviseStrategy",
    "SetMilestone",
    "WithdrawEntry",
]
