"""How each event changes an organization."""

from __future__ import annotations

from typing import Final

from msgspec.structs import asdict, replace

from domain.context import Policy
from domain.decider import Evolve
from domain.event import Recorded
from domain.organization.events import (
    ClientOrganizationAdded,
    InstrumentAdded,
    InstrumentRetired,
    LegalHoldPlaced,
    LegalHoldReleased,
    OrganizationPolicySet,
    OrganizationRegistered,
    OrganizationReinstated,
    OrganizationSuspended,
    PlanTemplateDefined,
    PlanTemplateRetired,
    RulesetAdopted,
)
from domain.organization.state import Adoption, ClientOrganization, LegalHold, OrganizationState, Suspension
from domain.skeleton import PlanTemplate

evolve: Final[Evolve[OrganizationState]] = Evolve()


@evolve.on(OrganizationRegistered)
def registered(state: OrganizationState, recorded: Recorded[OrganizationRegistered]) -> OrganizationState:
    event = recorded.event
    return replace(
        state,
        id=event.organization_id,
        name=event.name,
        slug=event.slug,
        region=event.region,
        time_zone=event.time_zone,
        locale=event.locale,
        week_start=event.week_start,
    )


@evolve.on(OrganizationPolicySet)
def policy_set(state: OrganizationState, recorded: Recorded[OrganizationPolicySet]) -> OrganizationState:
    fields = asdict(recorded.event)
    del fields["replaces"]
    return replace(
        state,
        policy=Policy(version=recorded.version, **fields),
        policy_set_by=recorded.meta.actor,
        cadences=(*state.cadences, (recorded.version, recorded.event.review_cadence_days)),
    )


@evolve.on(OrganizationSuspended)
def suspended(state: OrganizationState, recorded: Recorded[OrganizationSuspended]) -> OrganizationState:
    return replace(state, suspension=Suspension(since=recorded.occurred_at, until=recorded.event.until))


@evolve.on(OrganizationReinstated)
def reinstated(state: OrganizationState, recorded: Recorded[OrganizationReinstated]) -> OrganizationState:
    return replace(state, suspension=None)


@evolve.on(RulesetAdopted)
def ruleset_adopted(state: OrganizationState, recorded: Recorded[RulesetAdopted]) -> OrganizationState:
    return replace(state, adoptions=(*state.adoptions, Adoption(**asdict(recorded.event))))


@evolve.on(ClientOrganizationAdded)
def client_organization_added(state: OrganizationState, recorded: Recorded[ClientOrganizationAdded]) -> OrganizationState:
    event = recorded.event
    added = ClientOrganization(id=event.client_organization_id, name=event.name, external_ref=event.external_ref)
    return replace(state, client_organizations=state.client_organizations | {added.id: added})


@evolve.on(PlanTemplateDefined)
def plan_template_defined(state: OrganizationState, recorded: Recorded[PlanTemplateDefined]) -> OrganizationState:
    event = recorded.event
    template = PlanTemplate(
        id=event.template_id,
        name=event.name,
        language=event.language,
        objectives=event.objectives,
        strategies=event.strategies,
        milestones=event.milestones,
    )
    return replace(state, plan_templates=state.plan_templates | {template.id: template})


@evolve.on(PlanTemplateRetired)
def plan_template_retired(state: OrganizationState, recorded: Recorded[PlanTemplateRetired]) -> OrganizationState:
    return replace(state, plan_templates={id: one for id, one in state.plan_templates.items() if id != recorded.event.template_id})


@evolve.on(InstrumentAdded)
def instrument_added(state: OrganizationState, recorded: Recorded[InstrumentAdded]) -> OrganizationState:
    added = recorded.event.instrument
    return replace(state, instruments=state.instruments | {added.code: added}, retired_instruments=state.retired_instruments - {added.code})


@evolve.on(InstrumentRetired)
def instrument_retired(state: OrganizationState, recorded: Recorded[InstrumentRetired]) -> OrganizationState:
    return replace(state, retired_instruments=state.retired_instruments | {recorded.event.code})


@evolve.on(LegalHoldPlaced)
def legal_hold_placed(state: OrganizationState, recorded: Recorded[LegalHoldPlaced]) -> OrganizationState:
    event = recorded.event
    hold = LegalHold(
        id=event.hold_id,
        scope=event.scope,
        subject_id=event.subject_id,
        case_ref=event.case_ref,
        placed_at=recorded.occurred_at,
        placed_by=recorded.meta.actor,
    )
    return replace(state, holds=state.holds | {hold.id: hold})


@evolve.on(LegalHoldReleased)
def legal_hold_released(state: OrganizationState, recorded: Recorded[LegalHoldReleased]) -> OrganizationState:
    hold = state.holds[recorded.event.hold_id]
    return replace(state, holds=state.holds | {hold.id: replace(hold, released_at=recorded.occurred_at)})
