"""Which roles do what: the table that decisions, the catalogue, the reference and the OpenAPI document are made from."""

from __future__ import annotations

from typing import Final

from services.actor import ROLES

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
