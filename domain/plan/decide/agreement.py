"""Deciding how a plan is drafted, proposed, approved and activated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.errors import ItemUnknown
from domain.errors.engagement import EngagementNotContracted
from domain.errors.plan import (
    AlreadyApproved,
    ApprovalsMissing,
    AssessmentRequired,
    ClientApprovalRequired,
    PlanAlreadyActive,
    PlanEmpty,
    PlanExists,
    PlanNotProposed,
    StalePlan,
)
from domain.event import Event
from domain.glossary import EngagementStage, Party
from domain.plan.commands import ActivatePlan, ApprovePlan, DraftPlan, ProposePlan
from domain.plan.context import PlanContext
from domain.plan.decide.gate import lints_at_activation, lints_at_proposal, overrides_of, require_smart, used
from domain.plan.decide.lookup import require_disclosed
from domain.plan.decide.table import decide
from domain.plan.decide.template import from_template
from domain.plan.events import PlanActivated, PlanApproved, PlanDrafted, PlanProposed, TimelineEntry
from domain.plan.state import PlanState

UNDER_CONTRACT: Final[tuple[EngagementStage, ...]] = ("contracted", "active", "paused")


@decide.on(DraftPlan)
def draft_plan(state: PlanState, command: DraftPlan, context: PlanContext) -> Sequence[Event]:
    if state.exists:
        raise PlanExists()
    if context.engagement.state not in UNDER_CONTRACT:
        raise EngagementNotContracted()
    if command.template is not None and context.template is None:
        raise ItemUnknown("The organization offers no template with that id.", pointer="/template")
    drafted = PlanDrafted(
        plan_id=context.ids[0],
        engagement_id=context.engagement.id,
        client_id=context.engagement.client_id,
        template=command.template,
        language=command.language or (context.template.language if context.template else context.language),
    )
    return [drafted] if context.template is None else [drafted, *from_template(context.template, drafted, context)]


@decide.on(ProposePlan)
def propose_plan(state: PlanState, command: ProposePlan, context: PlanContext) -> Sequence[Event]:
    if state.status == "active":
        raise PlanAlreadyActive()
    if not state.open_objectives:
        raise PlanEmpty()
    if state.status == "proposed":
        return []
    return [
        PlanProposed(
            plan_version=state.plan_version + 1,
            digest=state.digest,
            lints=lints_at_proposal(state, context),
            proposed_by=context.party,
        )
    ]


@decide.on(ApprovePlan)
def approve_plan(state: PlanState, command: ApprovePlan, context: PlanContext) -> Sequence[Event]:
    """Also after activation: a party may approve what the plan has become by accepted changes."""
    party = context.party
    require_disclosed(context, "objective_titles")
    if party == "sponsor" and state.status == "draft":  # the same, whether or not there was a version once: drafts are not told
        raise PlanNotProposed("No version waits for your approval now: read the plan when the coach has proposed one, and approve that.")
    if state.plan_version == 0:
        raise PlanNotProposed()
    if (command.plan_version, command.digest) != (state.plan_version, state.digest):
        raise StalePlan(plan_version=state.plan_version, digest=state.digest)
    if state.status == "draft":
        raise PlanNotProposed("The plan was changed after it was proposed: propose it again, then approve that version.")
    if approved(state, party):
        raise AlreadyApproved()
    return [PlanApproved(party=party, plan_version=command.plan_version, digest=command.digest)]


def approved(state: PlanState, party: Party) -> bool:
    """Whether the party's last approval is of what the plan says now."""
    last = state.approvals.get(party)
    return last is not None and (last.plan_version, last.digest) == (state.plan_version, state.digest)


@decide.on(ActivatePlan)
def activate_plan(state: PlanState, command: ActivatePlan, context: PlanContext) -> Sequence[Event]:
    if state.status != "proposed":
        raise PlanAlreadyActive() if state.status == "active" else PlanNotProposed()
    require_approvals(state, context)
    overrides = overrides_of(command.overrides, context)
    for place, one in enumerate(overrides):
        if one.objective_id not in state.objectives:
            raise ItemUnknown(pointer=f"/overrides/{place}/objective_id")
    lints = lints_at_activation(state, context)
    require_smart(lints, overrides, context)
    require_assessed(context)
    return [
        PlanActivated(
            plan_version=state.plan_version,
            digest=state.digest,
            activated_on=context.today,
            timeline=snapshot(state),
            lints=lints,
            overrides=used(overrides, lints),
            smart_gate=context.smart_gate,
        )
    ]


def require_approvals(state: PlanState, context: PlanContext) -> None:
    missing = [party for party in context.approvals_required if not approved(state, party)]
    if "client" in missing:
        raise ClientApprovalRequired(missing=missing)
    if missing:
        raise ApprovalsMissing(missing=missing)


def require_assessed(context: PlanContext) -> None:
    demanded = context.program.required_assessments if context.program else ()
    missing = [kind for kind in demanded if kind not in context.finished_assessments]
    if missing:
        raise AssessmentRequired(missing=missing)


def snapshot(state: PlanState) -> tuple[TimelineEntry, ...]:
    """The timeline as agreed: from now on these are the original due dates."""
    return tuple(TimelineEntry(milestone_id=one.id, objective_id=one.objective_id, due_on=one.due_on) for one in state.timeline)
