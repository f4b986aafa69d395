"""How a plan is drafted, agreed and changed by agreement."""

from __future__ import annotations

from msgspec import structs

from domain.event import Recorded
from domain.plan import events as plan
from projections.kpi.facts import Due, Facts, Proposal, with_milestone
from projections.kpi.follow.objective import judged
from projections.kpi.follow.table import follow


@follow.on(plan.PlanDrafted)
def plan_drafted(facts: Facts, recorded: Recorded[plan.PlanDrafted]) -> Facts:
    return structs.replace(facts, plan_id=recorded.event.plan_id)


@follow.on(plan.PlanProposed)
def plan_proposed(facts: Facts, recorded: Recorded[plan.PlanProposed]) -> Facts:
    return structs.replace(facts, proposed_at=recorded.occurred_at)


@follow.on(plan.PlanApproved)
def plan_approved(facts: Facts, recorded: Recorded[plan.PlanApproved]) -> Facts:
    if recorded.event.party != "client":
        return facts
    return structs.replace(facts, proposed_at=None, client_approvals=(*facts.client_approvals, recorded.version))


@follow.on(plan.PlanActivated)
def plan_activated(facts: Facts, recorded: Recorded[plan.PlanActivated]) -> Facts:
    """The due dates of that moment become the original ones."""
    at = recorded.occurred_at
    facts = structs.replace(facts, activated_at=at, activated_under=recorded.meta.policy_version, proposed_at=None)
    for entry in recorded.event.timeline:
        facts = with_milestone(facts, entry.milestone_id, dues=(Due(at, entry.due_on),))
    for verdict in recorded.event.lints:
        facts = judged(facts, verdict.objective_id, verdict.lint, recorded)
    return facts


@follow.on(plan.ChangeProposed)
def change_proposed(facts: Facts, recorded: Recorded[plan.ChangeProposed]) -> Facts:
    event = recorded.event
    proposal = Proposal(recorded.occurred_at, event.proposed_by == "client")
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: proposal})


@follow.on(plan.ChangeAccepted)
def change_accepted(facts: Facts, recorded: Recorded[plan.ChangeAccepted]) -> Facts:
    event = recorded.event
    proposal = facts.proposals[event.change_id]
    by_client = proposal.accepted_by_client or event.party == "client"
    after = structs.replace(proposal, accepted_by_client=by_client, decided=event.plan_version is not None)
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: after})


@follow.on(plan.ChangeDeclined)
def change_declined(facts: Facts, recorded: Recorded[plan.ChangeDeclined]) -> Facts:
    event = recorded.event
    after = structs.replace(facts.proposals[event.change_id], decided=True)
    return structs.replace(facts, proposals={**facts.proposals, event.change_id: after})
