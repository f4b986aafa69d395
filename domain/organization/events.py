"""What happens to an organization."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.questionnaire import LicensedInstrument
from domain.ruleset import RulesetKind
from domain.skeleton import SkeletonMilestone, SkeletonObjective, SkeletonStrategy
from domain.values import OfAuthor, PublicText, StoredCode, TimeZone

WeekStart: TypeAlias = Literal["monday", "saturday", "sunday"]
HoldScope: TypeAlias = Literal["person", "engagement", "organization"]


@stored("organization.organization_registered")
class OrganizationRegistered(Event, frozen=True):
    """A coaching firm, or a company's own coaching function, became a tenant."""

    organization_id: UUID
    name: PublicText
    slug: StoredCode
    region: StoredCode
    time_zone: TimeZone
    locale: StoredCode
    week_start: WeekStart


@stored("organization.organization_policy_set")
class OrganizationPolicySet(Event, frozen=True):
    """The whole coaching policy as it holds from now on; decisions made under it name the version of this event.

    `replaces` is the version that the last policy was set at, 0 for the product's own. Quiet hours are full hours of the
    recipient's day in which no reminder is sent; `retention_months` counts from the end of an engagement.
    """

    sponsor_min_group: int
    rater_min_group: int
    max_active_objectives: int
    review_cadence_days: int
    smart_gate: bool
    quiet_from_hour: int
    quiet_until_hour: int
    retention_months: int
    reason_codes: tuple[StoredCode, ...]
    replaces: int


@stored("organization.organization_suspended")
class OrganizationSuspended(Event, frozen=True):
    """Nothing is changed any more: for good, or until it goes on by itself at the beginning of the day `until`."""

    until: date | None
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("organization.organization_reinstated")
class OrganizationReinstated(Event, frozen=True):
    """The organization goes on before the suspension would have ended by itself."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("organization.ruleset_adopted")
class RulesetAdopted(Event, frozen=True):
    """From that day on the organization follows this version of the rules of a kind."""

    kind: RulesetKind
    version: StoredCode
    effective_from: date


@stored("organization.client_organization_added")
class ClientOrganizationAdded(Event, frozen=True):
    """A firm whose staff the organization coaches. `external_ref` is what it is called in the organization's own books."""

    client_organization_id: UUID
    name: PublicText
    external_ref: PublicText | None


@stored("organization.plan_template_defined")
class PlanTemplateDefined(Event, frozen=True):
    """Plans of the organization can be drafted with these objectives, strategies and milestones to begin with."""

    template_id: UUID
    name: PublicText
    language: StoredCode
    objectives: tuple[SkeletonObjective, ...]
    strategies: tuple[SkeletonStrategy, ...]
    milestones: tuple[SkeletonMilestone, ...]


@stored("organization.plan_template_retired")
class PlanTemplateRetired(Event, frozen=True):
    """No plan is drafted from the template any more. Those that were stay as they are."""

    template_id: UUID


@stored("organization.instrument_added")
class InstrumentAdded(Event, frozen=True):
    """Needs assessments can be launched with a questionnaire of the organization's own, or with this version of it from now on."""

    instrument: LicensedInstrument


@stored("organization.instrument_retired")
class InstrumentRetired(Event, frozen=True):
    """No assessment is launched any more with an instrument of the organization. Those that were go on."""

    code: StoredCode


@stored("organization.legal_hold_placed")
class LegalHoldPlaced(Event, frozen=True):
    """Nobody in the scope is erased until the hold is released; `subject_id` is the person or the engagement, else it is everybody."""

    hold_id: UUID
    scope: HoldScope
    subject_id: UUID | None
    case_ref: StoredCode
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("organization.legal_hold_released")
class LegalHoldReleased(Event, frozen=True):
    """The hold is over."""

    hold_id: UUID
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None
