"""What an indicator is made of, in the words of the board and of the reports."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.pages.fraction import WORDINGS, fraction
from services.pages.indicator import ASIDES, BESIDE, MEANINGS


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "expected"),
    [
        ("objective_progress", "18372.1", "492", "Mean of 492 measured objectives"),
        ("schedule_drift", "-9", "9", "9 days earlier in all, over 9 milestones"),
        ("schedule_drift", "1", "1", "1 day later in all, over 1 milestone"),
        ("adjustment_rate", "4", "9", "Due dates changed 4 times, over 9 milestones"),
        ("action_throughput", "40", "900", "40 done in 900 active days"),
        ("client_approved_share", "7", "12", "7 of 12 changes made or approved by the client"),
        ("schedule_drift", "0", "0", "0 milestones so far"),
        ("session_completion", "1", "1", "1 of 1 session took place"),
        ("engagement_completion", "3", "4", "3 of 4 engagements that ended completed"),
        ("nps", "-2", "7", "For less against: −2, of 7 answers"),
    ],
)
def test_what_an_indicator_is_made_of_is_said_as_people_say_it(name: str, numerator: str, denominator: str, expected: str) -> None:
    assert fraction(name, Decimal(numerator), Decimal(denominator)) == expected


def test_every_indicator_of_the_board_has_a_wording() -> None:
    """But medians, which have no numerator."""
    beside = {name for names in BESIDE.values() for name in names}
    assert beside == set(ASIDES)
    medians = {"days_to_smart", "days_between_sessions", "days_without_next_session", "days_to_first_session", "days_to_plan"}
    assert (set(MEANINGS) | beside) - set(WORDINGS) == medians
