"""What was shown of a person, and what somebody asked for when it was, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from domain.access.events import AccessClass
from services.audit.question.table import QUESTIONS

CLASSES: Final[Mapping[AccessClass, str]] = {
    "names": "name",
    "record": "dates, numbers and who did what",
    "objective_titles": "objectives",
    "progress": "progress",
    "attainment": "attainment",
    "evaluation_summary": "summaries of evaluations",
    "attendance": "attendance",
    "words": "texts of plans and sessions",
    "profile": "address and roles",
}
"""What was shown, in words."""
ASKED: Final[Mapping[str, str]] = {
    "read_person": "the person",
    "list_people": "the list of people",
    "read_memberships": "how they came by their roles",
    "read_engagement": "the engagement",
    "read_emergency_accesses": "what was asked for in emergencies",
    "list_engagements": "the list of engagements",
    "read_plan": "the plan",
    "list_plans": "the list of plans",
    "read_timeline": "what happened",
    "read_readiness": "how ready the plan is",
    "read_as_of": "how it stood on a day",
    "read_difference": "what changed between two days",
    "read_ledger": "the ledger of the plan",
    "list_ledger": "the ledger",
    "read_board": "the board",
    "list_reports": "the list of reports",
    "read_report": "a report",
    "read_assessment": "an assessment",
    "read_evaluation": "an evaluation",
    "read_accesses": "who saw what",
    "list_questions": "the questions of an audit",
    "open_audit": "the questions of an audit",
}
"""What somebody asked for, in words; the names of actions that are neither these nor questions are words enough."""
QUESTIONS_ASKED: Final = {one.action: f"the audit question “{one.text}”" for one in QUESTIONS}


def in_words(classes: Sequence[AccessClass]) -> str:
    return ", ".join(said for name, said in CLASSES.items() if name in classes)


def asked_for(action: str) -> str:
    return ASKED.get(action) or QUESTIONS_ASKED.get(action) or action.replace("_", " ")
