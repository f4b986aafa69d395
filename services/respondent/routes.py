"""The two routes of a link over HTTP, looking and answering. The link is the whole permission: no key is asked for, and none is looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final, TypeVar

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import Struct

from domain.errors import NotFound, Refusal
from domain.errors.answering import AlreadySubmitted
from domain.errors.organization import OrganizationSuspended
from services.entry.body import decode, read_body
from services.errors import BodyTooSlow, PayloadTooLarge, Unreadable, UnsupportedMediaType
from services.permission.table import PUBLIC
from services.problems import refusals
from services.reading.route import get
from services.respondent.answering import Asked, Questionnaire, Respondents
from services.setting import NO_STORE

State = TypeVar("State")
Body = TypeVar("Body", bound=Struct)
LOOKING: Final = (NotFound, AlreadySubmitted, OrganizationSuspended)
SENDING: Final = (Unreadable, BodyTooSlow, PayloadTooLarge, UnsupportedMediaType)


def asking(
    path: str, by: Questionnaire[State, Any], answer: type[Struct], description: str, *refused: type[Refusal]
) -> Callable[[Callable[[Respondents, Asked[State]], Awaitable[Struct]]], HTTPRouteHandler]:
    """A GET route whose name is its function's, which says what the link asks. `refused` are the refusals of its own."""
    opt = {"action": PUBLIC, "answer": answer, "description": description, "refusals": refusals(*LOOKING, *refused), "says": ()}

    def made(shown: Callable[[Respondents, Asked[State]], Awaitable[Struct]]) -> HTTPRouteHandler:
        @get(path, name=shown.__name__, operation_id=shown.__name__, opt=opt)
        async def look(respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[Struct]:
            return Response(await shown(respondents, await respondents.asked(by, link)), headers=NO_STORE)

        return look

    return made


def answering(
    path: str, by: Questionnaire[Any, Body], name: str, body: type[Body], taken: Struct, description: str, *refused: type[Refusal]
) -> HTTPRouteHandler:
    """The POST route of that name, which takes the answer and then says `taken`. `refused` are the refusals of its own."""
    opt = {"action": PUBLIC, "command": body, "answer": type(taken), "description": description, "says": ()}

    @post(
        path,
        name=name,
        operation_id=name,
        status_code=HTTPStatus.OK,
        opt={**opt, "refusals": refusals(*LOOKING, *refused, *SENDING)},
    )
    async def answer(request: Request[Any, Any, Any], respondents: NamedDependency[Respondents], link: FromPath[str]) -> Response[Struct]:
        headers = request.headers
        sent = await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", ""))
        await respondents.answer(by, link, decode(body, sent))
        return Response(taken, headers=NO_STORE)

    return answer
