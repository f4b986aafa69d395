"""The read of the organization, from its stream: a policy is never shown stale."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import UNSET

from services.actor import Actor
from services.organization.answers import (
    ClientOrganizationsAnswer,
    LegalHoldsAnswer,
    OrganizationAnswer,
    PlanTemplatesAnswer,
    organization_answer,
)
from services.organization.usage import used
from services.reading.caching import Tags
from services.reading.listing import SORT, Page, page_of
from services.reading.reads import Reads
from services.reading.route import read, shown


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


EXTERNAL_REF: Final = QueryParameter(description="Only the one with this reference.", max_length=200)
ClientOrganizationSort: TypeAlias = Literal["added", "-added", "name", "-name"]


@read(
    "/v1/organizations/{id:uuid}/client-organizations",
    "list_client_organizations",
    ClientOrganizationsAnswer,
    "List the client organizations.\n\nThe firms whose staff your organization coaches; programs name them.",
    given={"page": page_of},
)
async def list_client_organizations(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    page: NamedDependency[Page],
    external_ref: Annotated[str | None, EXTERNAL_REF] = None,
    sort: Annotated[ClientOrganizationSort, SORT] = "added",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_client_organizations", "organization", id)
    assert look.reading.head is not None  # the organization exists
    chosen = [one for one in look.organization.client_organizations.values() if external_ref in (None, one.external_ref)]
    by_name = sorted(chosen, key=lambda one: one.name.casefold()) if "name" in sort else chosen
    found = page.of(by_name[::-1] if sort.startswith("-") else by_name)
    answer = ClientOrganizationsAnswer(items=tuple(page.cut(found)), next_cursor=page.following(found))
    return await shown(request, tags, actor, answer, look.reading.head.position)


@read(
    "/v1/organizations/{id:uuid}/plan-templates",
    "list_plan_templates",
    PlanTemplatesAnswer,
    "List the templates of plans.\n\nWhat plans can be drafted from: objectives, strategies and milestones to begin with.",
)
async def list_plan_templates(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_plan_templates", "organization", id)
    assert look.reading.head is not None  # the organization exists
    answer = PlanTemplatesAnswer(items=tuple(look.organization.plan_templates.values()))
    return await shown(request, tags, actor, answer, look.reading.head.position)


@read(
    "/v1/organizations/{id:uuid}/legal-holds",
    "list_legal_holds",
    LegalHoldsAnswer,
    "List the legal holds.\n\nWhat is kept for a case, and was: nobody in the scope of one that is in force is erased.",
)
async def list_legal_holds(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_legal_holds", "organization", id)
    assert look.reading.head is not None  # the organization exists
    answer = LegalHoldsAnswer(items=tuple(look.organization.holds.values()))
    return await shown(request, tags, actor, answer, look.reading.head.position)


ROUTES: Final = (list_legal_holds, read_organization, list_client_organizations, list_plan_templates)
