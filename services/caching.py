"""Conditional reads: a strong ETag on every representation, and 304 for who has it already."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from litestar import Request, Response

from services.actor import Actor
from services.errors import NotAcceptable


class Tags:
    """Makes the tags. For an outsider a keyed hash: a plain one could be compared with that of a guessed representation."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def tag(self, actor: Actor, content: bytes) -> str:
        keyed = hmac.digest(self.secret, actor.key_id.bytes + content, hashlib.sha256)
        return f'"{(keyed if actor.outsider else hashlib.sha256(content).digest()).hex()[:32]}"'


def conditional(request: Request[Any, Any, Any], content: bytes, tag: str, headers: dict[str, str]) -> Response[bytes | None]:
    """The representation, or nothing when the caller named its tag."""
    headers = {**headers, "ETag": tag, "Vary": "Authorization, Cookie"}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def matches(given: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag, compared weakly as RFC 9110 wants it there."""
    if given is None:
        return False
    return given.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in given.split(",")}


def require_json(request: Request[Any, Any, Any]) -> None:
    """Raises `NotAcceptable` when the caller takes nothing that we speak."""
    accept = request.headers.get("accept", "*/*")
    kinds = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    if not kinds & {"", "*/*", "application/*", "application/json", "application/problem+json"}:
        raise NotAcceptable
