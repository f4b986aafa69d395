"""What may be asked of an organization."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct

from domain.command import Command
from domain.glossary import Direction, StrategyKind
from domain.organization.events import HoldScope, WeekStart
from domain.ruleset import RulesetKind
from domain.values import Code, Label, Prose, PublicText, TimeZone

Slug: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$(?!\n)")]
Hour: TypeAlias = Annotated[int, Meta(ge=0, le=23)]
Days: TypeAlias = Annotated[int, Meta(ge=0, le=1100)]
Place: TypeAlias = Annotated[int, Meta(ge=0, le=4)]
CompetencyCode: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$(?!\n)")]


class RegisterOrganization(Command, frozen=True, kw_only=True):
    """Registers a coaching firm as a tenant. The slug is its short name in addresses, unique in the installation.

    Sent again with the same content, it changes nothing.
    """

    name: PublicText
    slug: Slug
    region: Code = "eu"
    time_zone: TimeZone = "Etc/UTC"
    locale: Label = "en"
    week_start: WeekStart = "monday"


class SetOrganizationPolicy(Command, frozen=True, kw_only=True):
    """Sets the coaching policy. What is left out stays as it is.

    `seen` is the version of the policy that was read, 0 for the product's own. The smallest groups may be raised and never
    lowered below 5 for sponsors and 3 for raters. `reason_codes` are what may stand in place of a written reason.
    """

    seen: Annotated[int, Meta(ge=0)]
    sponsor_min_group: Annotated[int, Meta(ge=1, le=1000)] | None = None
    rater_min_group: Annotated[int, Meta(ge=1, le=1000)] | None = None
    max_active_objectives: Annotated[int, Meta(ge=1, le=5)] | None = None
    review_cadence_days: Annotated[int, Meta(ge=7, le=92)] | None = None
    smart_gate: bool | None = None
    quiet_from_hour: Hour | None = None
    quiet_until_hour: Hour | None = None
    retention_months: Annotated[int, Meta(ge=1, le=600)] | None = None
    reason_codes: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=50)] | None = None


class SuspendOrganization(Command, frozen=True, kw_only=True):
    """Stops everything that changes the organization. It goes on at the beginning of the day `until` there; left out, once reinstated."""

    until: date | None = None
    reason_code: Code | None = None
    reason: Prose | None = None


class ReinstateOrganization(Command, frozen=True, kw_only=True):
    """Lets an organization that is suspended go on at once."""

    reason_code: Code | None = None
    reason: Prose | None = None


class AdoptRuleset(Command, frozen=True, kw_only=True):
    """Follows this version of the rules of a kind from that day on. What was judged before stays as it was judged."""

    kind: RulesetKind
    version: Code
    effective_from: date


class AddClientOrganization(Command, frozen=True, kw_only=True):
    """Adds a firm whose staff are coached; a program can name it. `external_ref` is what it is called in your own books."""

    name: PublicText
    external_ref: PublicText | None = None


class Skeleton(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a template."""


class MeasureSkeleton(Skeleton, frozen=True, kw_only=True):
    """How it will be known whether an objective is reached: by a number, or by yes or no. The ends of a scale are for the plan to say."""

    name: PublicText
    kind: Literal["numeric", "yes_no"] = "numeric"
    unit: Label | None = None
    direction: Direction


class ObjectiveSkeleton(Skeleton, frozen=True, kw_only=True):
    """An objective, due so many days after the plan is drafted."""

    title: PublicText
    outcome_area: Code | None = None
    measure: MeasureSkeleton | None = None
    due_after_days: Days | None = None


class StrategySkeleton(Skeleton, frozen=True, kw_only=True):
    """A strategy for objectives of the template, which go by their places in it, from 0."""

    title: PublicText
    kind: StrategyKind
    objectives: Annotated[tuple[Place, ...], Meta(max_length=5)]


class MilestoneSkeleton(Skeleton, frozen=True, kw_only=True):
    """A milestone of the objective at that place, due so many days after the plan is drafted."""

    objective: Place
    title: PublicText
    due_after_days: Days


class DefinePlanTemplate(Command, frozen=True, kw_only=True):
    """Define what plans can be drafted with: objectives, strategies and milestones in words about no person.

    A plan that is drafted from it, by its id as `template`, gets copies. `language` is that of its words, else the organization's.
    """

    name: PublicText
    language: Code | None = None
    objectives: Annotated[tuple[ObjectiveSkeleton, ...], Meta(min_length=1, max_length=5)]
    strategies: Annotated[tuple[StrategySkeleton, ...], Meta(max_length=10)] = ()
    milestones: Annotated[tuple[MilestoneSkeleton, ...], Meta(max_length=15)] = ()


class RetirePlanTemplate(Command, frozen=True, kw_only=True):
    """Offer a template no longer. Plans that were drafted from it stay as they are."""

    template_id: UUID


class LicensedStatementBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement as the client reads it about themselves, and as raters read it about the client."""

    own: PublicText
    of_others: PublicText


class LicensedCompetencyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A competency with the statements that ask for it. Items go by its code and their place: `courage_1`, `courage_2`."""

    competency: CompetencyCode
    label: PublicText
    statements: Annotated[tuple[LicensedStatementBody, ...], Meta(min_length=1, max_length=10)]


class AddInstrument(Command, frozen=True, kw_only=True):
    """Add a questionnaire of your own, in text that you may use, to launch needs assessments with; `licence` says whose it is.

    `anchors` name the points of the scale, from `lowest` on. An instrument of that code that is there already gets a new version;
    assessments that were launched with an earlier one keep it.
    """

    code: Code
    label: PublicText
    language: Code | None = None
    licence: PublicText | None = None
    lowest: Annotated[int, Meta(ge=0, le=10)] = 1
    anchors: Annotated[tuple[PublicText, ...], Meta(min_length=2, max_length=11)]
    competencies: Annotated[tuple[LicensedCompetencyBody, ...], Meta(min_length=1, max_length=12)]


class RetireInstrument(Command, frozen=True, kw_only=True):
    """Launch nothing with an instrument of your own any more. Assessments that were launched with it go on."""

    code: Code


class PlaceLegalHold(Command, frozen=True, kw_only=True):
    """Keeps what the law may ask for: as long as it holds, nobody in its scope is erased.

    `subject_id` is the person or the engagement; for the whole organization leave it out. `case_ref` is the case's code in your own books.
    """

    scope: HoldScope
    subject_id: UUID | None = None
    case_ref: Code
    reason_code: Code | None = None
    reason: Prose | None = None


class ReleaseLegalHold(Command, frozen=True, kw_only=True):
    """Ends a hold. An erasure that waited for it goes on by itself, within the day."""

    hold_id: UUID
    reason_code: Code | None = None
    reason: Prose | None = None
