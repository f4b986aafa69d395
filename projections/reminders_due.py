"""What reminders hang on, a row an engagement. What fires today is asked when the rows are read (`workers/reminder/rule.py`).

One that is about a person, and no engagement, leaves a row of its own when it was sent, or failed: it is a realm by itself. What it
hangs on stands among the members.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from domain.values import Personal
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.reminder.facts import Facts
from projections.reminder.follow import follow
from projections.snapshot import Snapshot


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in follow.table else None


def apply(facts: Facts | None, fed: Fed) -> Facts:
    return follow(facts or Facts(engagement_id=fed.engagement_id or fed.stream), fed)


def personal(facts: Facts) -> Iterator[Personal[Any]]:
    return (rating.scores for rating in facts.ratings)


REMINDERS_DUE: Final = Projection(
    __file__, name="reminders_due", version=8, document=Facts, reads=follow.table, key=key, apply=apply, personal=personal
)


async def everything(snapshot: Snapshot) -> list[Facts]:
    """The facts of every engagement of the organization, their ratings open."""
    return [row.document for row in await snapshot.opened(REMINDERS_DUE, "everything")]
