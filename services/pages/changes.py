"""The pages of the ledger: every change in what somebody runs or audits, and those of one plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, NamedTuple, cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import UNSET

from domain.glossary import PARTIES, Party
from projections.ledger.line import FLAGS, Flag, Kind
from services.actor import Actor
from services.audit.ledger.answers import LedgerAnswer, PlanLedgerAnswer
from services.audit.ledger.query import Page, Wanted, find_ledger, find_plan_ledger
from services.pages.cast import label, programs_of
from services.pages.filter import chosen, chosen_code, chosen_day
from services.pages.ledger import days_of, ledger_filters, line_view, narrowed, things_of
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.pages.standing import stream_id
from services.permission import policy
from services.plan.query import find_plan
from services.reading.reads import Look, Reads
from services.reading.route import get, provided
from services.reading.view import Text

LEDGER: Final = "/ledger"
A_PAGE: Final = 50
BY: Final = QueryParameter(name="actor")
SINCE: Final = QueryParameter(name="from")


class Sent(NamedTuple):
    """The form's fields as they were sent: one that was left open is an empty text."""

    by: str
    since: str
    flag: str
    kind: str
    reason: str
    initiator: str
    to: str

    @property
    def wanted(self) -> Wanted:
        """Raises `Unreadable`."""
        for name, value in (("from", self.since), ("to", self.to)):
            chosen_day(name, value)
        return Wanted(
            actor=chosen("actor", self.by),
            initiator=cast("Party | None", chosen_code("initiator", self.initiator, PARTIES)),
            reason=self.reason or None,
            kind=cast("Kind | None", chosen_code("kind", self.kind, get_args(Kind))),
            flag=cast("Flag | None", chosen_code("flag", self.flag, FLAGS)),
            since=self.since or None,
            until=self.to or None,
        )


def sent(
    by: Annotated[str, BY] = "",
    since: Annotated[str, SINCE] = "",
    flag: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    reason: FromQuery[str] = "",
    initiator: FromQuery[str] = "",
    to: FromQuery[str] = "",
) -> Sent:
    return Sent(by, since, flag, kind, reason, initiator, to)


FORM: Final = provided({"form": sent})


@get(LEDGER, name="ledger_page", opt={"action": "list_ledger", "page": True}, dependencies=FORM)
async def ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    form: NamedDependency[Sent],
    program: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
) -> Response[str]:
    look = await reads.look(actor, "list_ledger")
    wanted = form.wanted._replace(program=chosen("program", program))
    found = (await find_ledger(request, reads, actor, wanted, Page(A_PAGE, cursor or None))).answer
    programs = await programs_of(request, reads, actor, policy.scope(look.actor))
    shown = listed(look, wanted, found, programs, {})
    return page("ledger.html", reader=await page_reader(request, reads, actor), here=LEDGER, path=LEDGER, plan_id=None, told=None, **shown)


@get("/plans/{id:str}/ledger", name="plan_ledger_page", opt={"action": "read_ledger", "page": True}, dependencies=FORM)
async def plan_ledger(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    form: NamedDependency[Sent],
    id: FromPath[str],
    cursor: FromQuery[str] = "",
) -> Response[str]:
    plan_id = stream_id(id)
    look = await reads.look(actor, "read_ledger", "plan", plan_id)
    wanted = form.wanted
    found = (await find_plan_ledger(request, reads, actor, plan_id, wanted, Page(A_PAGE, cursor or None))).answer
    things = things_of((await find_plan(request, reads, actor, plan_id, "read_ledger")).answer)
    shown = listed(look, wanted, found, {}, things)
    return page(
        "ledger.html",
        reader=await page_reader(request, reads, actor),
        here="",
        path=f"/plans/{plan_id}/ledger",
        plan_id=plan_id,
        told=found,
        things=things,
        days_of=days_of,
        **shown,
    )


def listed(
    look: Look, wanted: Wanted, found: LedgerAnswer | PlanLedgerAnswer, programs: Mapping[UUID, str], things: Mapping[UUID, Text | None]
) -> dict[str, Any]:
    """What both pages show alike. Who recorded something can be chosen where it is told anyway."""
    zone, names = look.organization.zone, named(found.people)
    actors = [*dict.fromkeys(one.actor for one in found.items), *([wanted.actor] if wanted.actor else [])]
    sent = {"program": wanted.program, "flag": wanted.flag, "kind": wanted.kind, "reason": wanted.reason}
    sent |= {"initiator": wanted.initiator, "actor": wanted.actor, "from": wanted.since, "to": wanted.until}
    filters = ledger_filters(wanted, programs, {id: label(id, names.get(id)) for id in actors}, look.organization.policy.reason_codes)
    return {
        "lines": [line_view(one, zone, things) for one in found.items],
        "filters": filters,
        "narrowed": narrowed(filters, wanted),
        "wanted": wanted,
        "query": urlencode({name: str(value) for name, value in sent.items() if value}),
        "names": names,
        "zone": zone,
        "today": look.today,
        "following": found.next_cursor if found.next_cursor is not UNSET else "",
    }


ROUTES: Final = (ledger, plan_ledger)
