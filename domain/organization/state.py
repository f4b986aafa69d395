"""The organization as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.context import Policy
from domain.values import NIL


class Suspension(Struct, frozen=True, kw_only=True):
    """Since when nothing is changed; at the beginning of the day `until`, if there is one, it is over by itself."""

    since: datetime
    until: date | None


class OrganizationState(Struct, frozen=True, kw_only=True):
    """The tenant with its policy and who set it last; before that, the product's own holds, with version 0.

    `cadences` are all review cadences so far, each after the version of the policy that set it: a time between two reviews
    is measured by the one under which it began. `suspension` is the last one that nobody ended: whether it is over by itself is
    asked with the day of asking, for what is folded knows no clock.
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

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def suspended_on(self, today: date) -> bool:
        return self.suspension is not None and (self.suspension.until is None or today < self.suspension.until)

    def day(self, instant: datetime) -> date:
        """The day that it is there."""
        return instant.astimezone(self.zone).date()
