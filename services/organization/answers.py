"""The organization as the API shows it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.context import Policy
from domain.organization.state import ClientOrganization, LegalHold, OrganizationState
from domain.ruleset import Rulesets
from domain.skeleton import PlanTemplate


class SuspensionAnswer(Struct, frozen=True, kw_only=True):
    """Since when nothing can be changed; it goes on by itself at the beginning of the day `until`, null: once it is reinstated."""

    since: datetime
    until: date | None


class UseAnswer(Struct, frozen=True, kw_only=True):
    """How much of something there is, and the most that there may be; null: as much as there is room for."""

    used: int
    at_most: int | None


class QuotaAnswer(Struct, frozen=True, kw_only=True):
    """What the organization uses of what it may: people who were registered, engagements whose coaching began, the files of reports.

    A megabyte is a million bytes, and one that is begun counts. `requests_per_minute` is the most that all keys and sign-ins may
    make together; 0: any number.
    """

    people: UseAnswer
    engagements: UseAnswer
    storage_mb: UseAnswer
    requests_per_minute: int


class OrganizationAnswer(Struct, frozen=True, kw_only=True):
    """The organization with its coaching policy; the policy's `version` is what a change of it names as `seen`.

    `suspension` is null while the organization goes on; `rulesets` are those that it follows today; `quota` is for administrators only.
    """

    id: UUID
    version: int | UnsetType = UNSET
    name: str
    slug: str
    region: str
    time_zone: str
    locale: str
    week_start: str
    policy: Policy
    rulesets: Rulesets
    suspension: SuspensionAnswer | None
    quota: QuotaAnswer | UnsetType = UNSET


class ClientOrganizationsAnswer(Struct, frozen=True, kw_only=True):
    """A page of client organizations; `next_cursor` leads to the next one."""

    items: tuple[ClientOrganization, ...]
    next_cursor: str | UnsetType = UNSET


class PlanTemplatesAnswer(Struct, frozen=True, kw_only=True):
    """The templates that plans can be drafted from; each has a place of its own for its objectives, from 0."""

    items: tuple[PlanTemplate, ...]


class LegalHoldsAnswer(Struct, frozen=True, kw_only=True):
    """The holds, the oldest first; one with a `released_at` is over. Why each was placed stands in the log alone."""

    items: tuple[LegalHold, ...]


def organization_answer(
    state: OrganizationState, version: int | UnsetType, today: date, quota: QuotaAnswer | UnsetType = UNSET
) -> OrganizationAnswer:
    held = state.suspension if state.suspended_on(today) else None
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
        rulesets=state.rulesets(today),
        suspension=None if held is None else SuspensionAnswer(since=held.since, until=held.until),
        quota=quota,
    )
