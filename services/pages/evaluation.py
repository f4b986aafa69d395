"""The pages of evaluations: which are promised, and one of them, to judge by, to correct and to take note of, with forms that need no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import UNSET

from domain.engagement.state import EngagementState
from domain.evaluation.judgement import Benefit
from domain.glossary import Party
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.evaluation.answers import JudgementAnswer
from services.evaluation.query import find_evaluation, find_scheduled
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import reasons
from services.pages.judging import DONE, command_of, place
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import PUBLIC
from services.plan.objective import ObjectiveAnswer
from services.plan.query import find_plan
from services.reading.reads import Look, Reads
from services.reading.route import get
from services.reading.view import disclosed

EVALUATIONS: Final = "/evaluations"
ONE: Final = "/evaluations/{id:uuid}"
LEVELS: Final = {
    1: "Did the client like it?",
    2: "Was something learned?",
    3: "Does the client act otherwise?",
    4: "Did it change results?",
}
"""Kirkpatrick's levels, as questions."""


class Judged(NamedTuple):
    """What is judged: a version of the plan, and its objectives as far as the reader may know them."""

    plan: UUID | None
    version: int | None
    objectives: Sequence[ObjectiveAnswer]


class Own(NamedTuple):
    """The reader's own judgement, which they can correct."""

    said: JudgementAnswer

    @property
    def ratings(self) -> dict[UUID, int]:
        return {one.objective_id: one.rating for one in self.said.ratings or ()}

    @property
    def levels(self) -> dict[int, int]:
        return {one.level: one.rating for one in self.said.levels or ()}

    @property
    def worths(self) -> dict[UUID, Benefit]:
        return {one.objective_id: one for one in self.said.benefits or ()}


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
    return await evaluation_page(request, reads, actor, id, done=DONE.get(done, ""))


async def evaluation_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    shown = (await find_evaluation(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_evaluation", "evaluation", id)
    judged = await judged_by(request, reads, look, shown.engagement_id)
    party = party_of(look.engagement, actor)
    judgements = disclosed(shown.judgements)
    return page(
        "evaluation.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=EVALUATIONS,
        one=shown,
        judgements=judgements,
        judged=judged,
        own=next((Own(one) for one in judgements or () if one.evaluator == party and one.version is not UNSET), None),
        titles={one.id: one.title for one in judged.objectives},
        levels=LEVELS,
        reasons=reasons(look.organization.policy.reason_codes),
        records=party in shown.evaluators and party not in shown.recorded and judged.version is not None,
        acknowledges=party == "client" and bool(shown.recorded) and shown.acknowledged is False,
        names=await names_of(request, reads, actor, [shown.client_id]),
        sent=sent,
        done=done,
    )


def party_of(engagement: EngagementState | None, actor: Actor) -> Party | None:
    """The side that the reader stands on, in the role that they act in."""
    if engagement is None:
        return None
    sides: dict[Party, UUID | None] = {"client": engagement.client_id, "coach": engagement.coach_id, "sponsor": engagement.sponsor_id}
    return next((party for party, person in sides.items() if party == actor.role and person == actor.person_id), None)


async def judged_by(request: Request[Any, Any, Any], reads: Reads, look: Look, engagement_id: UUID) -> Judged:
    """The version of the plan that stands today, with what the reader may see of it."""
    async with reads.snapshot(request, look.actor, CURRENT["plan"], shown_by=look) as (rows, _):
        plans = await current.of_engagement(rows, "plan", engagement_id)
    if not plans:
        return Judged(None, None, ())
    plan = (await find_plan(request, reads, look.actor, plans[-1])).answer
    version = disclosed(plan.plan_version)
    return Judged(plan.id, version or None, disclosed(plan.objectives) or ())


@post(ONE, name="change_evaluation", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form), id),
        lambda sent: evaluation_page(request, reads, actor, id, sent=sent),
        f"{EVALUATIONS}/{id}",
        place=place,
    )


ROUTES: Final = (evaluations, evaluation, change)
