"""Reads: what each role sees of the same thing."""

from __future__ import annotations

from tests.services.firm import Firm


async def test_client_and_coach_read_the_words_of_their_plan(planned: Firm) -> None:
    for who in ("client", "coach"):
        plan = await planned.seen(who, f"/v1/plans/{planned.ids['plan']}")
        assert [objective["title"] for objective in plan["objectives"]] == ["Meet"]
        assert plan["version"] == 2
