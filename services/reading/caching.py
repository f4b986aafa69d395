"""Conditional reads: a strong ETag on every representation, and 304 for who has it already."""

from __future__ import annotations

import hashlib
from typing import Any

from litestar import Request, Response

from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.postgres import Pool
from services.actor import Actor
from services.entry.media import JSON


class Tags:
    """Makes the tags. An outsider's is keyed: a plain hash could be compared with that of a guessed representation."""

    def __init__(self, connections: Pool, vault: Vault) -> None:
        self.connections = connections
        self.vault = vault

    async def tag(self, actor: Actor, content: bytes, version: int | None) -> str:
        """`"v7-..."` of the version 7 of a stream, so that If-Match may send it back; a bare digest of lists and for outsiders."""
        if actor.outsider:
            with outages():
                keyed = await self.vault.index_hash(
                    self.connections.of(actor.tenant), actor.tenant, b"etag\n" + actor.key_id.bytes + content
                )
            return f'"{keyed.hex()[:32]}"'
        digest = hashlib.sha256(content).hexdigest()[:32]
        return f'"{digest}"' if version is None else f'"v{version}-{digest}"'


def conditional(
    request: Request[Any, Any, Any], content: bytes, tag: str, headers: dict[str, str], media: str = JSON
) -> Response[bytes | None]:
    """The representation, or nothing when the caller named its tag."""
    headers = {**headers, "ETag": tag, "Vary": "Accept, Authorization, Cookie"}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(content, media_type=media, headers=headers)


def matches(given: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag, compared weakly as RFC 9110 wants it there."""
    if given is None:
        return False
    return given.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in given.split(",")}
