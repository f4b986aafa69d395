"""What a key may be confined to: groups of the policy's actions. An action that no group names is never open to a confined key.

Beside the role's own limits: a key may do what its role may and one of its scopes names. Who is signed in as whom (`identities`) is
apart from who is known (`people`): whoever gives a person another address reads their sign-in links.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

Scope: TypeAlias = Literal[
    "organization:read",
    "organization:write",
    "people:read",
    "people:write",
    "people:erase",
    "identities:write",
    "roles:write",
    "programs:read",
    "programs:write",
    "engagements:read",
    "engagements:write",
    "emergencies:write",
    "assessments:read",
    "assessments:write",
    "plans:read",
    "plans:write",
    "sessions:read",
    "sessions:write",
    "evaluations:read",
    "evaluations:write",
    "reports:read",
    "reports:write",
    "board:read",
    "audit:read",
    "keys:read",
    "keys:write",
]

SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)

ROWS: Final[tuple[tuple[Scope, str], ...]] = (
    ("organization:read", "read_organization list_client_organizations"),
    ("organization:write", "set_organization_policy adopt_ruleset add_client_organization"),
    ("people:read", "list_people read_person read_memberships read_credential_log list_legal_holds read_erasure"),
    ("people:write", "register_person record_coach_credential export_credential_log grant_listing_consent withdraw_listing_consent"),
    ("people:write", "deprovision_person record_coach_development withdraw_coach_development"),
    ("identities:write", "change_person_profile link_identity"),
    ("people:erase", "request_person_erasure place_legal_hold release_legal_hold"),
    ("roles:write", "grant_membership change_membership_role revoke_membership"),
    ("programs:read", "list_programs read_program list_participants list_pool"),
    ("programs:write", "define_program open_program revise_program_terms close_program add_coach_to_pool remove_coach_from_pool"),
    ("programs:write", "enrol_participant withdraw_participant"),
    ("engagements:read", "list_engagements read_engagement"),
    ("engagements:write", "propose_engagement assign_coach draft_agreement sign_agreement activate_engagement"),
    ("engagements:write", "hold_chemistry_session declare_conflict_of_interest resolve_conflict_of_interest"),
    ("engagements:write", "hold_alignment_meeting add_member remove_member"),
    ("engagements:write", "revise_agreement_terms open_recontracting withdraw_recontracting amend_agreement"),
    ("engagements:write", "grant_disclosure_consent withdraw_disclosure_consent pause_engagement resume_engagement"),
    ("engagements:write", "complete_engagement end_engagement_early withdraw_engagement_notice cancel_engagement"),
    ("engagements:write", "reassign_coach grant_handover_consent withdraw_handover_consent"),
    ("emergencies:write", "request_emergency_access approve_emergency_access decline_emergency_access end_emergency_access"),
    ("assessments:read", "read_assessment read_assessment_results list_instruments read_instrument"),
    ("assessments:write", "launch_needs_assessment nominate_rater decide_rater_nomination submit_self_assessment identify_need"),
    ("assessments:write", "close_assessment release_assessment_results debrief_assessment add_instrument retire_instrument"),
    ("plans:read", "list_plans read_plan read_timeline read_readiness list_plan_templates"),
    ("plans:write", "draft_plan propose_plan approve_plan activate_plan review_plan propose_change accept_change decline_change"),
    ("plans:write", "define_objective refine_objective record_baseline define_attainment_scale record_client_input conclude_objective"),
    ("plans:write", "adopt_strategy revise_strategy drop_strategy commit_action complete_action reschedule_action drop_action"),
    ("plans:write", "set_milestone adjust_milestone reach_milestone withdraw_milestone move_due_dates"),
    ("plans:write", "reprioritize_objective comment_as_sponsor offer_exercise answer_exercise withdraw_exercise"),
    ("plans:write", "define_plan_template retire_plan_template"),
    ("plans:write", "measure_progress acknowledge_win correct_measurement withdraw_entry"),
    ("sessions:read", "list_sessions read_session"),
    ("sessions:write", "schedule_session reschedule_session cancel_session complete_session record_session_no_show"),
    ("sessions:write", "make_session_agreement capture_insight review_commitment record_session_note record_reflection"),
    ("sessions:write", "rate_session correct_session_time counter_session_time"),
    ("evaluations:read", "read_evaluation list_surveys read_survey"),
    ("evaluations:write", "schedule_evaluation record_evaluation correct_evaluation acknowledge_evaluation"),
    ("evaluations:write", "issue_survey close_survey"),
    ("reports:read", "list_reports read_report"),
    ("reports:write", "request_report share_report"),
    ("board:read", "read_board read_effect"),
    ("audit:read", "read_accesses read_emergency_accesses read_as_of list_ledger read_ledger read_difference list_questions open_audit"),
    ("audit:read", "ask_signed_content ask_milestone_moves ask_known_and_said ask_lowered_targets ask_client_part"),
    ("audit:read", "ask_agreement_in_force ask_seen_by_others ask_reproducible_report ask_small_groups ask_improper_reads"),
    ("audit:read", "ask_coach_change ask_altered_history ask_promised_evaluations ask_delivered_hours ask_reminder_effect"),
    ("audit:read", "ask_stalled_objectives ask_changes_between ask_erasure"),
    ("keys:read", "list_keys read_key list_sign_ins read_all_keys"),
    ("keys:write", "make_key change_key rotate_key revoke_key revoke_sign_in revoke_other_sign_ins administer_keys"),
)

OPEN: Final = frozenset({"read_me", "list_commands", "execute_batch"})
"""What every key may: see what it is good for, and send several commands at once, of each of which it is asked again."""

SCOPE_OF: Final[dict[str, Scope]] = {action: scope for scope, actions in ROWS for action in actions.split()}


def lacking(scopes: frozenset[str] | None, action: str) -> str | None:
    """The scope that a key would need for the action; None when it may. What no scope names has the action's own name, and no key has it."""
    if scopes is None or action in OPEN:
        return None
    needed = SCOPE_OF.get(action, action)
    return None if needed in scopes else needed
