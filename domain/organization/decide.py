"""What an organization allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict, replace

from domain.decider import Decide
from domain.errors import AlreadyRegistered, VersionConflict
from domain.errors.organization import FloorTooLow, SlugTaken
from domain.event import Event
from domain.organization.commands import RegisterOrganization, SetOrganizationPolicy
from domain.organization.context import OrganizationContext
from domain.organization.events import OrganizationPolicySet, OrganizationRegistered
from domain.organization.state import OrganizationState
from domain.rules import require_time_zone

SPONSOR_FLOOR: Final = 5
RATER_FLOOR: Final = 3

decide: Final[Decide[OrganizationState, OrganizationContext]] = Decide()


@decide.on(RegisterOrganization)
def register(state: OrganizationState, command: RegisterOrganization, context: OrganizationContext) -> Sequence[Event]:
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
