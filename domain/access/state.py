"""What was shown, as it stands: how much, and nothing that anything depends on."""

from __future__ import annotations

from msgspec import Struct


class AccessState(Struct, frozen=True, kw_only=True):
    """How many readings the stream holds."""

    readings: int = 0

    @property
    def exists(self) -> bool:
        return self.readings > 0
