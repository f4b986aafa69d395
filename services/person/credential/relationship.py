"""The lines of a log by whom they were held with: one client, or one group by one of its members."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import EngagementKind
from projections.credential.line import Line
from projections.credential_log import Coaching, Hours


class Relationship(NamedTuple):
    """`client_id` is who stands for it: of a group the first who consents to be listed. `last_on` is None while it goes on."""

    kind: EngagementKind
    client_id: UUID
    lines: tuple[Line, ...]
    last_on: date | None

    @property
    def counting(self) -> tuple[Line, ...]:
        return tuple(one for one in self.lines if one.reason is None)

    def minutes(self, *, pro_bono: bool) -> int:
        return sum(one.total for one in self.counting if one.pro_bono == pro_bono)

    @property
    def head_count(self) -> int | None:
        """How many came at most, of a group."""
        return None if self.kind == "individual" else max(one.head_count for one in self.lines)


def relationships(coach: UUID, hours: Hours, lines: Iterable[Line], listed: Collection[UUID]) -> list[Relationship]:
    """In the order in which they began. A client has one, whatever the number of engagements; a group has one of its own."""
    found: dict[UUID, list[Line]] = {}
    for line in lines:
        coaching = hours.coachings[line.engagement_id]
        found.setdefault(coaching.client_id if coaching.kind == "individual" else coaching.engagement_id, []).append(line)
    return [relationship(coach, hours, together, listed) for together in found.values()]


def relationship(coach: UUID, hours: Hours, lines: Sequence[Line], listed: Collection[UUID]) -> Relationship:
    coachings = [hours.coachings[id] for id in dict.fromkeys(one.engagement_id for one in lines)]
    goes_on = any(one.is_under_way and one.coach_id == coach for one in coachings)
    return Relationship(
        kind=coachings[0].kind,
        client_id=standing_for(coachings[0], lines, listed),
        lines=tuple(lines),
        last_on=None if goes_on else lines[-1].on,
    )


def standing_for(coaching: Coaching, lines: Sequence[Line], listed: Collection[UUID]) -> UUID:
    present = {client for one in lines for client in one.clients}
    order = (coaching.client_id, *(one.client_id for one in coaching.joined))
    return next((client for client in order if client in present and client in listed), coaching.client_id)
