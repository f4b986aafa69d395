"""The engagement of a client, and what is found out about their needs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.assessment.commands import IdentifyNeed, LaunchNeedsAssessment, NeedEvidenceBody, SubmitSelfAssessment
from domain.engagement.commands import (
    ActivateEngagement,
    AssignCoach,
    DraftAgreement,
    GrantDisclosureConsent,
    InformationFlowBody,
    ProposeEngagement,
    RecipientBody,
    SignAgreement,
    WithdrawDisclosureConsent,
)
from domain.questionnaire import LEADERSHIP
from workers.demo.history.course import Course
from workers.demo.history.firm import PROPOSED_BEFORE, Firm
from workers.demo.history.script import Script

UNREAD = "0" * 64
"""Stands for the digest of what is signed: an import signs what is there."""
SPONSOR = RecipientBody(role="sponsor")


def engagement(firm: Firm, course: Course) -> Script:
    """Proposed, agreed on, signed by all three, begun; and what the client lets the sponsor see."""
    client, luck, begins = course.client, course.luck, course.begins
    program = client.program
    script = Script(firm.tenant, f"engagement {client.number}", begins - timedelta(days=PROPOSED_BEFORE))
    propose = ProposeEngagement(client_id=client.person.id, program_id=program.id, sponsor_id=program.sponsor.id)
    script.on(begins - timedelta(days=PROPOSED_BEFORE), firm.director, propose)
    assign = AssignCoach(coach_id=client.coach.id, chosen_by=luck.choice(("client", "client", "organization")))
    script.on(begins - timedelta(days=luck.randint(11, 14)), firm.director, assign)
    terms = DraftAgreement(
        sessions=luck.choice((6, 8, 10)),
        cadence_days=luck.choice((14, 21)),
        information_flows=(
            InformationFlowBody(about="objective_titles", to="sponsor"),
            InformationFlowBody(about="progress", to="sponsor"),
        ),
        text="What is said in a session stays between client and coach. The sponsor hears what the client agrees to share.",
    )
    script.on(begins - timedelta(days=9), client.coach, terms)
    for signatory in (client.coach, client.person, program.sponsor):
        script.on(begins - timedelta(days=luck.randint(1, 8)), signatory, SignAgreement(digest=UNREAD))
    script.on(begins, client.coach, ActivateEngagement(starts_on=begins, planned_end=course.ends))
    if program.sponsor_approves or luck.random() < 0.6:
        script.on(begins, client.person, GrantDisclosureConsent(subjects=("objective_titles", "progress"), recipient=SPONSOR))
        if luck.random() < 0.05:
            later = course.active + timedelta(days=luck.randint(20, 90))
            script.on(later, client.person, WithdrawDisclosureConsent(subjects=("progress",), recipient=SPONSOR))
    return script


def assessment(firm: Firm, course: Course, engaged: UUID) -> tuple[Script, dict[str, UUID]]:
    """The client answers for themselves; what they find hard becomes a need. Returns the needs by competency, too."""
    client, luck, begins = course.client, course.luck, course.begins
    script = Script(firm.tenant, f"assessment {client.number}", begins + timedelta(days=1))
    launch = LaunchNeedsAssessment(engagement_id=engaged)
    script.on(begins + timedelta(days=1), client.coach, launch)
    low = list(dict.fromkeys(aim.goal.competency for aim in course.aims))
    answers: dict[str, int | None] = {
        item: luck.randint(1, 3) if code in low else luck.randint(3, 5)
        for code, competency in LEADERSHIP.competencies.items()
        for item in competency.items
    }
    script.on(begins + timedelta(days=luck.randint(2, 5)), client.person, SubmitSelfAssessment(answers=answers))
    needs: dict[str, UUID] = {}
    for code in low:
        shown = (NeedEvidenceBody(source="self_assessment", item=f"{code}_1"),)
        found = IdentifyNeed(competency=code, need_class="challenge", evidence=shown, client_agrees=luck.random() < 0.9)
        needs[code] = script.on(begins + timedelta(days=6), client.coach, found)
    return script, needs
