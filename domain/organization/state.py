"""The organization as it stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.context import Policy
from domain.values import NIL


class OrganizationState(Struct, frozen=True, kw_only=True):
    """The tenant with its policy and who set it last; before that, the product's own holds, with version 0.

    `cadences` are all review cadences so far, each after the version of the policy that set it: a time between two reviews
    is measured by the one under which it began.
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

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day(self, instant: datetime) -> date:
        """The day that it is there."""
        return instant.astimezone(self.zone).date()
