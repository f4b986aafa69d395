"""Everything that can be asked of a plan."""

from domain.plan.commands.agreement import (
    AcceptChange,
    ActivatePlan,
    ApprovePlan,
    DeclineChange,
    DraftPlan,
    ProposeChange,
    ProposePlan,
    ShiftDueDates,
)
from domain.plan.commands.comment import CommentAsSponsor
from domain.plan.commands.exercise import AnswerExercise, OfferExercise, WithdrawExercise
from domain.plan.commands.milestone import AdjustMilestone, MissMilestone, ReachMilestone, SetMilestone, WithdrawMilestone
from domain.plan.commands.objective import (
    ConcludeObjective,
    DefineAttainmentScale,
    DefineObjective,
    RecordBaseline,
    RecordClientInput,
    RefineObjective,
    ReprioritizeObjective,
)
from domain.plan.commands.progress import AcknowledgeWin, CorrectMeasurement, MeasureProgress, ReviewPlan, WithdrawEntry
from domain.plan.commands.several import MoveDueDates
from domain.plan.commands.strategy import (
    AdoptStrategy,
    CommitAction,
    CompleteAction,
    DropAction,
    DropStrategy,
    RescheduleAction,
    ReviseStrategy,
)

__all__ = [
    "AcceptChange",
    "AcknowledgeWin",
    "ActivatePlan",
    "AdjustMilestone",
    "AdoptStrategy",
    "AnswerExercise",
    "ApprovePlan",
    "CommentAsSponsor",
    "CommitAction",
    "CompleteAction",
    "ConcludeObjective",
    "CorrectMeasurement",
    "DeclineChange",
    "DefineAttainmentScale",
    "DefineObjective",
    "DraftPlan",
    "DropAction",
    "DropStrategy",
    "MeasureProgress",
    "MissMilestone",
    "MoveDueDates",
    "OfferExercise",
    "ProposeChange",
    "ProposePlan",
    "ReachMilestone",
    "RecordBaseline",
    "RecordClientInput",
    "RefineObjective",
    "ReprioritizeObjective",
    "RescheduleAction",
    "ReviewPlan",
    "ReviseStrategy",
    "SetMilestone",
    "ShiftDueDates",
    "WithdrawEntry",
    "WithdrawExercise",
    "WithdrawMilestone",
]
