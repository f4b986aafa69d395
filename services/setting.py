"""What is kept beside the log, and changed by whoever may: a route's words, its answer with a strong tag, and the version that it asks for.

Such a change is no command: nothing of it is an event, and it takes no idempotency key. What is sent twice meets another version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec
from litestar import HttpMethod, Request, Response, route
from litestar.handlers import HTTPRouteHandler
from msgspec import UNSET

from domain.errors import Refusal
from services.entry.body import decode, read_body
from services.entry.media import JSON, preferred
from services.errors import Fault, PreconditionFailed, PreconditionRequired, Unreadable
from services.problems import STATUS, code_of
from services.reading.caching import conditional
from services.reading.route import following

TAG: Final = re.compile(r'(?P<weak>W/)?"v(?P<version>\d{1,9})-[0-9a-f]{32}"')
NO_STORE: Final = {"Cache-Control": "no-store"}

B = TypeVar("B", bound=msgspec.Struct)


def setting(
    method: HttpMethod,
    path: str,
    action: str,
    body: type[msgspec.Struct],
    answer: type[msgspec.Struct],
    description: str,
    *,
    status: int = 200,
    refusals: Sequence[type[Refusal]] = (),
    versioned: bool = False,
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A route that changes something, named as its function is. `refusals` are its own, beside those of any body and any actor.

    `versioned`: it asks for If-Match.
    """

    def made(function: Callable[..., Any]) -> HTTPRouteHandler:
        name = function.__name__
        opt: dict[str, Any] = {"action": action, "command": body, "answer": answer, "description": description}
        opt["refusals"] = {code_of(kind): STATUS[kind] for kind in refusals}
        opt["headers"], opt["says"] = ("If-Match",) if versioned else (), ("ETag",)
        return route(path, http_method=method, status_code=status, name=name, operation_id=name, opt=opt)(function)

    return made


async def body_of(request: Request[Any, Any, Any], kind: type[B]) -> B:
    """The body as a `kind`, as strictly as that of a command."""
    headers = request.headers
    return decode(kind, await read_body(request.stream(), headers.get("content-type", ""), headers.get("content-encoding", "")))


def kept(
    request: Request[Any, Any, Any],
    answer: msgspec.Struct,
    version: int | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    read: msgspec.Struct | None = None,
) -> Response[bytes | None]:
    """An answer with its tag, in which its version stands, where it has one. Raises `NotAcceptable`.

    `read`: what a read of it would answer now, where that differs. What made or changed it answers with the tag of that.
    """
    preferred(request, JSON)
    content = msgspec.json.encode(answer)
    digest = hashlib.sha256(content if read is None else msgspec.json.encode(read)).hexdigest()[:32]
    tag = f'"{digest}"' if version is None else f'"v{version}-{digest}"'
    told = dict(headers or {})
    cursor = getattr(answer, "next_cursor", UNSET)
    if cursor is not UNSET:
        told["Link"] = f'<{request.url.path}?{following(request, cursor)}>; rel="next"'
    if request.method in {"GET", "HEAD"}:
        return conditional(request, content, tag, told)
    return Response(content, status_code=status, media_type=JSON, headers={**told, "ETag": tag})


def require_version(request: Request[Any, Any, Any], version: int) -> None:
    """The caller knows what they change. Only strong tags count, of which one is enough; `*` is whichever there is.

    Raises `PreconditionRequired` without If-Match, `PreconditionFailed` when it names other versions.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise PreconditionRequired
    if given.strip() == "*":
        return
    found = [TAG.fullmatch(part.strip()) for part in given.split(",")]
    tags = [match for match in found if match is not None]
    if len(tags) < len(found):
        raise Unreadable([Fault("/header/If-Match", "invalid", "Tags as a read answered them.")])
    if not any(int(match["version"]) == version and not match["weak"] for match in tags):
        raise PreconditionFailed(version=version)
