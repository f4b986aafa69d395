"""What may be refused about a plan."""

from domain.errors import Refusal


class PlanExists(Refusal):
    """The engagement has a plan already: change that one."""


class PlanEmpty(Refusal):
    """A plan without an objective cannot be proposed: define one first."""


class PlanNotProposed(Refusal):
    """The plan is not proposed: propose it first."""


class PlanNotActive(Refusal):
    """The plan is not active: let every party approve it, and activate it first."""


class PlanAlreadyActive(Refusal):
    """The plan is active already: change it with propose-change."""


class StalePlan(Refusal):
    """The plan is not the one that was read: read it again, and approve the digest that it has now."""


class AlreadyApproved(Refusal):
    """That party has approved this version already: the others approve it now."""


class ApprovalsMissing(Refusal):
    """Not every party has approved this version of the plan: let those that `facts` names approve it first."""


class ClientApprovalRequired(Refusal):
    """The client has not approved this version of the plan: they approve it first."""


class AssessmentRequired(Refusal):
    """The program demands a needs assessment before the plan becomes active: launch it, and release its results first."""


class ObjectiveNotSmart(Refusal):
    """An objective is not SMART yet: see what each code means, refine the objective, or override a code with a reason."""


class TooManyActiveObjectives(Refusal):
    """There are as many active objectives as the organization allows: conclude one first."""


class ObjectiveClosed(Refusal):
    """The objective is concluded: define a new one, if it goes on."""


class ChangeMustBeProposed(Refusal):
    """The plan is agreed: propose the change, and the other side accepts it."""


class MeasureMissing(Refusal):
    """The objective has no measure yet: give it one first."""


class MeasureHasData(Refusal):
    """Measurements exist in the old unit: propose a new measure instead of changing the unit."""


class BaselineLocked(Refusal):
    """Measurements exist: correct the baseline with a correction, which keeps both values."""


class ScaleInvalid(Refusal):
    """A scale has five different texts, one a level, and anchors that rise or fall with the measure."""


class StrategyWithoutObjective(Refusal):
    """A strategy serves at least one objective: name it in `objective_ids`."""


class StrategyDroppedAlready(Refusal):
    """The strategy was dropped: adopt a new one."""


class ActionDueAfterEngagement(Refusal):
    """The action is due after the engagement's end: choose an earlier date."""


class OwnerNotAParty(Refusal):
    """The owner must be a party to the engagement: name its client, its coach or its sponsor."""


class ActionClosed(Refusal):
    """The action is done or was dropped: commit to a new one."""


class AlreadyCompleted(Refusal):
    """The action was completed already: withdraw that report first, if it was a mistake."""


class MilestoneAfterObjective(Refusal):
    """The milestone is due after its objective: choose an earlier date, or move the objective first."""


class DueInPast(Refusal):
    """The date lies in the past: choose today or a later one."""


class MilestoneClosed(Refusal):
    """The milestone is reached or withdrawn: set a new one."""


class BenchmarkNotMet(Refusal):
    """The measured value does not meet the benchmark: give the value that does, or the reason why it counts."""


class MeasuredBeforeBaseline(Refusal):
    """The measurement lies before the baseline's date: choose that day or a later one, or correct the baseline first."""


class WrongUnit(Refusal):
    """The value is in another unit than the measure's: convert it, or refine the measure first."""


class DuplicateMeasurement(Refusal):
    """That source reported a value for that moment already: correct that one, if it is wrong."""


class ReviewGapTooLong(Refusal):
    """The next review lies further off than the organization's cadence: choose an earlier date, or give a reason."""


class LevelMissing(Refusal):
    """The objective has an attainment scale: say which level was reached."""


class ChangePending(Refusal):
    """A change of the same thing waits for an answer already: have that one accepted or declined first."""


class StaleChange(Refusal):
    """What the change is about changed since it was proposed: propose it anew."""


class ChangeDecided(Refusal):
    """The change was accepted or declined already: propose a new one."""


class NotItsEntry(Refusal):
    """That version is no entry of this kind on this object: look up its version in the timeline."""


class AlreadyWithdrawn(Refusal):
    """The entry was withdrawn already: there is nothing more to withdraw."""


class NotLastVerdict(Refusal):
    """A later entry decides on this object: withdraw that one."""


class NamedTwice(Refusal):
    """This item is moved by an earlier part of the same call: name each once."""


class WeightOutOfRange(Refusal):
    """An objective weighs from 1 to 9: importance times difficulty, each from 1 to 3."""


class ExerciseClosed(Refusal):
    """The exercise was answered already, or withdrawn."""


class AnswersIncomplete(Refusal):
    """Answer each question in its place, with null for one that you leave out, and one of them at least."""


class NotDisclosed(Refusal):
    """The client has not consented that you see this, or it is not agreed yet: comment on what your read shows."""
