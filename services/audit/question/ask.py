"""How a question is asked and answered, for whoever asks: over HTTP, on the page and on the command line."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from litestar import Request
from msgspec import UNSET

from domain.errors import NotFound
from infra.eventstore.errors import LogAltered
from services.actor import Actor
from services.audit.question.answers import FindingsAnswer, Parameters, QuestionAnswer
from services.audit.question.beginning import before_the_log
from services.audit.question.finding import Finding
from services.audit.question.index import Index
from services.audit.question.inquiry import Inquiry
from services.audit.question.memory import Memory, Worked, answered
from services.audit.question.place import Place, read_place
from services.audit.question.table import QUESTIONS, Question
from services.audit.question.wording import worded
from services.errors import Fault, LogUnreadable, Unreadable
from services.permission import table
from services.reading.reads import Found, Look, Reads
from services.report.files import Files


def listed(actor: Actor) -> tuple[QuestionAnswer, ...]:
    """Every question, also those that the actor may not ask, and those that wait."""
    return tuple(
        QuestionAnswer(
            number=one.number,
            slug=one.slug,
            question=one.text,
            asked_by=one.asked_by,
            evidence=one.evidence,
            about=one.about,
            needs_about=one.needs_about,
            parameters=one.parameters,
            path=None if one.find is None else one.path,
            waits_for=one.waits_for,
            may_ask=one.find is not None and actor.role in table.MAY.get(one.action, frozenset()),
        )
        for one in QUESTIONS
    )


async def find_answer(
    request: Request[Any, Any, Any] | None, reads: Reads, files: Files, actor: Actor, question: Question, asked: Parameters
) -> Found[FindingsAnswer]:
    """Raises `NotFound`, `NotPermitted`, `Unreadable`, `LogUnreadable`, and what is wrong with a moment."""
    try:
        return await found_answer(request, reads, files, actor, question, asked)
    except LogAltered as error:
        raise LogUnreadable.of(error) from error


async def found_answer(
    request: Request[Any, Any, Any] | None, reads: Reads, files: Files, actor: Actor, question: Question, asked: Parameters
) -> Found[FindingsAnswer]:
    look, kind = await looked(reads, actor, question, asked)
    assert look.reading.head is not None  # who looks is in the log
    place = read_place(asked.cursor, look.reading.head.position, reads.clock())
    inquiry = Inquiry(reads, files, look, request, asked, kind, place.position, place.now, set(), [], Index())
    worked = (
        await worked_out(inquiry, question) if request is None else await remembered(request.app.state.answers, inquiry, question, place)
    )
    end = place.offset + asked.limit
    answer = FindingsAnswer(
        number=question.number,
        slug=question.slug,
        question=question.text,
        about=asked.about,
        at=place.now,
        position=place.position,
        examined=worked.examined,
        count=len(worked.found),
        standing_out=sum(one.stands_out for one in worked.found),
        first=place.offset + 1,
        findings=await worded(inquiry._replace(things=worked.things), worked.found[place.offset : end]),
        note=await before_the_log(inquiry),
        next_cursor=place._replace(offset=end).written() if len(worked.found) > end else UNSET,
    )
    return Found(answer, place.position)


async def remembered(memory: Memory, inquiry: Inquiry, question: Question, place: Place) -> Worked:
    """From the page before, where there was one, or worked out, for the pages that follow."""
    wanted = answered(inquiry.look.actor, question.slug, inquiry.asked, place)
    now = inquiry.reads.clock()
    worked = memory.find(wanted, now)
    if worked is None:
        worked = await worked_out(inquiry, question)
        if len(worked.found) > inquiry.asked.limit:
            memory.keep(wanted, worked, now)
    return worked


async def worked_out(inquiry: Inquiry, question: Question) -> Worked:
    assert question.find is not None  # one that waits has no address
    async with nullcontext() if inquiry.look.engagement is not None else inquiry.reads.sweep.turn(inquiry.look.actor):
        found = [one async for one in question.find(inquiry)]
    return Worked(sorted([*found, *inquiry.broken], key=rank), len(inquiry.examined), inquiry.things)


def rank(one: Finding) -> tuple[bool, int]:
    """First what stands out, then in the order of the log, by the last event of each."""
    return not one.stands_out, one.evidence[-1].position if one.evidence else 0


async def looked(reads: Reads, actor: Actor, question: Question, asked: Parameters) -> tuple[Look, str | None]:
    """The look at what the question is about, with its noun. What cannot be asked about it is told to who may know of it only."""
    if asked.about is None:
        look = await reads.look(actor, question.action)
        if question.needs_about:
            raise Unreadable([Fault("/query/about", "required", f"Name the {' or '.join(question.about)} by its id.")])
        return look, None
    kind = (await reads.store.read(actor.tenant, asked.about)).kind(asked.about)
    if kind is None:
        raise NotFound
    look = await reads.look(actor, question.action, kind, asked.about)
    if kind not in question.about:
        raise Unreadable([Fault("/query/about", "invalid", f"This is asked about {', '.join(question.about)}; that is the id of: {kind}.")])
    return look, kind
