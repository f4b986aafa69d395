"""The forms of an engagement and of its agreement: what each of them sends, as the command that it stands for, and who gets it when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from domain.assessment.commands import LaunchNeedsAssessment
from domain.command import Command
from domain.engagement.commands import (
    ActivateEngagement,
    AddMember,
    AmendAgreement,
    AssignCoach,
    CancelEngagement,
    CompleteEngagement,
    DraftAgreement,
    EndEngagementEarly,
    GrantDisclosureConsent,
    PauseEngagement,
    RemoveMember,
    ResumeEngagement,
    SignAgreement,
    WithdrawDisclosureConsent,
    WithdrawEngagementNotice,
    WithdrawRecontracting,
)
from domain.engagement.decide.closure import BEFORE
from domain.engagement.state import EngagementState
from domain.glossary import ENDED
from domain.plan.commands import DraftPlan
from services.engagement.step import Course
from services.entry.body import decode
from services.pages.form import allowed, asked_for, filled, number
from services.permission.relation import of_engagement
from services.reading.reads import Look

COMMANDS: Final[Mapping[str, type[Command]]] = {
    "assign": AssignCoach,
    "begin": ActivateEngagement,
    "plan": DraftPlan,
    "launch": LaunchNeedsAssessment,
    "pause": PauseEngagement,
    "resume": ResumeEngagement,
    "complete": CompleteEngagement,
    "end": EndEngagementEarly,
    "keep": WithdrawEngagementNotice,
    "cancel": CancelEngagement,
    "add": AddMember,
    "remove": RemoveMember,
    "grant": GrantDisclosureConsent,
    "withdraw": WithdrawDisclosureConsent,
}
ON_AGREEMENT: Final[Mapping[str, type[Command]]] = {
    **{"draft": DraftAgreement, "sign": SignAgreement, "amend": AmendAgreement},
    "take_back": WithdrawRecontracting,
}
DONE: Final = {
    "propose": "The coaching is proposed. Now assign its coach.",
    "assign": "The coach is assigned.",
    "begin": "The coaching has begun.",
    "pause": "The coaching rests.",
    "resume": "The coaching goes on.",
    "complete": "The coaching is completed.",
    "end": "Noted. On which day it ends stands above.",
    "keep": "The notice is taken back: the coaching goes on.",
    "cancel": "The coaching is cancelled.",
    "add": "They belong to the group. What it shares they read once they have signed its terms.",
    "remove": "They belong to the group no more, and read nothing of it from now on.",
    "grant": "Noted: the sponsor sees that from now on.",
    "withdraw": "Noted: the sponsor sees that no more, at once.",
    "draft": "The terms are put down. Who has to sign them is told by mail.",
    "sign": "You have signed these terms.",
    "amend": "The new terms are in force.",
    "take_back": "The terms stay as they are.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset({"sessions", "cadence_days", "cancellation_hours", "termination_days", "seen"})
SEVERAL: Final = frozenset({"subjects", "confidentiality_limits", "information_flows", "competencies"})
SPONSOR: Final = {"role": "sponsor"}


def command_of(commands: Mapping[str, type[Command]], form: FormMultiDict, engagement: UUID) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    command = asked_for(str(form.get("what", "")), commands)
    body: dict[str, Any] = {name: number(name, text) if name in NUMBERS else text for name, text in filled(form).items() if name != "what"}
    several = {name: [str(one) for one in form.getall(name, [])] for name in SEVERAL}
    if command is DraftPlan:
        body["engagement_id"] = str(engagement)
    elif command is LaunchNeedsAssessment:
        body |= {"engagement_id": str(engagement), "competencies": several["competencies"]}
    elif command is PauseEngagement:
        body["shifts_due_dates"] = "shifts_due_dates" in body
    elif command in (GrantDisclosureConsent, WithdrawDisclosureConsent):
        body["subjects"] = several["subjects"]
        body["recipient"] = {"person_id": body.pop("person")} if "person" in body else SPONSOR
    elif command is DraftAgreement:
        body["confidentiality_limits"] = several["confidentiality_limits"]
        body["information_flows"] = [{"about": subject, "to": "sponsor"} for subject in several["information_flows"]]
    return decode(command, msgspec.json.encode(body))


def forms_for(look: Look, course: Course) -> frozenset[str]:
    """What the reader may do to the engagement now."""
    engagement = course.engagement
    if engagement.stage in ENDED:
        return frozenset()
    found, me = allowed(look.actor, COMMANDS, of_engagement(engagement)), look.actor.person_id
    ready = {
        "assign": engagement.coach_id is None,
        "begin": engagement.stage == "contracted",
        "plan": engagement.stage in ("contracted", "active", "paused") and course.plan is None,
        "launch": engagement.stage == "active",
        "pause": engagement.stage == "active",
        "resume": engagement.stage == "paused",
        "complete": engagement.stage == "active",
        "end": engagement.stage in ("active", "paused") and (engagement.notice is None or "keep" in found),
        "keep": engagement.notice is not None,
        "cancel": engagement.stage in BEFORE,
        "add": engagement.kind != "individual",
        "remove": bool(engagement.present_members),
        "grant": engagement.sponsor_id is not None and engagement.agreement is not None and engagement.agreement.bears(me),
        "withdraw": any(one.by == me for one in engagement.consents),
    }
    return frozenset(what for what in found if ready[what])


def forms_on_agreement(look: Look, engagement: EngagementState) -> frozenset[str]:
    """What the reader may do to the agreement now; only who is a party signs, and once."""
    if engagement.stage in ENDED:
        return frozenset()
    found, latest, me = allowed(look.actor, ON_AGREEMENT, of_engagement(engagement)), engagement.latest, look.actor.person_id
    ready = {
        "draft": engagement.coach_id is not None and (latest is None or not latest.signed or engagement.awaits_terms),
        "sign": engagement.to_sign(me) is not None,
        "amend": engagement.amendment is not None and not engagement.awaits(engagement.amendment),
        "take_back": engagement.recontracting_is_withdrawable and may_take_back(look, engagement),
    }
    return frozenset(what for what in found if ready[what])


def may_take_back(look: Look, engagement: EngagementState) -> bool:
    """That the parties agree anew."""
    opened = engagement.recontracting
    return look.actor.role == "program_manager" or (opened is not None and opened.opened_by == look.actor.person_id)
