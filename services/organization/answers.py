"""The organization as the API shows it."""

from __future__ import annotations

from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.context import Policy
from domain.organization.state import OrganizationState


class OrganizationAnswer(Struct, frozen=True, kw_only=True):
    """The organization with its coaching policy; the policy's `version` is what a change of it names as `seen`."""

    id: UUID
    version: int | UnsetType = UNSET
    name: str
    slug: str
    region: str
    time_zone: str
    locale: str
    week_start: str
    policy: Policy


def organization_answer(state: OrganizationState, version: int | UnsetType) -> OrganizationAnswer:
    return OrganizationAnswer(
        id=state.id,
        version=version,
        name=state.name,
        slug=state.slug,
        region=state.region,
        time_zone=state.time_zone,
        locale=state.locale,
        week_start=state.week_start,
        policy=state.policy,
    )
