"""A list of plans with some of their fields only: what nobody asked for is neither read nor worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from litestar import Request

WORDED: Final = frozenset({"objectives", "strategies", "actions", "milestones", "wins", "inputs", "comments", "exercises"})
LARGE: Final = WORDED | {"approvals", "changes", "entries"}
"""Fields of the state that are left out unless they are needed: an answer's field of the same name is made of each."""
OF_OBJECTIVES: Final = frozenset({"objectives", "attainment"})
JUDGED: Final = frozenset({"objectives", "milestones", "entries"})
"""What the fields of an answer that tell of objectives are made of: verdicts ask for checkpoints, attainment for reports."""


class Asked:
    """Which fields of the items somebody asked for; without any named, all."""

    def __init__(self, fields: frozenset[str] | None = None) -> None:
        self.fields = fields

    @staticmethod
    def by(request: Request[Any, Any, Any]) -> Asked:
        given: str | None = request.query_params.get("fields")
        return Asked(None if given is None else frozenset(given.split(",")))

    @property
    def words(self) -> bool:
        """Whether any text is to be opened."""
        return self.fields is None or bool(self.fields & WORDED)

    @property
    def progress(self) -> bool:
        """Whether it matters how far the objectives have come."""
        return self.fields is None or "objectives" in self.fields

    @property
    def left_out(self) -> Sequence[str] | None:
        """The fields of the state that the answer does without; None: it takes all."""
        if self.fields is None:
            return None
        return sorted(LARGE - self.fields - (JUDGED if self.fields & OF_OBJECTIVES else frozenset()))
