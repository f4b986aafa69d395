"""The page of a plan's exercises: the coach offers worksheets and tools for reflection, and the client answers them, by forms without a script."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.command import Command
from domain.errors import NotPermitted
from domain.plan.commands import AnswerExercise, OfferExercise, WithdrawExercise
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import allowed, asked_for, filled, lines_of, reasons
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.relation import facts_of
from services.permission.table import PUBLIC
from services.plan.query import find_plan
from services.reading.reads import Reads
from services.reading.route import get
from services.reading.view import disclosed

PATH: Final = "/plans/{id:uuid}/exercises"
COMMANDS: Final[dict[str, type[Command]]] = {"offer": OfferExercise, "answer": AnswerExercise, "withdraw": WithdrawExercise}
DONE: Final = {
    "offer": "The exercise is offered.",
    "answer": "Your answers are kept.",
    "withdraw": "The exercise is taken back.",
}
KINDS: Final = (("worksheet", "A worksheet"), ("reflection_tool", "A tool for reflection"))
EYES: Final = (("shared", "You and your coach"), ("private_client", "Only you: your coach learns that you answered, and not what"))
ANSWER: Final = "answer."
"""What the fields of answers begin with, before the place of their question."""


@get(PATH, name="exercises_page", opt={"action": "read_plan", "page": True})
async def exercises(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await exercises_page(request, reads, actor, id, done=DONE.get(done, ""))


async def exercises_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    """The newest first. Raises `NotPermitted` for who reads no exercises."""
    plan = (await find_plan(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_plan", "plan", id)
    every = disclosed(plan.exercises)
    if every is None:
        raise NotPermitted
    return page(
        "exercises.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="/plans",
        plan=plan,
        exercises=every[::-1],
        objectives=disclosed(plan.objectives) or (),
        titles={one.id: one.title for one in disclosed(plan.objectives) or ()},
        may=allowed(look.actor, COMMANDS, facts_of(look.reading, id)),
        kinds=KINDS,
        eyes=EYES,
        reasons=reasons(look.organization.policy.reason_codes),
        names=await names_of(request, reads, actor, [plan.client_id]),
        sent=sent,
        done=done,
    )


@post(PATH, name="change_exercises", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 32)
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
        lambda sent: exercises_page(request, reads, actor, id, sent=sent),
        f"/plans/{id}/exercises",
        place=place,
    )


def command_of(form: FormMultiDict) -> Command:
    """A field that was left open is left out, and a question that was is answered by null. Raises `Unreadable`."""
    sent = filled(form)
    command = asked_for(what := sent.get("what", ""), COMMANDS)
    names = {"offer": ("kind", "title", "due_on"), "answer": ("exercise_id", "visibility")}.get(
        what, ("exercise_id", "reason_code", "reason")
    )
    body: dict[str, Any] = {name: sent[name] for name in names if name in sent}
    if what == "offer":
        body["questions"] = lines_of(sent.get("questions", ""))
        body["objective_ids"] = [str(id) for id in form.getall("objective_ids", [])]
    if what == "answer":
        body["answers"] = [sent.get(name) for name in form if name.startswith(ANSWER)]
    return decode(command, msgspec.json.encode(body))


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    name, _, number = field.partition("/")
    return ANSWER + number if name == "answers" and number else name


ROUTES: Final = (exercises, change)
