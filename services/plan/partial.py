"""A list of plans with some of their fields only: what nobody asked for is neither opened nor worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from litestar import Request
from msgspec.structs import replace

from domain.plan.state import PlanState
from projections.current import Current

EMPTY: Final[Mapping[str, Any]] = {
    **{"strategies": {}, "actions": {}, "milestones": {}, "exercises": {}},
    **{"wins": (), "inputs": (), "comments": ()},
}
"""What holds words and is in one field of the answer alone -> what stands there instead until the answer is narrowed."""
WORDED: Final = frozenset({"objectives", *EMPTY})
JUDGED: Final = frozenset({"objectives", "attainment"})
"""What objectives are needed for."""


class Asked:
    """Which fields of the items somebody asked for; without any named, all."""

    def __init__(self, request: Request[Any, Any, Any]) -> None:
        given: str | None = request.query_params.get("fields")
        self.fields = None if given is None else frozenset(given.split(","))

    @property
    def words(self) -> bool:
        """Whether any text is to be opened."""
        return self.fields is None or bool(self.fields & WORDED)

    def of(self, one: Current[PlanState]) -> Current[PlanState]:
        """As much of the plan as the answer needs."""
        if self.fields is None:
            return one
        left = {name: empty for name, empty in EMPTY.items() if name not in self.fields}
        return replace(one, state=replace(one.state, **left, **({} if self.fields & JUDGED else {"objectives": {}})))
