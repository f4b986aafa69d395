"""The questions over HTTP: the list of them, and an address for each, made from the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from services.actor import Actor
from services.audit.question.answers import MOST_FINDINGS, FindingsAnswer, Parameters, QuestionsAnswer
from services.audit.question.ask import find_answer, listed
from services.audit.question.table import QUESTIONS, Question
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import CURSOR, read, shown
from services.report.files import Files

ABOUT: Final = QueryParameter(description="The id of what it is asked about; everything that you have to do with when it is left out.")
AT: Final = QueryParameter(
    max_length=40, description="A day (2026-03-01, its end in the organization's zone) or a moment (2026-03-01T10:00:00Z)."
)
FROM: Final = QueryParameter(name="from", max_length=100, description="The earlier moment, as a comparison of a plan takes it.")
LIMIT: Final = QueryParameter(ge=1, le=MOST_FINDINGS, description="The most findings of a page.")
TO: Final = QueryParameter(max_length=100, description="The later moment.")


WAITING: Final = " ".join(f"{one.number}, `{one.slug}`, waits for {one.waits_for}." for one in QUESTIONS if one.waits_for)


@read(
    "/v1/audit/questions",
    "list_questions",
    QuestionsAnswer,
    "List the questions of an audit.\n\nEach with its address, what it is asked about, and the evidence that answers it. Not to be asked "
    f"yet: {WAITING}",
)
async def list_questions(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], tags: NamedDependency[Tags]
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_questions")
    assert look.reading.head is not None  # who looks is in the log
    return await shown(request, tags, actor, QuestionsAnswer(items=listed(look.actor)), look.reading.head.position)


def route_of(question: Question) -> HTTPRouteHandler:
    """The address of a question: a function with the parameters that it takes."""

    async def of(
        request: Request[Any, Any, Any],
        actor: NamedDependency[Actor],
        reads: NamedDependency[Reads],
        files: NamedDependency[Files],
        tags: NamedDependency[Tags],
        about: Annotated[UUID | None, ABOUT] = None,
        limit: Annotated[int, LIMIT] = MOST_FINDINGS,
        cursor: Annotated[str | None, CURSOR] = None,
    ) -> Response[bytes | None]:
        return await answered(request, reads, files, tags, actor, question, Parameters(about=about, limit=limit, cursor=cursor))

    async def at_moment(
        request: Request[Any, Any, Any],
        actor: NamedDependency[Actor],
        reads: NamedDependency[Reads],
        files: NamedDependency[Files],
        tags: NamedDependency[Tags],
        about: Annotated[UUID | None, ABOUT] = None,
        at: Annotated[str | None, AT] = None,
        limit: Annotated[int, LIMIT] = MOST_FINDINGS,
        cursor: Annotated[str | None, CURSOR] = None,
    ) -> Response[bytes | None]:
        return await answered(request, reads, files, tags, actor, question, Parameters(about=about, at=at, limit=limit, cursor=cursor))

    async def between(
        request: Request[Any, Any, Any],
        actor: NamedDependency[Actor],
        reads: NamedDependency[Reads],
        files: NamedDependency[Files],
        tags: NamedDependency[Tags],
        about: Annotated[UUID | None, ABOUT] = None,
        since: Annotated[str | None, FROM] = None,
        to: Annotated[str | None, TO] = None,
        limit: Annotated[int, LIMIT] = MOST_FINDINGS,
        cursor: Annotated[str | None, CURSOR] = None,
    ) -> Response[bytes | None]:
        asked = Parameters(about=about, since=since, to=to, limit=limit, cursor=cursor)
        return await answered(request, reads, files, tags, actor, question, asked)

    functions: dict[tuple[str, ...], Callable[..., Any]] = {(): of, ("at",): at_moment, ("from", "to"): between}
    return made(question, functions[question.parameters])


def made(question: Question, function: Callable[..., Any]) -> HTTPRouteHandler:
    """The route with its name and its documentation."""
    function.__name__ = question.action
    about = (
        f"About a {', a '.join(question.about[:-1])} or a {question.about[-1]}."
        if len(question.about) > 1
        else f"About a {question.about[0]}."
    )
    return read(question.path, question.action, FindingsAnswer, f"Ask: {question.text}\n\n{about} {question.evidence}")(function)


async def answered(
    request: Request[Any, Any, Any], reads: Reads, files: Files, tags: Tags, actor: Actor, question: Question, asked: Parameters
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_answer(request, reads, files, actor, question, asked))


ROUTES: Final = (list_questions, *(route_of(question) for question in QUESTIONS if question.find is not None))
