"""A plan ends with its engagement: whatever is asked of it afterwards is refused."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import pytest
from msgspec.structs import replace

from domain.command import Command
from domain.errors.engagement import EngagementEnded
from domain.plan.commands import MissMilestone
from domain.plan.decide import decide
from tests.architecture.example import examples
from tests.domain.planning import ENGAGED, active, by, defined
from tests.domain.spec import given

ASKED = sorted(decide.table.keys() - {MissMilestone}, key=lambda kind: kind.__name__)  # which has nothing to say then
OVER = replace(ENGAGED, state="completed")


def example(kind: type[Command]) -> Command:
    """One that its own form allows."""
    for body in examples(kind):
        with suppress(msgspec.ValidationError):
            return msgspec.convert(body, kind)
    raise LookupError(f"no example fits {kind.__name__}")


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.__name__)
def test_nothing_of_it_changes_any_more(kind: type[Command]) -> None:
    refusal = given(*active(defined())).when(example(kind), by(engagement=OVER)).then_refused(EngagementEnded)
    assert refusal.facts == {"state": "completed"}
