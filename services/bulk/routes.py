"""Many commands in one request, over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from msgspec import UNSET, structs

from infra.eventstore.errors import Unavailable
from services.actor import Actor
from services.bulk.attempt import Kept, KeptRefusal
from services.bulk.execution import Run, Told
from services.bulk.form import LARGEST, Batch, BatchOutcome, ItemOutcome, ItemProblem
from services.bulk.reading import read_batch
from services.command.execution import Commands
from services.contract.catalogue import AT_THE_DOOR
from services.door import Done, once, status_of, warnings_of
from services.entry.body import read_body
from services.entry.limit import counted
from services.errors import NothingMade
from services.problems import ProblemFault, code_of, meaning_of, refusals, title_of

PATH: Final = "/v1/batches"
A_REQUEST: Final = 10
"""Items that count as one request: they cost about as much."""
DESCRIPTION: Final = f"""Send up to 200 commands in one request.

Each item is what its own route takes, is decided by the same rules and rights, and is answered as it would be there. In mode `each`
(the default) the answer is 200 with one outcome an item, in order. In mode `all` one refusal refuses everything, with that
refusal's status and a pointer to the item, and nothing is done. An `Idempotency-Key` is good for the whole request: sent again, it
answers the same, and goes on where an earlier one broke off. Up to {LARGEST} bytes; ten items count as one request."""
REFUSALS: Final = refusals(*AT_THE_DOOR, NothingMade)


@post(
    PATH,
    name="execute_batch",
    operation_id="execute_batch",
    status_code=HTTPStatus.OK,
    opt={
        **{"action": "execute_batch", "command": Batch, "answer": BatchOutcome, "description": DESCRIPTION},
        **{"refusals": REFUSALS, "headers": ("Idempotency-Key",), "says": ("Idempotency-Replayed", "Throughline-Position")},
    },
)
async def execute_batch(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], commands: NamedDependency[Commands]
) -> Response[BatchOutcome]:
    headers = request.headers
    body = await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", ""), LARGEST)
    key, sent = once(request, body), read_batch(actor, body)
    if more := (len(sent.lines) - 1) // A_REQUEST:
        await counted(request, actor, more)
    ran = await Run(commands, actor, sent, key).run()
    told = {"Idempotency-Replayed": "true"} if ran.replayed and key else {}
    position = max(one.position for one in ran.told)
    if position and not actor.outsider:
        told["Throughline-Position"] = str(position)
    items = tuple(outcome_of(actor, one) for one in ran.told)
    failed = sum(item.status == HTTPStatus.SERVICE_UNAVAILABLE for item in items)
    done = sum(item.done is not UNSET for item in items)
    return Response(BatchOutcome(done=done, refused=len(items) - done - failed, postponed=failed, items=items), headers=told)


def outcome_of(actor: Actor, told: Told) -> ItemOutcome:
    label = UNSET if told.line.item.id is None else told.line.item.id
    match told.outcome:
        case Kept() as kept:
            done = Done(id=kept.id, item_id=kept.item_id or UNSET)
            if not actor.outsider:
                done = structs.replace(done, version=kept.version, position=told.position, warnings=warnings_of(kept.warnings))
            return ItemOutcome(status=status_of(told.line.entry), id=label, done=done)
        case KeptRefusal() as refused:
            return ItemOutcome(status=refused.status, id=label, problem=refused_problem(told, refused))
        case Unavailable() as error:
            status, code = HTTPStatus.SERVICE_UNAVAILABLE.value, code_of(type(error))
            problem = ItemProblem(type=f"/problems/{code}", title=title_of(code), status=status, detail=meaning_of(type(error)), code=code)
            return ItemOutcome(status=status, id=label, problem=problem)


def refused_problem(told: Told, refused: KeptRefusal) -> ItemProblem:
    """With every fault of a body that cannot be read; they follow from the request, so they are not kept."""
    faults = [] if told.line.refusal is None else told.line.refusal.faults
    errors = [ProblemFault(*fault) for fault in faults] or [ProblemFault(refused.pointer, refused.code, refused.detail)]
    return ItemProblem(
        type=f"/problems/{refused.code}",
        title=title_of(refused.code),
        status=refused.status,
        detail=refused.detail,
        code=refused.code,
        errors=tuple(errors),
        facts=refused.facts,
    )


ROUTES: Final = (execute_batch,)
