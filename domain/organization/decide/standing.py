"""The organization itself: its policy and rules, whom it coaches for, what it keeps, and whether it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict, replace

from domain.errors import AlreadyRegistered, ItemUnknown, NotFound, VersionConflict
from domain.errors.organization import (
    AlreadySuspended,
    FloorTooLow,
    HoldNotActive,
    NotSuspended,
    RulesetUnknown,
    SlugTaken,
)
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.organization.commands import (
    AddClientOrganization,
    AdoptRuleset,
    PlaceLegalHold,
    RegisterOrganization,
    ReinstateOrganization,
    ReleaseLegalHold,
    SetOrganizationPolicy,
    SuspendOrganization,
)
from domain.organization.context import OrganizationContext
from domain.organization.decide.table import decide
from domain.organization.events import (
    ClientOrganizationAdded,
    LegalHoldPlaced,
    LegalHoldReleased,
    OrganizationPolicySet,
    OrganizationRegistered,
    OrganizationReinstated,
    OrganizationSuspended,
    RulesetAdopted,
)
from domain.organization.state import OrganizationState
from domain.rules import require_locale, require_reason, require_time_zone
from domain.ruleset import KNOWN
from domain.values import OfAuthor

SPONSOR_FLOOR: Final = 5
RATER_FLOOR: Final = 3


@decide.on(RegisterOrganization)
def register(state: OrganizationState, command: RegisterOrganization, context: OrganizationContext) -> Sequence[Event]:
    command = replace(command, locale=require_locale(command.locale))
    if state.exists:
        if all(getattr(state, name) == value for name, value in asdict(command).items()):
            return ()
        raise AlreadyRegistered
    if context.slug_taken:
        raise SlugTaken(pointer="/slug")
    require_time_zone(command.time_zone)
    return (OrganizationRegistered(organization_id=context.ids[0], **asdict(command)),)


@decide.on(SetOrganizationPolicy)
def set_policy(state: OrganizationState, command: SetOrganizationPolicy, context: OrganizationContext) -> Sequence[Event]:
    changes = {name: value for name, value in asdict(command).items() if value is not None}
    if changes.pop("seen") != state.policy.version:
        raise VersionConflict(pointer="/seen", changed_by=state.policy_set_by, changed_at=state.policy.version)
    policy = replace(state.policy, **changes)
    if policy.sponsor_min_group < SPONSOR_FLOOR:
        raise FloorTooLow(pointer="/sponsor_min_group", floor=SPONSOR_FLOOR)
    if policy.rater_min_group < RATER_FLOOR:
        raise FloorTooLow(pointer="/rater_min_group", floor=RATER_FLOOR)
    if policy == state.policy:
        return ()
    fields = asdict(policy)
    return (OrganizationPolicySet(replaces=fields.pop("version"), **fields),)


@decide.on(SuspendOrganization)
def suspend(state: OrganizationState, command: SuspendOrganization, context: OrganizationContext) -> Sequence[Event]:
    if state.suspended_on(context.today):
        raise AlreadySuspended(until=state.suspension.until if state.suspension else None)
    if command.until is not None and command.until <= context.today:
        raise DatesInverted("The day on which the organization goes on must lie ahead.", pointer="/until")
    require_reason(command.reason_code, command.reason, context.policy)
    return (OrganizationSuspended(until=command.until, reason_code=command.reason_code, reason=of_author(command.reason)),)


@decide.on(ReinstateOrganization)
def reinstate(state: OrganizationState, command: ReinstateOrganization, context: OrganizationContext) -> Sequence[Event]:
    if not state.suspended_on(context.today):
        raise NotSuspended
    require_reason(command.reason_code, command.reason, context.policy)
    return (OrganizationReinstated(reason_code=command.reason_code, reason=of_author(command.reason)),)


@decide.on(AdoptRuleset)
def adopt_ruleset(state: OrganizationState, command: AdoptRuleset, context: OrganizationContext) -> Sequence[Event]:
    if command.version not in KNOWN[command.kind]:
        raise RulesetUnknown(pointer="/version", known=KNOWN[command.kind])
    last = next((one for one in reversed(state.adoptions) if one.kind == command.kind), None)
    if last is not None and asdict(last) == asdict(command):
        return ()
    return (RulesetAdopted(**asdict(command)),)


@decide.on(AddClientOrganization)
def add_client_organization(state: OrganizationState, command: AddClientOrganization, context: OrganizationContext) -> Sequence[Event]:
    """That no other has its reference is a claim."""
    return (ClientOrganizationAdded(client_organization_id=context.ids[0], **asdict(command)),)


def of_author(text: str | None) -> OfAuthor[str] | None:
    return OfAuthor(text) if text is not None else None


@decide.on(PlaceLegalHold)
def place_legal_hold(state: OrganizationState, command: PlaceLegalHold, context: OrganizationContext) -> Sequence[Event]:
    if (command.scope == "organization") != (command.subject_id is None) or not context.subject_exists:
        raise NotFound("Name the person or the engagement; a hold on the whole organization names neither.", pointer="/subject_id")
    require_reason(command.reason_code, command.reason, context.policy)
    return (
        LegalHoldPlaced(
            hold_id=context.ids[0],
            scope=command.scope,
            subject_id=command.subject_id,
            case_ref=command.case_ref,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(ReleaseLegalHold)
def release_legal_hold(state: OrganizationState, command: ReleaseLegalHold, context: OrganizationContext) -> Sequence[Event]:
    hold = state.holds.get(command.hold_id)
    if hold is None:
        raise ItemUnknown(pointer="/hold_id")
    if hold.released_at is not None:
        raise HoldNotActive(pointer="/hold_id", released_at=hold.released_at)
    require_reason(command.reason_code, command.reason, context.policy)
    return (LegalHoldReleased(hold_id=hold.id, reason_code=command.reason_code, reason=of_author(command.reason)),)
