"""How drafting, agreeing, changing and reviewing change the state."""

from __future__ import annotations

from msgspec.structs import replace

from domain.digest import digest_of_nothing
from domain.event import Recorded
from domain.plan.events import (
    ChangeAccepted,
    ChangeDeclined,
    ChangeProposed,
    PlanActivated,
    PlanApproved,
    PlanDrafted,
    PlanProposed,
    PlanReviewed,
)
from domain.plan.evolve.table import evolve, put
from domain.plan.state import Approval, Entry, PlanState, ProposedChange


@evolve.on(PlanDrafted)
def plan_drafted(state: PlanState, recorded: Recorded[PlanDrafted]) -> PlanState:
    event = recorded.event
    return PlanState(
        id=event.plan_id,
        engagement_id=event.engagement_id,
        client_id=event.client_id,
        language=event.language,
        drafted_at=recorded.occurred_at,
        digest=digest_of_nothing(event.plan_id),
    )


@evolve.on(PlanProposed)
def plan_proposed(state: PlanState, recorded: Recorded[PlanProposed]) -> PlanState:
    return replace(state, status="proposed", plan_version=recorded.event.plan_version)


@evolve.on(PlanApproved)
def plan_approved(state: PlanState, recorded: Recorded[PlanApproved]) -> PlanState:
    event = recorded.event
    approval = Approval(plan_version=event.plan_version, digest=event.digest, by=recorded.meta.actor, at=recorded.occurred_at)
    return replace(state, approvals={**state.approvals, event.party: approval})


@evolve.on(PlanActivated)
def plan_activated(state: PlanState, recorded: Recorded[PlanActivated]) -> PlanState:
    """From now on a milestone's original due date is what the snapshot says, and what was taken out of the plan stays out."""
    snapshot = {entry.milestone_id: entry.due_on for entry in recorded.event.timeline}
    milestones = {key: replace(one, original_due=snapshot.get(key, one.original_due)) for key, one in state.milestones.items()}
    entries = {version: agreed(entry) for version, entry in state.entries.items()}
    return replace(state, status="active", activated_at=recorded.occurred_at, milestones=milestones, entries=entries)


def agreed(entry: Entry) -> Entry:
    return replace(entry, agreed=True) if entry.kind == "objective_concluded" else entry


@evolve.on(ChangeProposed)
def change_proposed(state: PlanState, recorded: Recorded[ChangeProposed]) -> PlanState:
    event = recorded.event
    proposed = ProposedChange(
        id=event.change_id,
        change=event.change,
        version=recorded.version,
        accepted_by=(event.proposed_by,),
        overrides=event.overrides,
    )
    return replace(state, changes=put(state.changes, proposed.id, proposed))


@evolve.on(ChangeAccepted)
def change_accepted(state: PlanState, recorded: Recorded[ChangeAccepted]) -> PlanState:
    event = recorded.event
    proposed = state.changes[event.change_id]
    proposed = replace(
        proposed,
        accepted_by=(*proposed.accepted_by, event.party),
        overrides=(*proposed.overrides, *event.overrides),
        decided=event.plan_version is not None,
    )
    plan_version = state.plan_version if event.plan_version is None else event.plan_version
    return replace(state, plan_version=plan_version, changes=put(state.changes, proposed.id, proposed))


@evolve.on(ChangeDeclined)
def change_declined(state: PlanState, recorded: Recorded[ChangeDeclined]) -> PlanState:
    declined = replace(state.changes[recorded.event.change_id], decided=True)
    return replace(state, changes=put(state.changes, declined.id, declined))


@evolve.on(PlanReviewed)
def plan_reviewed(state: PlanState, recorded: Recorded[PlanReviewed]) -> PlanState:
    """Counted, and not taken from the event: a fold may leave earlier ones out."""
    return replace(state, reviews=state.reviews + 1)
