"""What a reader finds of changes: those of a plan, or of everything that they run or audit."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request
from msgspec import UNSET

from domain.glossary import Party
from domain.organization.state import OrganizationState
from domain.values import Code
from projections import current
from projections.change_ledger import CHANGE_LEDGER, Entry, Filter, entries
from projections.current import CURRENT
from projections.kpi.facts import Facts
from projections.kpi.milestone import adjustments, days_of_drift, drift
from projections.kpi.objective import paced
from projections.kpi.period import Asked, Period, midnight
from projections.kpi.replan import replan_ratio, rigid_days, thrash_changes
from projections.kpi_board import KPI_BOARD
from projections.ledger.line import Eased, Flag, Kind, Line
from projections.members import MEMBERS
from services.actor import Actor
from services.audit.answers import EvidenceAnswer
from services.audit.ledger.answers import LedgerAnswer, LineAnswer, MovesAnswer, PlanLedgerAnswer
from services.audit.ledger.memory import LONGEST, Lines, Memory, Question
from services.audit.moment import read_time
from services.errors import Fault, Unreadable
from services.permission import policy
from services.reading.cursor import read_cursor, write_cursor
from services.reading.reads import Found, Look, NotCaughtUp, Reads, names
from services.reading.recorder import classes_of
from services.reading.view import Sight, Text, hidden, people, sight

PATIENCE_DAYS: Final = 14
"""How long a change may wait for an answer, and no longer than reviews are apart."""


class Wanted(NamedTuple):
    """Which changes are asked for. `since` and `until` are days, both of them in, or moments of the business clock."""

    program: UUID | None = None
    plan: UUID | None = None
    coach: UUID | None = None
    actor: UUID | None = None
    initiator: Party | None = None
    reason: Code | None = None
    kind: Kind | None = None
    flag: Flag | None = None
    since: str | None = None
    until: str | None = None


class Page(NamedTuple):
    """Which part of what was found."""

    limit: int
    cursor: str | None


async def find_ledger(request: Request[Any, Any, Any], reads: Reads, actor: Actor, wanted: Wanted, page: Page) -> Found[LedgerAnswer]:
    """The changes in what the actor runs or audits. Raises `NotPermitted` and `Unreadable`, of a file `AskedAlready` and `TooManyAsk`."""
    look = await reads.look(actor, "list_ledger")
    programs = policy.scope(look.actor).program_ids
    if wanted.program is not None:
        programs = frozenset({wanted.program}) if programs is None else programs & {wanted.program}
    seen, chosen = sight(look.actor), filter_of(reads, look, wanted)._replace(program_ids=programs)
    assert not seen.words  # who runs or audits reads no words, so that the lines can be remembered
    memory: Memory = request.app.state.ledgers
    after = read_cursor(page.cursor)
    turn = reads.sweep.turn(actor) if page.limit > LONGEST else nullcontext()  # after `look`: who may not ask keeps no place
    async with turn, reads.snapshot(request, actor, CHANGE_LEDGER, CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, position):
        question = Question(actor.tenant, position, chosen, after, page.limit)
        lines = memory.find(question)
        if lines is None:
            found = await entries(rows, chosen, after=after, limit=page.limit + 1, words=False)
            coached = await current.ever_coached(rows, [*{one.line.engagement_id for one in found[: page.limit]}])
            lines = memory.keep(question, lines_of(found, page, seen, ZoneInfo(chosen.zone), coached))
        known = await names(rows, lines.people) if seen.names else {}
    await reads.note(look, [(person, classes_of(seen)) for person in lines.coached])
    answer = LedgerAnswer(
        items=lines.items,
        people=people(known, seen, *lines.people) if seen.names else (),
        next_cursor=UNSET if lines.last is None else write_cursor(lines.last),
    )
    return Found(answer, position)


def lines_of(found: list[Entry], page: Page, seen: Sight, zone: ZoneInfo, coached: Sequence[UUID]) -> Lines:
    shown = found[: page.limit]
    return Lines(
        items=tuple(line_answer(one, seen, zone) for one in shown),
        people=tuple(dict.fromkeys(person for one in shown for person in persons_of(one))),
        coached=tuple(coached),
        last=shown[-1].key if len(found) > page.limit else None,
    )


async def find_plan_ledger(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, wanted: Wanted, page: Page
) -> Found[PlanLedgerAnswer]:
    """The changes of one plan, and what they come to. Raises `NotFound`, `NotPermitted`, `NotCaughtUp` and `Unreadable`."""
    look = await reads.look(actor, "read_ledger", "plan", id)
    assert look.engagement is not None  # a plan belongs to an engagement
    engagement, seen = look.engagement.id, look.sight
    chosen = filter_of(reads, look, wanted)._replace(engagement_id=engagement)
    async with reads.snapshot(request, actor, CHANGE_LEDGER, KPI_BOARD, MEMBERS, shown_by=look) as (rows, position):
        found = await entries(rows, chosen, after=read_cursor(page.cursor), limit=page.limit + 1, words=seen.opens)
        known_facts = await rows.sealed(KPI_BOARD, "some", keys=[engagement])
        if not known_facts:
            raise NotCaughtUp
        persons = [person for one in found[: page.limit] for person in persons_of(one)]
        known = await names(rows, persons)
    facts, asked = known_facts[0].document, Asked.of(look.organization, Period.of("to_date"), look.today, position)
    answer = PlanLedgerAnswer(
        plan_id=id,
        engagement_id=engagement,
        milestones=moves(facts, asked),
        indicators=(drift([facts], asked), adjustments([facts], asked), replan_ratio([facts], asked)),
        rigid_days=rigid_days(facts, asked),
        thrash_changes=thrash_changes(facts, asked),
        items=tuple(line_answer(one, seen, asked.zone) for one in found[: page.limit]),
        people=people(known, seen, *persons),
        next_cursor=following(found, page),
    )
    return Found(answer, position)


def filter_of(reads: Reads, look: Look, wanted: Wanted) -> Filter:
    """Raises `Unreadable` for days that are none, or in the wrong order, and for what no reason code can be."""
    zone = look.organization.zone
    since = first_instant(wanted.since, "/query/from", zone, after=0)
    until = first_instant(wanted.until, "/query/to", zone, after=1)
    if since is not None and until is not None and since >= until:
        raise Unreadable([Fault("/query/from", "reversed", "It must not lie behind `to`.")])
    return Filter(
        program_ids=None,
        engagement_id=None,
        plan_id=wanted.plan,
        coach_id=wanted.coach,
        actor=wanted.actor,
        initiator=wanted.initiator,
        reason_code=read_code(wanted.reason, "/query/reason"),
        kind=wanted.kind,
        flag=wanted.flag,
        since=since,
        until=until,
        zone=zone.key,
        now=minute(reads.clock()),
        patience=patience(look.organization),
    )


def patience(organization: OrganizationState) -> int:
    return min(PATIENCE_DAYS, organization.policy.review_cadence_days)


def minute(now: datetime) -> datetime:
    """When the minute began: as exactly is told what has waited too long."""
    return now.replace(second=0, microsecond=0)


def read_code(given: str | None, where: str) -> Code | None:
    try:
        return msgspec.convert(given, Code | None)
    except msgspec.ValidationError:
        raise Unreadable([Fault(where, "invalid", "A code of the organization's list, such as capacity.")]) from None


def first_instant(given: str | None, where: str, zone: ZoneInfo, *, after: int) -> datetime | None:
    """Where a day begins in the organization's zone, or the one so many days after it."""
    when = read_time(given, where) if given is not None else None
    return midnight(when + timedelta(days=after), zone) if isinstance(when, date) and not isinstance(when, datetime) else when


def following(found: list[Entry], page: Page) -> Any:
    return write_cursor(found[page.limit - 1].key) if len(found) > page.limit else UNSET


def persons_of(one: Entry) -> list[UUID]:
    line = one.line
    return [person for person in (line.actor, line.on_behalf_of, line.client_id, line.coach_id) if person is not None]


def moves(facts: Facts, asked: Asked) -> tuple[MovesAnswer, ...]:
    """Of a plan that was agreed; before that there is no date to keep."""
    return tuple(
        MovesAnswer(
            milestone_id=id,
            objective_id=one.objective_id,
            original=one.original,
            current=one.current,
            moves=len(one.dues) - 1,
            drift_days=days_of_drift(one, asked),
            reached_on=one.reached_on,
            withdrawn=one.withdrawn_at is not None,
        )
        for id, one in facts.milestones.items()
        if facts.activated_at is not None
    )


def line_answer(one: Entry, seen: Sight, zone: ZoneInfo) -> LineAnswer:
    line, said = one.line, one.line.said
    evidence = EvidenceAnswer(
        event_id=one.key, stream_id=line.stream_id, version=line.version, position=one.position, payload_hash=line.payload_hash
    )
    return LineAnswer(
        kind=said.kind,
        occurred_at=line.occurred_at,
        recorded_at=line.recorded_at,
        actor=line.actor,
        role=line.role,
        on_behalf_of=line.on_behalf_of,
        channel=line.channel,
        initiator=line.initiator,
        client_id=line.client_id,
        coach_id=line.coach_id,
        program_id=line.program_id,
        engagement_id=line.engagement_id,
        plan_id=line.plan_id,
        objective_id=said.objective_id,
        milestone_id=said.milestone_id,
        item_id=said.item_id,
        change_id=line.change_id,
        detail=said.detail,
        from_=said.from_,
        to=said.to,
        days=said.days,
        reason_code=line.reason_code,
        reason=reason_of(line, seen),
        flags=one.flags,
        waiting_since=line.waiting_since,
        pace=pace_of(line.eased, line.occurred_at, zone),
        evidence=evidence,
    )


def reason_of(line: Line, seen: Sight) -> Text | None:
    """Why somebody left a group is told to nobody who was coached with them."""
    left = line.said.kind == "member_removed" and line.said.item_id in seen.others
    return hidden(line.reason) if left and line.reason is not None else seen.text(line.reason)


def pace_of(eased: Eased | None, at: datetime, zone: ZoneInfo) -> Any:
    """By the formula of the indicators, on the day of the change."""
    if eased is None:
        return None
    return paced(eased.progress, eased.since.astimezone(zone).date(), eased.due_on, at.astimezone(zone).date())
