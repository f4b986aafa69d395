"""Every noun of the domain, by the name that begins its stored events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from domain.access.decide import decide as decide_access
from domain.access.evolve import evolve as evolve_access
from domain.access.state import AccessState
from domain.assessment.decide import decide as decide_assessment
from domain.assessment.evolve import evolve as evolve_assessment
from domain.assessment.state import AssessmentState
from domain.decider import Decide, Evolve
from domain.engagement.decide import decide as decide_engagement
from domain.engagement.evolve import evolve as evolve_engagement
from domain.engagement.standing import stands as stands_engagement
from domain.engagement.state import EngagementState
from domain.evaluation.decide import decide as decide_evaluation
from domain.evaluation.evolve import evolve as evolve_evaluation
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.organization.decide import decide as decide_organization
from domain.organization.evolve import evolve as evolve_organization
from domain.organization.state import OrganizationState
from domain.person.decide import decide as decide_person
from domain.person.evolve import evolve as evolve_person
from domain.person.state import PersonState
from domain.plan.decide import decide as decide_plan
from domain.plan.evolve import evolve as evolve_plan
from domain.plan.standing import stands as stands_plan
from domain.plan.state import PlanState
from domain.program.decide import decide as decide_program
from domain.program.evolve import evolve as evolve_program
from domain.program.state import ProgramState
from domain.reminder.decide import decide as decide_reminder
from domain.reminder.evolve import evolve as evolve_reminder
from domain.reminder.state import ReminderState
from domain.report.decide import decide as decide_report
from domain.report.evolve import evolve as evolve_report
from domain.report.state import ReportState
from domain.session.decide import decide as decide_session
from domain.session.evolve import evolve as evolve_session
from domain.session.state import SessionState
from domain.survey.decide import decide as decide_survey
from domain.survey.evolve import evolve as evolve_survey
from domain.survey.state import SurveyState


def always(state: Any, event: Event) -> bool:
    """An event of a noun whose events name nothing that another one brought."""
    return True


class Noun(NamedTuple):
    """How a noun's streams are folded and decided on. `initial` is the state of a stream that does not exist yet.

    `stands` tells a fold that leaves events out whether the state holds what an event is about.
    """

    name: str
    plural: str
    initial: Any
    evolve: Evolve[Any]
    decide: Decide[Any, Any]
    stands: Callable[[Any, Event], bool] = always


NOUNS: Final[dict[str, Noun]] = {
    noun.name: noun
    for noun in (
        Noun("organization", "organizations", OrganizationState(), evolve_organization, decide_organization),
        Noun("person", "people", PersonState(), evolve_person, decide_person),
        Noun("program", "programs", ProgramState(), evolve_program, decide_program),
        Noun("engagement", "engagements", EngagementState(), evolve_engagement, decide_engagement, stands_engagement),
        Noun("assessment", "assessments", AssessmentState(), evolve_assessment, decide_assessment),
        Noun("plan", "plans", PlanState(), evolve_plan, decide_plan, stands_plan),
        Noun("session", "sessions", SessionState(), evolve_session, decide_session),
        Noun("evaluation", "evaluations", EvaluationState(), evolve_evaluation, decide_evaluation),
        Noun("survey", "surveys", SurveyState(), evolve_survey, decide_survey),
        Noun("reminder", "reminders", ReminderState(), evolve_reminder, decide_reminder),
        Noun("report", "reports", ReportState(), evolve_report, decide_report),
        Noun("access", "accesses", AccessState(), evolve_access, decide_access),
    )
}
