"""The page of an agreement: which terms rule, who signed what when, what is agreed anew, and when the sides met."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UnsetType

from domain.glossary import Party
from services.actor import Actor
from services.engagement.answers import AgreementAnswer, EngagementAnswer
from services.engagement.company import CompanyAnswer
from services.engagement.query import find_engagement
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.read import get
from services.reading import Reads

OF_ENGAGEMENT: Final = "/engagements/{id:uuid}/agreement"


class VersionView(NamedTuple):
    """A version of the terms; `state` says in words whether it rules, and `waits_for` who has yet to sign."""

    shown: AgreementAnswer
    state: str
    rules: bool
    waits_for: tuple[Party, ...]


@get(OF_ENGAGEMENT, name="agreement_page", opt={"action": "read_engagement", "page": True})
async def agreement(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], id: FromPath[UUID]
) -> Response[str]:
    """The latest version comes first."""
    look = await reads.look(actor, "read_engagement", "engagement", id)
    found = (await find_engagement(request, reads, actor, id)).answer
    return page(
        "agreement.html",
        reader=await page_reader(request, reads, actor),
        here="",
        engagement=found,
        versions=versions(found),
        company=found.company if isinstance(found.company, CompanyAnswer) else None,
        names=named(found.people),
        zone=look.organization.zone,
    )


def versions(found: EngagementAnswer) -> list[VersionView]:
    agreements = () if isinstance(found.agreements, UnsetType) else found.agreements
    ruling = found.agreement if found.agreement is not None and found.agreement.in_force_since is not None else None
    last = agreements[-1].number if agreements else 0
    return [version(one, ruling, one.number == last) for one in reversed(agreements)]


def version(one: AgreementAnswer, ruling: AgreementAnswer | None, latest: bool) -> VersionView:
    rules = ruling is not None and one.number == ruling.number
    signed = {signature.party for signature in one.signed}
    waits_for = tuple(party for party in one.parties if party not in signed) if latest and not rules else ()
    return VersionView(one, state(one, rules=rules, latest=latest, waits=bool(waits_for)), rules, waits_for)


def state(one: AgreementAnswer, *, rules: bool, latest: bool, waits: bool) -> str:
    if rules:
        return "In force"
    if latest:
        return "Waits for signatures" if waits else "Signed by all, not in force yet"
    return "Superseded" if one.in_force_since is not None else "Replaced before it was in force"


ROUTES: Final = (agreement,)
