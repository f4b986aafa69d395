"""The commands as HTTP: one POST route each, derived from the table.

What begins a stream is `POST /v1/<plural>`, everything else `POST /v1/<plural>/{id}/<command-name>`, without exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import UNSET, Struct, UnsetType

from domain.nouns import NOUNS
from domain.plan.smart.rules import SAYS
from domain.plan.smart.verdict import SmartCode, Unmet
from services.actor import Actor
from services.command.execution import Answer, Commands, Once
from services.command.table import TABLE, Entry
from services.contract.catalogue import path_of
from services.entry.body import decode, read_body
from services.errors import Fault, Unreadable
from services.problems import snake

KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
VERSION_TAG: Final = re.compile(r'"v(\d{1,9})(-[0-9a-f]+)?"')
"""Of a command's answer, or of a read's, which says more than the version."""


class BlockingAnswer(Struct, frozen=True, kw_only=True):
    """A code that blocks an objective, and what it means."""

    code: SmartCode
    says: str


class WarningAnswer(Struct, frozen=True, kw_only=True):
    """What was done, and would be in vain: as the plan stands, `activate-plan` is refused with `objective_not_smart` for this objective.

    Refine the objective, and propose the plan again, before anybody approves it; or override a code when you activate it.
    """

    objective_id: UUID
    blocking: tuple[BlockingAnswer, ...]


class Done(Struct, frozen=True, kw_only=True):
    """What came of a command: the stream, what was made inside it, the stream's version, and the position in the log.

    Sponsors and integrations get neither version nor position, because those count what they may not see. `warnings` are there
    where something that was done cannot lead to what follows from it: look at them after `propose-plan`.
    """

    id: UUID
    item_id: UUID | UnsetType = UNSET
    version: int | UnsetType = UNSET
    position: int | UnsetType = UNSET
    warnings: tuple[WarningAnswer, ...] | UnsetType = UNSET


def warnings_of(found: Sequence[Unmet]) -> tuple[WarningAnswer, ...] | UnsetType:
    """With the words of the rules; left out where there are none."""
    said = (WarningAnswer(objective_id=one.objective_id, blocking=tuple(map(blocking_answer, one.codes))) for one in found)
    return tuple(said) or UNSET


def blocking_answer(code: SmartCode) -> BlockingAnswer:
    return BlockingAnswer(code=code, says=SAYS[code])


def command_routes() -> Iterator[HTTPRouteHandler]:
    for entry in TABLE.values():
        if entry.offered:
            yield command_route(entry)


def command_route(entry: Entry) -> HTTPRouteHandler:
    """The route of one command. It decodes the body itself: strictly, and with every fault."""
    name = snake(entry.command.__name__)

    async def run(request: Request[Any, Any, Any], actor: Actor, commands: Commands, target: UUID | None) -> Response[Done]:
        body = await read_body(request.stream(), request.headers.get("content-type", ""), request.headers.get("content-encoding", ""))
        command = decode(entry.command, body)
        answer = await commands.execute(actor, command, target, once=once(request, body), expected=expected(request, actor))
        return answered(entry, actor, answer)

    async def begin(request: Request[Any, Any, Any], actor: NamedDependency[Actor], commands: NamedDependency[Commands]) -> Response[Done]:
        return await run(request, actor, commands, None)

    async def change(
        request: Request[Any, Any, Any], actor: NamedDependency[Actor], commands: NamedDependency[Commands], id: FromPath[UUID]
    ) -> Response[Done]:
        return await run(request, actor, commands, id)

    return post(
        path_of(entry).replace("{id}", "{id:uuid}"),
        name=name,
        operation_id=name,
        status_code=status_of(entry),
        opt={"action": name, "command": entry.command, "answer": Done},
    )(begin if entry.begins else change)


def status_of(entry: Entry) -> int:
    return 201 if entry.begins else 200


def answered(entry: Entry, actor: Actor, answer: Answer) -> Response[Done]:
    done = Done(id=answer.id, item_id=answer.item_id or UNSET)
    headers: dict[str, str] = {}
    if not actor.outsider:
        told = warnings_of(answer.warnings)
        done = Done(id=answer.id, item_id=answer.item_id or UNSET, version=answer.version, position=answer.position, warnings=told)
        headers |= {"ETag": f'"v{answer.version}"', "Throughline-Position": str(answer.position)}
    if entry.begins:
        headers["Location"] = f"/v1/{NOUNS[entry.noun].plural}/{answer.id}"
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(done, status_code=status_of(entry), headers=headers)


def once(request: Request[Any, Any, Any], body: bytes) -> Once | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if KEY.fullmatch(key) is None:
        raise Unreadable([Fault("/header/Idempotency-Key", "invalid", "Between 1 and 255 printable ASCII characters, without spaces.")])
    return Once(key, request.method, request.url.path, body)


def expected(request: Request[Any, Any, Any], actor: Actor) -> int | None:
    """The version that If-Match names. A weak tag never matches; an outsider's tag is of a representation, not of a version."""
    tag = request.headers.get("if-match")
    if tag is None or tag.strip() == "*":
        return None
    match = VERSION_TAG.fullmatch(tag.strip())
    if match is None or actor.outsider:
        raise Unreadable([Fault("/header/If-Match", "invalid", 'One tag as a command or a read answered it, such as "v7".')])
    return int(match[1])
