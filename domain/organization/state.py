"""The organization as it stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.context import Policy
from domain.organization.events import HoldScope
from domain.questionnaire import LicensedInstrument
from domain.ruleset import RulesetKind, Rulesets
from domain.skeleton import PlanTemplate
from domain.values import NIL, StoredCode


class Suspension(Struct, frozen=True, kw_only=True):
    """Since when nothing is changed; at the beginning of the day `until`, if there is one, it is over by itself."""

    since: datetime
    until: date | None


class ClientOrganization(Struct, frozen=True, kw_only=True):
    """A firm whose staff are coached."""

    id: UUID
    name: str
    external_ref: str | None


class Adoption(Struct, frozen=True, kw_only=True):
    """From which day on which version of the rules of a kind is followed."""

    kind: RulesetKind
    version: StoredCode
    effective_from: date


class LegalHold(Struct, frozen=True, kw_only=True):
    """What is kept for a case, and since when; `released_at` once it is not any more. Without a subject it is the whole organization."""

    id: UUID
    scope: HoldScope
    subject_id: UUID | None
    case_ref: StoredCode
    placed_at: datetime
    placed_by: UUID
    released_at: datetime | None = None

    def keeps(self, person: UUID, engagements: Collection[UUID]) -> bool:
        """Whether it is in force, and forbids to erase that person, of whom there are words in these engagements."""
        if self.released_at is not None:
            return False
        return self.subject_id is None or self.subject_id == person or self.subject_id in engagements


class OrganizationState(Struct, frozen=True, kw_only=True):
    """The tenant with its policy and who set it last; before that, the product's own holds, with version 0.

    `cadences` are all review cadences so far, each after the version of the policy that set it: a time between two reviews
    is measured by the one under which it began. `suspension` is the last one that nobody ended: whether it is over by itself is
    asked with the day of asking, for what is folded knows no clock. `adoptions` are in the order in which they were decided.
    """

    id: UUID = NIL
    name: str = ""
    slug: str = ""
    region: str = ""
    time_zone: str = "Etc/UTC"
    locale: str = ""
    week_start: str = "monday"
    policy: Policy = Policy(version=0)
    policy_set_by: UUID | None = None
    cadences: tuple[tuple[int, int], ...] = ((0, Policy(version=0).review_cadence_days),)
    suspension: Suspension | None = None
    adoptions: tuple[Adoption, ...] = ()
    client_organizations: dict[UUID, ClientOrganization] = {}
    plan_templates: dict[UUID, PlanTemplate] = {}
    instruments: dict[str, LicensedInstrument] = {}
    retired_instruments: frozenset[str] = frozenset()
    holds: dict[UUID, LegalHold] = {}

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def own_instruments(self) -> dict[str, LicensedInstrument]:
        """By its code, the newest version of each that assessments can be launched with."""
        return {code: one for code, one in self.instruments.items() if code not in self.retired_instruments}

    def suspended_on(self, today: date) -> bool:
        return self.suspension is not None and (self.suspension.until is None or today < self.suspension.until)

    def day(self, instant: datetime) -> date:
        """The day that it is there."""
        return instant.astimezone(self.zone).date()

    def keeping(self, person: UUID, engagements: Collection[UUID]) -> tuple[LegalHold, ...]:
        """The holds that forbid to erase a person, of whom there are words in these engagements."""
        return tuple(hold for hold in self.holds.values() if hold.keeps(person, engagements))

    def rulesets(self, today: date) -> Rulesets:
        """What holds on a day: of each kind the version adopted for the latest day up to it; of two for one day the later decision."""
        begun = sorted((one for one in self.adoptions if one.effective_from <= today), key=lambda one: one.effective_from)
        return Rulesets(**{one.kind: one.version for one in begun})
