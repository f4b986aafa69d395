"""Keys as tests make them."""

from __future__ import annotations

from typing import Any

from httpx import Response

from tests.services.firm import Firm

AHEAD = "2199-01-01T00:00:00Z"


async def made(firm: Firm, who: str, name: str, **fields: Any) -> dict[str, Any]:
    """A key that `who` makes, by which the firm speaks as `name` from then on."""
    found = await firm.done(who, "/v1/keys", {"name": name, **fields})
    firm.keys[name] = found["key"]
    return found


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
