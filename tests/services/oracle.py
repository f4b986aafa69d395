"""Who may do what to a coaching, as the roles' table says it in words: written down a second time, it asks nothing of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from domain.glossary import EngagementStage, Role
from services.command.table import TABLE
from services.problems import snake

Verdict = Literal["absent", "forbidden", "allowed"]
PARTIES: Final[frozenset[str]] = frozenset({"client", "coach", "sponsor"})

RESTING: Final = frozenset({"pause_engagement", "resume_engagement", "cancel_engagement", "end_engagement_early"})

ANSWERED: Final = frozenset({"approve_emergency_access", "decline_emergency_access", "end_emergency_access"})

COACHING: Final[Mapping[str, frozenset[str]]] = {
    # The coach leads, the client consents, both write the plan, and the sponsor agrees to what was agreed.
    "coach": frozenset(
        {
            *(
                "draft_agreement",
                "activate_engagement",
                "launch_needs_assessment",
                "decide_rater_nomination",
                "release_assessment_results",
                "debrief_assessment",
            ),
            *("revise_agreement_terms", "amend_agreement", "hold_alignment_meeting", "declare_conflict_of_interest"),
            *("draft_plan", "propose_plan", "activate_plan", "review_plan", "schedule_evaluation"),
            *("offer_exercise", "withdraw_exercise"),
            *(
                "complete_session",
                "record_session_no_show",
                "correct_session_time",
                "counter_session_time",
                "complete_engagement",
                *RESTING,
            ),
        }
    ),
    "client": frozenset(
        {
            "hold_chemistry_session",
            "declare_conflict_of_interest",
            "grant_disclosure_consent",
            "withdraw_disclosure_consent",
            "grant_handover_consent",
            "withdraw_handover_consent",
            "submit_self_assessment",
            "rate_session",
            "answer_exercise",
            "acknowledge_evaluation",
        }
    )
    | RESTING,
    "sponsor": frozenset({"end_engagement_early", "comment_as_sponsor"}),
    "admin": ANSWERED,
    # The director runs programs and engagements, and writes in no plan.
    "program_manager": frozenset(
        {
            "request_emergency_access",
            *ANSWERED,
            *("define_program", "open_program", "revise_program_terms", "close_program"),
            *("add_coach_to_pool", "remove_coach_from_pool", "enrol_participant", "withdraw_participant"),
            *("complete_engagement", "withdraw_engagement_notice", *RESTING),
            *("revise_agreement_terms", "amend_agreement", "hold_chemistry_session", "add_member", "remove_member"),
            *("declare_conflict_of_interest", "resolve_conflict_of_interest"),
            "reassign_coach",
            *("propose_engagement", "assign_coach", "draft_agreement", "activate_engagement", "schedule_evaluation"),
        }
    ),
}
"""What each role alone does about programs, engagements, assessments, plans and evaluations."""
AGREED_ANEW: Final = frozenset({"open_recontracting", "withdraw_recontracting"})
"""What each party, and who runs the program, may ask for."""
SIGNED: Final = frozenset({"sign_agreement", "approve_plan", "accept_change", "decline_change", "record_evaluation", "correct_evaluation"})
"""What needs the word of each party."""
BY_CLOCK: Final = frozenset(
    {"miss_milestone", "shift_due_date", "shift_due_dates", "schedule_program_point", "end_for_erasure", "end_after_notice"}
)
"""What only time does, or what follows of something else."""
NOUNS: Final = frozenset({"program", "engagement", "assessment", "plan", "session", "evaluation"})
COMMANDS: Final = sorted(snake(kind.__name__) for kind, entry in TABLE.items() if entry.noun in NOUNS)
SHOWN: Final[Mapping[str, str]] = {
    "read_plan": "client coach sponsor program_manager auditor",
    "read_engagement": "client coach sponsor program_manager auditor",
    "read_evaluation": "client coach sponsor program_manager auditor",
    "read_session": "client coach program_manager auditor",
    "read_assessment": "client coach program_manager auditor",
    "read_assessment_results": "client coach",
    "close_assessment": "coach worker",
    "remove_member": "program_manager worker",
    "read_timeline": "client coach program_manager auditor",
    "read_readiness": "client coach program_manager auditor",
    "read_as_of": "client coach program_manager auditor",
    "read_difference": "client coach program_manager auditor",
    "read_ledger": "client coach program_manager auditor",
    "read_emergency_accesses": "client coach program_manager auditor admin",
}
"""Who is shown what of an engagement: sponsors nothing of how it came about, integrations nothing at all, nor
administrators, but who asked for words in an emergency, which they may approve."""

WHO_JOINS: Final = frozenset({"read_engagement", "sign_agreement"})
"""What a member of a group does before they have signed: they read what it is about, and promise the others confidence."""
MEMBERS: Final = WHO_JOINS | {
    *("read_plan", "read_session", "rate_session", "record_reflection", "measure_progress", "complete_action"),
    *("commit_action", "record_client_input"),
    *("grant_disclosure_consent", "withdraw_disclosure_consent"),
}
"""What a member of a group does, who is not its first client: reads what is the group's, and speaks for themselves."""


def does(role: str, action: str) -> bool:
    """By the words of the table."""
    if action in SHOWN:
        return role in SHOWN[action].split()
    if action in BY_CLOCK:
        return role == "worker"
    if action in SIGNED:
        return role in PARTIES
    if action in AGREED_ANEW:
        return role in PARTIES | {"program_manager"}
    if any(action in alone for alone in COACHING.values()):
        return action in COACHING.get(role, ())
    return role in {"client", "coach"}  # everything else writes in the plan, says what is needed, or books a session


class Standing(NamedTuple):
    """An engagement: who stands where in it. People and programs go by number.

    Of the members some have not signed; `former` are members who left, to whom nothing is left of it.
    """

    client: int
    coach: int | None
    sponsor: int | None
    program: int | None
    stage: EngagementStage = "active"
    members: frozenset[int] = frozenset()
    unsigned: frozenset[int] = frozenset()
    former: frozenset[int] = frozenset()


class Holding(NamedTuple):
    """A role that somebody holds, up to `days` from today."""

    person: int
    role: Role
    program: int | None
    days: int | None

    @property
    def in_force(self) -> bool:
        return self.days is None or self.days >= 0


def verdict(person: int, role: str, programs: frozenset[int] | None, action: str, one: Standing) -> Verdict:
    """What somebody in a role, in these programs or in all, may about an engagement or what belongs to it."""
    inside = programs is None or one.program in programs
    mine = {"client": one.client, "coach": one.coach, "sponsor": one.sponsor}
    if role == "coach" and one.stage in {"completed", "ended_early", "cancelled"}:
        return "absent"
    is_member = role == "client" and person in one.members and person != one.client
    if not inside or (role in mine and mine[role] != person and not is_member):
        return "absent"
    if is_member:
        return "allowed" if action in (WHO_JOINS if person in one.unsigned else MEMBERS) else "forbidden"
    return "allowed" if does(role, action) else "forbidden"
