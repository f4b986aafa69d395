"""What a director finds: what the JSON read answers, and what the page shows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.survey.state import SurveyState
from projections import current
from projections.current import CURRENT
from projections.kpi.board import Board, board
from projections.kpi.effect import Cost, Effect, effect
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi.survey import Polled
from projections.kpi_board import KPI_BOARD, facts
from projections.members import MEMBERS
from projections.snapshot import Scope, Snapshot
from services.actor import Actor
from services.board.coach import with_those, without_coach
from services.board.memory import Memory, Question
from services.permission import policy
from services.reading.reads import Found, Look, Reads
from services.reading.recorder import classes_of
from services.reading.view import sight


class Wanted(NamedTuple):
    """Which engagements, and which period: a month (2026-05), a quarter (2026-q2) or to_date."""

    program: UUID | None = None
    coach: UUID | None = None
    period: str = "to_date"


class Material(NamedTuple):
    """What a board is worked out from."""

    facts: Sequence[Facts]
    surveys: Sequence[Polled]


async def find_board(request: Request[Any, Any, Any], reads: Reads, actor: Actor, wanted: Wanted) -> Found[Board]:
    """The indicators of what the actor runs. Raises `NotPermitted`, `PeriodUnknown` and `PeriodAhead`."""
    memory: Memory = request.app.state.boards
    look = await reads.look(actor, "read_board")
    period, scope = Period.begun(wanted.period, look.today), narrowed(policy.scope(look.actor), wanted)
    async with reads.snapshot(request, actor, KPI_BOARD, MEMBERS, CURRENT["survey"], shown_by=look) as (rows, position):
        question = Question(actor.tenant, position, look.reading.version(actor.tenant), look.today, scope, period.label)
        known = memory.find(question)
        material = Material(await facts(rows, scope), await polled(rows, scope)) if known is None else Material([], [])
        gone = await without_coach(rows, scope, look.today)
    if known is None:
        known = memory.keep(question, await worked_out(material, look, period, position))
    known = with_those(known, gone)
    await reads.note(look, of_coached(look, known))
    return Found(known, position)


def of_coached(look: Look, board: Board) -> list[tuple[UUID | None, frozenset[AccessClass]]]:
    """Of whom its list tells, each with what: of a group everybody who is or was coached in it."""
    classes = classes_of(sight(look.actor))
    return [(person, classes) for row in board.needs_help for person in row.coached]


async def find_effect(request: Request[Any, Any, Any], reads: Reads, actor: Actor, wanted: Wanted, cost: Cost | None) -> Found[Effect]:
    """What coaching did, by levels, and what it was worth. Raises `NotPermitted`, `PeriodUnknown` and `PeriodAhead`."""
    look = await reads.look(actor, "read_effect")
    period, scope = Period.begun(wanted.period, look.today), narrowed(policy.scope(look.actor), wanted)
    async with reads.snapshot(request, actor, KPI_BOARD, CURRENT["survey"], shown_by=look) as (rows, position):
        found, surveys = await facts(rows, scope), await polled(rows, scope)
    asked = Asked.of(look.organization, period, look.today, position)
    answer = await asyncio.to_thread(effect, found, surveys, asked, cost)
    people = dict.fromkeys(person for one in answer.estimates for person in one.coached)
    await reads.note(look, [(person, classes_of(sight(look.actor))) for person in people])
    return Found(answer, position)


async def polled(rows: Snapshot, scope: Scope) -> list[Polled]:
    """The surveys of a scope that are closed. Surveys ask all clients of a program, or sponsors: they are no single coach's."""
    if scope.coach_id is not None:
        return []
    return closed(one.state for one in await current.listed(rows, "survey", scope, after=None, limit=None, words=False))


def closed(surveys: Iterable[SurveyState]) -> list[Polled]:
    return [Polled.of(one) for one in surveys if one.is_closed]


async def worked_out(material: Material, look: Look, period: Period, position: int) -> Board:
    """In a thread: of a large firm it takes a second, in which everybody else is to be answered."""
    asked = Asked.of(look.organization, period, look.today, position)
    return await asyncio.to_thread(board, material.facts, asked, material.surveys)


def narrowed(scope: Scope, wanted: Wanted) -> Scope:
    """What the actor may see, less what the filters leave out."""
    programs = scope.program_ids
    if wanted.program is not None:
        programs = frozenset({wanted.program}) if programs is None else programs & {wanted.program}
    return scope._replace(program_ids=programs, coach_id=wanted.coach)
