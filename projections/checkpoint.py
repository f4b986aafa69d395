"""How far each follower of the log, such as a projection, has followed each organization.

The row's lock is the lease of whoever is following.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

from infra.sql import load

SQL: Final = load(__file__)


class Follower(Protocol):
    """What follows the log, under a name. Another version begins anew, with a checkpoint of its own."""

    name: str
    version: int


class Lag(NamedTuple):
    """A follower that is behind an organization's log: how often its next page failed, where it stands (None before it has
    begun), and where the log ended when that was looked up."""

    tenant: UUID
    follower: Follower
    failures: int
    position: int | None = None
    head: int = 0

    @property
    def row(self) -> dict[str, Any]:
        """What names its checkpoint."""
        return {"tenant_id": self.tenant, "projection": self.follower.name, "generation": self.follower.version}


def rows(lags: Sequence[Lag]) -> dict[str, Any]:
    """What names the checkpoints of some followers of one organization."""
    return {
        "tenant_id": lags[0].tenant,
        "projections": [lag.follower.name for lag in lags],
        "generations": [lag.follower.version for lag in lags],
    }
