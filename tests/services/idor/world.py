"""Two organizations, one with two engagements that have nobody in common: whoever is asked as knows every id of all three."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from httpx import Response
from litestar import Litestar
from uuid_utils.compat import uuid7

from domain.glossary import Role
from services.entry.auth import COOKIE, Wanted
from tests.services.desk import Desk
from tests.services.firm import Firm
from tests.services.test_execution import active

SIGN_IN: Final = Wanted(kind="sign_in")
PARTIES: Final[tuple[Role, ...]] = ("client", "coach", "sponsor")
VARYING: Final = re.compile(
    r'"request_id":"[^"]*"|<code>[0-9a-f-]{36}</code>|As of <time[^>]*>[^<]*</time>[^<]*|name="once" value="[^"]*"|<a href="[^"]*as_of=position.*'
)
"""What is another one in each answer: the request's id, the moment of a page with its position, a form's key against being sent twice, and
the places on a plan's line of time, which ends at the moment."""
PASSING: Final = {"date", "x-request-id", "content-length", "server", "ratelimit", "retry-after"}
"""Headers that differ from one answer to the next, whatever is asked for."""


class Caller(NamedTuple):
    """Who asks: by which key, in which role, in the whole organization or in the own engagement's program alone."""

    name: str
    role: Role
    is_narrow: bool = False

    @property
    def is_stranger(self) -> bool:
        """Whether the sibling is none of their business."""
        return self.role in PARTIES or self.is_narrow


CALLERS: Final = (
    *(Caller(role, role) for role in PARTIES),
    *(Caller(role, role) for role in ("program_manager", "admin", "auditor", "integration")),
    Caller("guide", "program_manager", is_narrow=True),
    Caller("inspector", "auditor", is_narrow=True),
)


class World(NamedTuple):
    """`own` and `sibling` are of one organization, `foreign` is of another; `ids` of each go by their noun."""

    own: Firm
    sibling: Firm
    foreign: Firm

    @property
    def places(self) -> Mapping[str, Firm]:
        return self._asdict()


async def built(app: Litestar, firm: Firm) -> World:
    """`firm` is open, and becomes the own side."""
    foreign = Firm(firm.client, firm.runner, app.state.commands, app.state.api_keys)
    await foreign.open()
    sibling = await second_side(firm)
    for side in (firm, sibling, foreign):
        await furnish(app, side)
    await enter_narrow(firm, "guide", "program_manager")
    await enter_narrow(firm, "inspector", "auditor")
    for side in (firm, sibling, foreign):
        await make_keys(side)
    await firm.runner.catch_up()
    return World(firm, sibling, foreign)


async def second_side(firm: Firm) -> Firm:
    """The same organization and those who run it, with other parties."""
    side = Firm(firm.client, firm.runner, firm.commands, firm.issuer)
    side.tenant, side.keys, side.ids = firm.tenant, dict(firm.keys), dict(firm.ids)
    for role in PARTIES:
        await firm.enter(f"other-{role}", role)
        side.keys[role], side.ids[role] = firm.keys[f"other-{role}"], firm.ids[f"other-{role}"]
    return side


async def enter_narrow(firm: Firm, name: str, role: Role) -> None:
    made = await firm.done("admin", "/v1/people", {"name": f"Person {name}", "email": f"{name}@example.org"})
    await firm.done("admin", f"/v1/people/{made['id']}/grant-membership", {"role": role, "program_id": firm.ids["program"]})
    firm.ids[name], firm.keys[name] = made["id"], (await firm.issuer.create(firm.tenant, UUID(made["id"]), role)).key


async def make_keys(side: Firm) -> None:
    """A sign-in for each caller, whose cookie the forms of pages heed, and a key and a sign-in that may be ended."""
    for caller in CALLERS:
        if caller.name in side.ids:
            who = (side.tenant, UUID(side.ids[caller.name]), caller.role)
            side.keys[f"cookie of {caller.name}"] = (await side.issuer.make(*who, SIGN_IN)).key
            for kind, wanted in (("key", Wanted()), ("sign_in", SIGN_IN)):
                side.ids[f"{kind} of {caller.name}"] = str((await side.issuer.make(*who, wanted)).key_id)
    side.ids["key"], side.ids["sign_in"] = side.ids["key of client"], side.ids["sign_in of client"]


async def furnish(app: Litestar, side: Firm) -> None:
    """One of each thing that has an id, with the id under its noun."""
    ids = side.ids
    ids["organization"], ids["person"] = str(side.tenant), ids["client"]
    await side.engage(("objective_titles", "progress", "attainment", "evaluation_summary"))
    firm = await side.done("admin", f"/v1/organizations/{side.tenant}/add-client-organization", {"name": "Acme Mills"})
    ids["client_organization"] = firm["item_id"]
    assessment = await side.done("coach", "/v1/assessments", {"engagement_id": ids["engagement"], "kind": "feedback_360"})
    rater = {"name": "Rae Rater", "email": "rae@example.org", "group": "peer"}
    ids["rater"] = (await side.done("client", f"/v1/assessments/{assessment['id']}/nominate-rater", rater))["item_id"]
    need = {"competency": "feedback", "need_class": "challenge", "evidence": [{"source": "document"}]}
    found = await side.done("coach", f"/v1/assessments/{assessment['id']}/identify-need", need)
    ids["assessment"], ids["need"] = assessment["id"], found["item_id"]
    ids["instrument"] = f"compass_{ids['client'][-12:]}"
    asks = [{"competency": "courage", "label": "Courage", "statements": [{"own": "I say no.", "of_others": "They say no."}]}]
    compass = {"code": ids["instrument"], "label": "Compass", "anchors": ["no", "yes"], "competencies": asks}
    await side.done("coach", f"/v1/organizations/{side.tenant}/add-instrument", compass)
    template = {"name": "First time leading", "objectives": [{"title": "Hold weekly one-to-ones"}]}
    made = await side.done("coach", f"/v1/organizations/{side.tenant}/define-plan-template", template)
    ids["template"] = made["item_id"]
    await side.plan("Meet")
    ids["objective"] = ids["Meet"]
    await put_into_plan(side)
    due = {"engagement_id": ids["engagement"], "kind": "final", "point": "end", "due_on": "2199-01-01"}
    ids["evaluation"] = (await side.done("coach", "/v1/evaluations", due))["id"]
    for name in (f"asked-{ids['program'][-12:]}-{number}" for number in (1, 2)):  # of fewer than three nobody is asked
        await side.enter(name, "client")
        await side.done("program_manager", f"/v1/programs/{ids['program']}/enrol-participant", {"client_id": ids[name]})
    ids["survey"] = (await side.done("program_manager", "/v1/surveys", {"program_id": ids["program"]}))["id"]
    booked = {"engagement_id": ids["engagement"], "starts_at": "2198-12-01T09:00:00Z"}
    ids["session"] = (await side.done("coach", "/v1/sessions", booked))["id"]
    kept = {"text": "For my eyes alone.", "visibility": "private_coach"}
    for noun, command in (("note", "record-session-note"), ("reflection", "record-reflection")):
        ids[noun] = (await side.done("coach", f"/v1/sessions/{ids['session']}/{command}", kept))["item_id"]
    wish = {"reason_code": "law", "reason": "The labour court has asked for it."}
    at = f"/v1/engagements/{ids['engagement']}/request-emergency-access"
    ids["emergency"] = (await side.done("program_manager", at, wish))["item_id"]
    desk = Desk(app, side)
    ids["report"] = await desk.ask("coach", *PARTIES)
    await desk.make(ids["report"])


async def put_into_plan(side: Firm) -> None:
    """What a plan holds beside its objective; it is active when this returns, with a change proposed."""
    at, ids = f"/v1/plans/{side.ids['plan']}", side.ids
    strategy = {"title": "Put them into the calendar", "kind": "practice", "objective_ids": [ids["objective"]]}
    milestone = {"objective_id": ids["objective"], "title": "Half of them", "due_on": "2199-01-31", "benchmark": "6"}
    action = {"text": "Invite the first three", "owner": ids["client"], "due_on": "2199-01-31", "objective_id": ids["objective"]}
    exercise = {"kind": "worksheet", "title": "A week of meetings", "questions": ["Which did you lead?"]}
    for noun, command, body in (
        ("strategy", "adopt-strategy", strategy),
        ("milestone", "set-milestone", milestone),
        ("action", "commit-action", action),
        ("exercise", "offer-exercise", exercise),
    ):
        ids[noun] = (await side.done("coach", f"{at}/{command}", body))["item_id"]
    await active(side)
    change = {"change": {"command": "drop_strategy", "strategy_id": ids["strategy"]}, "reason_code": "scope"}
    ids["change"] = (await side.done("coach", f"{at}/propose-change", change))["item_id"]


def absent() -> str:
    """The id of nothing."""
    return str(uuid7())


class Told(NamedTuple):
    """An answer without what is another one each time: the request's id, and the ids that were asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def told(answer: Response, *asked: str) -> Told:
    body = VARYING.sub("", answer.text)
    for number, id in enumerate(asked):
        body = body.replace(id, f"<{number}>").replace(f"Person {id[-6:]}", f"<{number}>")
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name not in PASSING))
    return Told(answer.status_code, headers, body)


async def ask(side: Firm, caller: str, method: str, path: str, **more: Any) -> Response:
    """By key and by cookie, as a browser and as a program do: a page's form heeds the cookie alone."""
    cookie = side.keys.get(f"cookie of {caller}", "")
    headers = {"Cookie": f"{COOKIE}={cookie}", "Origin": str(side.client.base_url).rstrip("/")}
    return await side.send(caller, method, path, headers=headers | more.pop("headers", {}), **more)
