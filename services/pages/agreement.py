"""The page of an agreement: which terms rule, who signed what when, what is agreed anew, and forms that put terms down and sign them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import UnsetType

from domain.engagement.events import AiUse
from domain.engagement.state import EngagementState
from domain.glossary import Disclosure, Party
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.command.execution import Commands
from services.engagement.answers import AgreementAnswer, EngagementAnswer
from services.engagement.company import CompanyAnswer
from services.engagement.query import find_engagement
from services.entry.auth import Keys
from services.pages.done import Errand, carried_out, received
from services.pages.engagement.form import DONE, ON_AGREEMENT, command_of, forms_on_agreement
from services.pages.form import reasons
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import PUBLIC
from services.reading.decision import Decided
from services.reading.reads import Reads
from services.reading.route import get
from services.wording.spoken import say

OF_ENGAGEMENT: Final = "/engagements/{id:uuid}/agreement"


SUBJECTS: Final[Mapping[Disclosure, str]] = {
    "objective_titles": "What is to be reached: the objectives, in words",
    "progress": "How far each objective has come",
    "attainment": "Whether objectives were reached",
    "evaluation_summary": "The summary of evaluations",
    "attendance": "Which sessions took place",
}
"""What may reach a sponsor, in words."""
LIMITS: Final[Mapping[str, str]] = {"law": "a law demands it", "court_order": "a court orders it", "danger": "somebody is in danger"}
"""When the coach may break the silence, in words; over HTTP there may be others."""


class Draft(NamedTuple):
    """What the form of the terms begins with. `seen` is the version of those that it would replace; `asked`: the sponsor takes part in plans."""

    sessions: int
    cadence_days: int
    cancellation_hours: int
    termination_days: int
    limits: frozenset[str]
    flows: frozenset[Disclosure]
    ai_use: AiUse
    text: str
    seen: int
    asked: bool


FIRST: Final = Draft(8, 14, 24, 14, frozenset(LIMITS), frozenset(), "none", "", 0, False)


class VersionView(NamedTuple):
    """A version of the terms; `state` says in words whether it rules, and `waits_for` who has yet to sign."""

    shown: AgreementAnswer
    state: str
    rules: bool
    waits_for: tuple[Party, ...]


@get(OF_ENGAGEMENT, name="agreement_page", opt={"action": "read_engagement", "page": True})
async def agreement(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    """The latest version comes first."""
    return await agreement_page(request, reads, actor, id, done=DONE.get(done, ""))


async def agreement_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    """What is to be signed is bound in its form by its digest: who signs, signs what they were shown."""
    look = await reads.look(actor, "read_engagement", "engagement", id)
    found = (await find_engagement(request, reads, actor, id)).answer
    assert look.engagement is not None  # it is one that was looked at
    forms = forms_on_agreement(look, look.engagement)
    return page(
        "agreement.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="",
        engagement=found,
        versions=versions(found, look.engagement),
        signs=look.engagement.to_sign(actor.person_id),
        company=found.company if isinstance(found.company, CompanyAnswer) else None,
        names=named(found.people),
        zone=look.organization.zone,
        forms=forms,
        reasons=reasons(look.organization.policy.reason_codes),
        draft=await draft_of(request, reads, actor, look.engagement, found) if "draft" in forms else None,
        subjects=SUBJECTS,
        limits=LIMITS,
        sent=sent,
        done=done,
    )


async def draft_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, state: EngagementState, found: EngagementAnswer) -> Draft:
    """The terms that were put down last, else what the program promises."""
    last = found.amendment or found.agreement
    async with reads.snapshot(request, actor, CURRENT["program"], shown_by=Decided.BY_ROLE) as (rows, _):
        program = await current.one(rows, "program", state.program_id, words=False) if state.program_id is not None else None
    asked = program is not None and (program.state.sponsor_approves_plans or program.state.sponsor_accepts_changes)
    if last is None:
        sessions = program.state.sessions_per_engagement if program is not None else FIRST.sessions
        return FIRST._replace(sessions=sessions, flows=frozenset({"objective_titles"}) if asked else frozenset(), asked=asked)
    flows = frozenset[Disclosure](flow.about for flow in last.information_flows if flow.to == "sponsor")
    numbers = last.sessions, last.cadence_days, last.cancellation_hours, last.termination_days
    text = last.text if isinstance(last.text, str) else ""
    seen = state.latest.drafted_at if state.latest is not None else 0
    return Draft(*numbers, frozenset(last.confidentiality_limits), flows, last.ai_use, text, seen, asked)


@post(OF_ENGAGEMENT, name="change_agreement_by_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(ON_AGREEMENT, form, id), id),
        lambda sent: agreement_page(request, reads, actor, id, sent=sent),
        f"/engagements/{id}/agreement",
    )


def versions(found: EngagementAnswer, engagement: EngagementState) -> list[VersionView]:
    agreements = () if isinstance(found.agreements, UnsetType) else found.agreements
    ruling = found.agreement if found.agreement is not None and found.agreement.in_force_since is not None else None
    last = agreements[-1].number if agreements else 0
    awaited = () if engagement.latest is None else tuple(dict.fromkeys(one.party for one in engagement.awaits(engagement.latest)))
    return [version(one, ruling, awaited, one.number == last) for one in reversed(agreements)]


def version(one: AgreementAnswer, ruling: AgreementAnswer | None, awaited: tuple[Party, ...], latest: bool) -> VersionView:
    rules = ruling is not None and one.number == ruling.number
    waits_for = awaited if latest and not rules else ()
    return VersionView(one, state(one, rules=rules, latest=latest, waits=bool(waits_for)), rules, waits_for)


def state(one: AgreementAnswer, *, rules: bool, latest: bool, waits: bool) -> str:
    if rules:
        return say("In force")
    if latest:
        return say("Waits for signatures") if waits else say("Signed by all, not in force yet")
    return say("Superseded") if one.in_force_since is not None else say("Replaced before it was in force")


ROUTES: Final = (agreement, change)
