"""How much a coach has to do (KPI 28): engagements under way of the places they give, and the hours they held."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from projections.credential.line import Line
from projections.credential_log import Hours
from projections.kpi.value import HUNDRED, PLACES


class Load(Struct, frozen=True, kw_only=True):
    """`engagements` under way are the numerator, `places` in the pools of programs the denominator; null where the coach is in none.

    `share` is in percent. Minutes and `head_count`, those who came to group sessions, are of `sessions` up to the day.
    """

    kpi: int = 28
    engagements: int
    places: int | None
    share: Decimal | None
    sessions: int
    paid_minutes: int
    pro_bono_minutes: int
    head_count: int


def load(coach: UUID, hours: Hours, lines: Sequence[Line], places: int) -> Load:
    engagements = len(hours.coached_by(coach))
    groups = {id for id, one in hours.coachings.items() if one.kind != "individual"}
    return Load(
        engagements=engagements,
        places=places or None,
        share=percent(engagements, places),
        sessions=len(lines),
        paid_minutes=sum(one.total for one in lines if not one.pro_bono),
        pro_bono_minutes=sum(one.total for one in lines if one.pro_bono),
        head_count=sum(one.head_count for one in lines if one.engagement_id in groups),
    )


def percent(engagements: int, places: int) -> Decimal | None:
    """None where there are no places."""
    return (HUNDRED * engagements / places).quantize(PLACES) if places else None
