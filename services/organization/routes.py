"""The read of the organization, from its stream: a policy is never shown stale."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from services.actor import Actor
from services.caching import Tags
from services.organization.answers import OrganizationAnswer, organization_answer
from services.organization.usage import used
from services.read import read, shown
from services.reading import Reads


@read(
    "/v1/organizations/{id:uuid}",
    "read_organization",
    OrganizationAnswer,
    "Look at your organization.\n\nIts name, zone and coaching policy, such as the reason codes that may stand in place of a written reason; whether "
    "it is suspended and, for administrators, what it uses of what it may.",
)
async def read_organization(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_organization", "organization", id)
    assert look.reading.head is not None  # the organization exists
    version = look.reading.version(id)
    quota = await used(request, reads, actor) if actor.role == "admin" else UNSET
    answer = organization_answer(look.organization, UNSET if actor.outsider else version, look.today, quota)
    return await shown(request, tags, actor, answer, look.reading.head.position, version)


ROUTES: Final = (read_organization,)
