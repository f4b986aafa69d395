"""When a reported fact may have happened, and when a reason is good enough."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.context import Context, Policy
from domain.errors import OccurredAtOutOfRange, ReasonRequired
from domain.rules import require_occurred_since, require_reason
from tests.domain.spec import NOW, known

POLICY = Policy(version=3, reason_codes=("scope", "illness"))


@pytest.mark.parametrize(("code", "reason"), [("scope", None), ("illness", "too short"), (None, "ten of the"), ("scope", "")])
def test_a_listed_code_or_ten_characters_will_do(code: str | None, reason: str | None) -> None:
    require_reason(code, reason, POLICY)


@pytest.mark.parametrize(
    ("code", "reason", "pointer"),
    [
        (None, None, "/reason"),
        (None, "nine of t", "/reason"),
        (None, "    short     ", "/reason"),
        ("absence", None, "/reason_code"),
        ("absence", "it was a long story", "/reason_code"),
    ],
)
def test_refuses_less(code: str | None, reason: str | None, pointer: str) -> None:
    with pytest.raises(ReasonRequired) as caught:
        require_reason(code, reason, POLICY)
    assert caught.value.pointer == pointer


def test_a_report_lies_between_its_objects_making_and_five_minutes_from_now() -> None:
    made = NOW - timedelta(days=1)
    for occurred_at in (made, NOW, NOW + timedelta(minutes=5)):
        require_occurred_since(made, Context(**known(occurred_at=occurred_at)))
    for occurred_at in (made - timedelta(seconds=1), NOW + timedelta(minutes=5, seconds=1)):
        with pytest.raises(OccurredAtOutOfRange):
            require_occurred_since(made, Context(**known(occurred_at=occurred_at)))
