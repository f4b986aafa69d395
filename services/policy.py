"""Who may see and do what: one pure decision, its table as data, and the same rule for lists.

No relation to a resource: it is not there (404). A relation, but not this action: not permitted (403). What is not in
the table is forbidden.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from domain.errors import NotFound, NotPermitted
from projections.snapshot import Scope
from services.actor import ROLES, Actor

PUBLIC: Final = "public"
"""The action of routes that ask for no key."""

EVERYONE: Final = " ".join(ROLES)

ROWS: Final[tuple[tuple[str, str], ...]] = (
    # action, roles
    ("register_organization", "operator"),
    ("set_organization_policy", "admin"),
    ("register_person", "operator admin integration"),
    ("grant_membership", "operator admin"),
    ("define_program", "program_manager"),
    ("open_program", "program_manager"),
    ("add_coach_to_pool", "program_manager"),
    ("enrol_participant", "program_manager"),
    ("propose_engagement", "program_manager"),
    ("assign_coach", "program_manager"),
    ("draft_agreement", "program_manager coach"),
    ("sign_agreement", "client coach sponsor"),
    ("activate_engagement", "program_manager coach"),
    ("grant_disclosure_consent", "client"),
    ("withdraw_disclosure_consent", "client"),
    ("launch_needs_assessment", "coach"),
    ("submit_self_assessment", "client"),
    ("identify_need", "coach client"),
    ("draft_plan", "coach"),
    ("define_objective", "coach client"),
    ("refine_objective", "coach client"),
    ("record_baseline", "coach client"),
    ("define_attainment_scale", "coach client"),
    ("record_client_input", "coach client"),
    ("adopt_strategy", "coach client"),
    ("revise_strategy", "coach client"),
    ("drop_strategy", "coach client"),
    ("commit_action", "coach client"),
    ("complete_action", "coach client"),
    ("reschedule_action", "coach client"),
    ("drop_action", "coach client"),
    ("set_milestone", "coach client"),
    ("adjust_milestone", "coach client"),
    ("reach_milestone", "coach client"),
    ("miss_milestone", "worker"),
    ("withdraw_milestone", "coach client"),
    ("propose_plan", "coach"),
    ("approve_plan", "coach client sponsor"),
    ("activate_plan", "coach"),
    ("measure_progress", "coach client"),
    ("acknowledge_win", "coach client"),
    ("review_plan", "coach"),
    ("conclude_objective", "coach client"),
    ("propose_change", "coach client"),
    ("accept_change", "coach client sponsor"),
    ("decline_change", "coach client sponsor"),
    ("correct_measurement", "coach client"),
    ("withdraw_entry", "coach client"),
    ("schedule_evaluation", "program_manager coach"),
    ("record_evaluation", "coach client sponsor"),
    ("plan_reminder", "worker"),
    ("send_reminder", "worker"),
    ("suppress_reminder", "worker"),
    ("fail_reminder", "worker"),
    ("request_report", "program_manager coach client auditor worker"),
    ("share_report", "program_manager coach client auditor"),
    ("generate_report", "worker"),
    ("discard_report", "worker"),
    ("access_record", "worker"),
    ("read_me", EVERYONE),
    ("list_commands", EVERYONE),
    ("read_organization", EVERYONE),
    ("list_people", "admin program_manager auditor integration"),
    ("read_person", EVERYONE),
    ("read_accesses", "client coach sponsor admin auditor"),
    ("list_programs", "admin program_manager auditor integration"),
    ("read_program", "admin program_manager coach sponsor auditor integration"),
    ("list_engagements", "program_manager coach client sponsor auditor"),
    ("read_engagement", "program_manager coach client sponsor auditor"),
    ("read_assessment", "program_manager coach client auditor"),
    ("list_plans", "program_manager coach client sponsor auditor"),
    ("read_plan", "program_manager coach client sponsor auditor"),
    ("read_timeline", "program_manager coach client auditor"),
    ("read_evaluation", "program_manager coach client sponsor auditor"),
    ("list_reports", "program_manager coach client sponsor auditor"),
    ("read_report", "program_manager coach client sponsor auditor"),
    ("read_board", "program_manager auditor"),
    ("read_as_of", "program_manager coach client auditor"),
    ("list_ledger", "program_manager auditor"),
    ("read_ledger", "program_manager coach client auditor"),
    ("read_difference", "program_manager coach client auditor"),
    ("list_questions", EVERYONE),
    ("open_audit", "client program_manager auditor"),
    ("ask_signed_content", "client program_manager auditor operator"),
    ("ask_milestone_moves", "program_manager auditor operator"),
    ("ask_known_and_said", "auditor operator"),
    ("ask_lowered_targets", "program_manager auditor operator"),
    ("ask_client_part", "client program_manager auditor operator"),
    ("ask_agreement_in_force", "client program_manager auditor operator"),
    ("ask_seen_by_others", "client auditor operator"),
    ("ask_reproducible_report", "program_manager auditor operator"),
    ("ask_small_groups", "program_manager auditor operator"),
    ("ask_improper_reads", "client auditor operator"),
    ("ask_altered_history", "auditor operator"),
    ("ask_promised_evaluations", "program_manager auditor operator"),
    ("ask_reminder_effect", "program_manager auditor operator"),
    ("ask_stalled_objectives", "program_manager auditor operator"),
    ("ask_changes_between", "client program_manager auditor operator"),
)

MAY: Final[dict[str, frozenset[str]]] = {action: frozenset(roles.split()) for action, roles in ROWS}

WHOLE: Final = frozenset(
    [
        *("set_organization_policy", "register_person", "grant_membership", "define_program", "propose_engagement"),
        *("list_people", "read_person", "read_accesses", "ask_seen_by_others"),
    ]
)
"""Actions that, where they concern neither a program nor oneself, need the role in the whole organization."""

ENDED: Final = frozenset({"completed", "ended_early", "cancelled"})
"""States of an engagement in which its coach no longer sees it."""


class Facts(NamedTuple):
    """What a decision may know about a resource: who stands in which relation to it.

    Of an engagement, and of what belongs to one, the three parties; of a program its enrolled clients, pool and sponsors;
    of a person only that person, in every role. `programs` holds the program that it belongs to, if any; None where
    programs do not matter. `state` is the engagement's, when there is one.
    """

    clients: frozenset[UUID] = frozenset()
    coaches: frozenset[UUID] = frozenset()
    sponsors: frozenset[UUID] = frozenset()
    programs: frozenset[UUID] | None = None
    state: str | None = None

    @staticmethod
    def of_person(person_id: UUID) -> Facts:
        themselves = frozenset({person_id})
        return Facts(themselves, themselves, themselves)


class Allow(NamedTuple):
    """The actor may."""


class Deny(NamedTuple):
    """The actor may not: `related` tells whether they may know that it is there."""

    related: bool
    reason: str


Decision: TypeAlias = Allow | Deny


def decide(actor: Actor, action: str, facts: Facts | None = None) -> Decision:
    """Whether the actor may do it to the resource; without facts, whether their role does such things at all."""
    if facts is not None and not related(actor, facts):
        return Deny(False, f"{actor.role} without a relation to it")
    if actor.role not in MAY.get(action, frozenset()):
        return Deny(True, f"{actor.role} does not {action}")
    is_outside = facts is None or (facts.programs is None and actor.person_id not in facts.clients)
    if actor.programs is not None and action in WHOLE and is_outside:
        return Deny(True, f"{actor.role} of a program does not {action} outside of it")
    return Allow()


def require(actor: Actor, action: str, facts: Facts | None = None) -> None:
    """Raises `NotFound` or `NotPermitted` unless the actor may."""
    decision = decide(actor, action, facts)
    if isinstance(decision, Deny):
        raise NotPermitted if decision.related else NotFound


def related(actor: Actor, facts: Facts) -> bool:
    """Whether the actor has to do with the resource. Those who run the organization, or a program, have to do with all of it."""
    if actor.programs is not None and facts.programs is not None and not actor.programs & facts.programs:
        return False
    match actor.role:
        case "client":
            return actor.person_id in facts.clients
        case "coach":
            return actor.person_id in facts.coaches and facts.state not in ENDED
        case "sponsor":
            return actor.person_id in facts.sponsors
        case "admin" | "program_manager" | "auditor" | "integration" | "operator" | "worker":
            return True


def scope(actor: Actor) -> Scope:
    """The same relation as `related`, for lists of engagements and of what belongs to them."""
    person = actor.person_id
    match actor.role:
        case "client":
            return Scope(client_id=person, program_ids=actor.programs)
        case "coach":
            return Scope(coach_id=person, program_ids=actor.programs)
        case "sponsor":
            return Scope(sponsor_id=person, program_ids=actor.programs)
    return Scope(program_ids=actor.programs)
