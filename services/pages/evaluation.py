"""The pages of evaluations: which are promised, and one of them, to judge by and to take note of, with forms that need no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.command import Command
from domain.engagement.state import EngagementState
from domain.evaluation.commands import AcknowledgeEvaluation, RecordEvaluation
from domain.glossary import Party
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.entry.auth import Keys
from services.entry.body import decode
from services.evaluation.query import find_evaluation, find_scheduled
from services.execution import Commands
from services.pages.cast import names_of
from services.pages.form import asked_for, filled, number
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.session import FORM_BYTES, SEE_OTHER, sender
from services.permission import PUBLIC
from services.plan.objective import ObjectiveAnswer
from services.plan.query import find_plan
from services.read import get
from services.reading import Reads
from services.view import disclosed

EVALUATIONS: Final = "/evaluations"
ONE: Final = "/evaluations/{id:uuid}"
COMMANDS: Final[dict[str, type[Command]]] = {"record": RecordEvaluation, "acknowledge": AcknowledgeEvaluation}
DONE: Final = {"record": "Your evaluation is recorded.", "acknowledge": "It is noted that you have read it."}
LEVELS: Final = {
    1: "Did the client like it?",
    2: "Was something learned?",
    3: "Does the client act otherwise?",
    4: "Did it change results?",
}
"""Kirkpatrick's levels, as questions."""
RATING, LEVEL, WORTH = "rating.", "level.", "worth."
"""What the names of fields begin with, before an objective's id or a level."""
PARTS: Final = ("value", "currency", "attribution", "confidence")


class Judged(NamedTuple):
    """What is judged: a version of the plan, and its objectives as far as the reader may know them."""

    plan: UUID | None
    version: int | None
    objectives: Sequence[ObjectiveAnswer]


@get(EVALUATIONS, name="evaluations_page", opt={"action": "record_evaluation", "page": True})
async def evaluations(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[str]:
    """Those of one's own engagements, the one that is due first at the top."""
    found = await find_scheduled(request, reads, actor)
    return page(
        "evaluations.html",
        reader=await page_reader(request, reads, actor),
        here=EVALUATIONS,
        items=found,
        mine=actor.role,
        names=await names_of(request, reads, actor, [one.client_id for one in found]),
    )


@get(ONE, name="evaluation_page", opt={"action": "read_evaluation", "page": True})
async def evaluation(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    shown = (await find_evaluation(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_evaluation", "evaluation", id)
    judged = await judged_by(request, reads, actor, shown.engagement_id)
    party = party_of(look.engagement, actor)
    return page(
        "evaluation.html",
        reader=await page_reader(request, reads, actor),
        here=EVALUATIONS,
        one=shown,
        judgements=disclosed(shown.judgements),
        judged=judged,
        titles={one.id: one.title for one in judged.objectives},
        levels=LEVELS,
        records=party in shown.evaluators and party not in shown.recorded and judged.version is not None,
        acknowledges=party == "client" and bool(shown.recorded) and shown.acknowledged is False,
        names=await names_of(request, reads, actor, [shown.client_id]),
        done=DONE.get(done, ""),
    )


def party_of(engagement: EngagementState | None, actor: Actor) -> Party | None:
    """The side that the reader stands on, in the role that they act in."""
    if engagement is None:
        return None
    sides: dict[Party, UUID | None] = {"client": engagement.client_id, "coach": engagement.coach_id, "sponsor": engagement.sponsor_id}
    return next((party for party, person in sides.items() if party == actor.role and person == actor.person_id), None)


async def judged_by(request: Request[Any, Any, Any], reads: Reads, actor: Actor, engagement_id: UUID) -> Judged:
    """The version of the plan that stands today, with what the reader may see of it."""
    async with reads.snapshot(request, actor, CURRENT["plan"]) as (rows, _):
        plans = await current.of_engagement(rows, "plan", engagement_id)
    if not plans:
        return Judged(None, None, ())
    plan = (await find_plan(request, reads, actor, plans[-1])).answer
    version = disclosed(plan.plan_version)
    return Judged(plan.id, version or None, disclosed(plan.objectives) or ())


@post(ONE, name="change_evaluation", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], commands: NamedDependency[Commands], id: FromPath[UUID]
) -> Redirect:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor = await sender(request, keys)
    form = await request.form()
    what = str(form.get("what", ""))
    await commands.execute(actor, command_of(what, form), id)
    return Redirect(f"{EVALUATIONS}/{id}?done={what}", status_code=SEE_OTHER, headers=HEADERS)


def command_of(what: str, form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    sent = filled(form)
    command = asked_for(what, COMMANDS)
    if command is AcknowledgeEvaluation:
        return decode(command, msgspec.json.encode({"seen": number("seen", sent.get("seen", ""))}))
    body: dict[str, Any] = {
        "plan_version": number("plan_version", sent.get("plan_version", "")),
        "effectiveness": number("effectiveness", sent.get("effectiveness", "")),
        "ratings": [
            {"objective_id": name.removeprefix(RATING), "rating": number(name, text)}
            for name, text in sent.items()
            if name.startswith(RATING)
        ],
        "levels": [
            {"level": number(name, name.removeprefix(LEVEL)), "rating": number(name, text)}
            for name, text in sent.items()
            if name.startswith(LEVEL)
        ],
        "benefits": [benefit(name, sent) for name in sent if name.startswith(WORTH) and name.endswith(".value")],
        "summary": sent.get("summary"),
    }
    return decode(command, msgspec.json.encode(body))


def benefit(name: str, sent: dict[str, str]) -> dict[str, Any]:
    """What an objective's change was worth, once its value was filled in."""
    start = name.removesuffix("value")
    given = {part: sent.get(start + part, "") for part in PARTS}
    estimates = {part: number(start + part, given[part]) for part in ("attribution", "confidence")}
    objective = start.removeprefix(WORTH).removesuffix(".")
    return {"objective_id": objective, "value": given["value"], "currency": given["currency"].lower(), **estimates}


ROUTES: Final = (evaluations, evaluation, change)
