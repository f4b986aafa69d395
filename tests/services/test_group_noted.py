"""A group in the access log: of whatever the first client is shown in, each who is or was coached with them is, too, in every address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.services.firm import Firm
from tests.services.grouping import TOGETHER, grouped, leave
from tests.services.test_accesses import shows
from tests.services.test_evaluation import judgement

NOUNS: Final = {
    **{"engagements": "engagement", "plans": "plan", "programs": "program", "sessions": "session"},
    **{"evaluations": "evaluation", "people": "coach"},
}
ASKED: Final = ("/v1/board/as-of?position={position}", "/audit?about={program}", "/reports?subject={engagement}")
"""Addresses that tell more when they are asked for something."""


@pytest.fixture(scope="module")
async def group(app: Litestar, client: Any, runner: Any) -> Firm:
    """One of them has left, their coach coaches no more, and somebody said what it was worth."""
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    await grouped(app, firm)
    point = {"engagement_id": firm.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-01"}
    firm.ids["evaluation"] = (await firm.done("coach", "/v1/evaluations", point))["id"]
    await firm.done("coach", f"/v1/evaluations/{firm.ids['evaluation']}/record-evaluation", judgement(firm))
    report = {
        "template": "client_progress",
        "subject_id": firm.ids["engagement"],
        "period": "to_date",
        "format": "json",
        "recipients": [firm.ids["coach"]],
    }
    await firm.done("coach", "/v1/reports", report)
    await leave(firm, "ben")
    gone = await firm.done("admin", f"/v1/people/{firm.ids['coach']}/revoke-membership", {"role": "coach", "reason_code": "other"})
    firm.ids["position"] = str(gone["position"])
    await firm.runner.catch_up()
    return firm


def addresses(app: Litestar, firm: Firm) -> Iterator[str]:
    """Every address that a read or a page answers at, of the group where it is about one thing, of the coach where it is about somebody."""
    ids = {noun: firm.ids[name] for noun, name in NOUNS.items()}
    for route in app.routes:
        if isinstance(route, HTTPRoute) and any(shows(handler) for handler in route.route_handlers):
            noun = route.path.removeprefix("/v1").split("/")[1]
            if "{" not in route.path or noun in ids:
                yield re.sub(r"{id:\w+}", ids.get(noun, ""), route.path)
    yield from (one.format(**firm.ids) for one in ASKED)


def noted(app: Litestar, firm: Firm) -> dict[str, set[tuple[object, ...]]]:
    """What of whom was noted since the recorder forgot."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for one in app.state.reads.recorder.recent[firm.tenant]:
        found[str(one.subject_id)].add((one.action, one.classes, one.record_id))
    return found


@pytest.mark.parametrize(
    ("role", "seen_in"),
    [
        ("program_manager", {"read_board", "read_effect", "list_ledger", "read_person", "list_plans", "read_plan"}),
        ("auditor", {"list_ledger", "read_board", "ask_known_and_said", "read_plan"}),
        ("sponsor", {"list_plans", "read_plan", "list_reports"}),
    ],
)
async def test_what_is_noted_of_the_first_client_is_noted_of_each_who_is_or_was_coached_with_them(
    app: Litestar, group: Firm, role: str, seen_in: set[str]
) -> None:
    actions = set()
    for at in addresses(app, group):
        app.state.reads.recorder.recent.clear()
        await group.get(role, at)
        found = noted(app, group)
        of_client = found[group.ids["client"]]
        for who in TOGETHER[1:]:
            assert of_client <= found[group.ids[who]], (at, who)
        actions |= {str(action) for action, *_ in of_client}
    assert seen_in <= actions, sorted(actions)
