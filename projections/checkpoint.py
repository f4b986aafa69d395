"""How far each projection has followed each organization. The row's lock is the lease of whoever is projecting."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from infra.sql import load
from projections.projection import Projection

SQL: Final = load(__file__)


class Lag(NamedTuple):
    """A projection that is behind an organization's log, and how often its next page failed."""

    tenant: UUID
    projection: Projection[Any]
    failures: int

    @property
    def row(self) -> dict[str, Any]:
        """What names its checkpoint."""
        return {"tenant_id": self.tenant, "projection": self.projection.name, "generation": self.projection.version}
