"""The page of an audit: a form for each question that the reader may ask, and the answer to the one that was asked."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, NamedTuple
from urllib.parse import urlencode

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec import UNSET

from services.actor import Actor
from services.audit.question.answers import FindingAnswer, FindingsAnswer, Parameters
from services.audit.question.ask import find_answer, listed
from services.audit.question.table import BY_SLUG, Question
from services.errors import Fault, Unreadable
from services.pages.filter import chosen
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.refusal import PAGE_HANDLERS
from services.pages.subject import subjects_for
from services.pages.words import words
from services.reading.reads import Reads
from services.reading.route import get
from services.report.files import Files

AUDIT: Final = "/audit"
MOMENTS: Final = {"at": ("At", "2026-03-01"), "from": ("From", "2026-03-01"), "to": ("To", "now")}
"""Parameters that are moments: how the form calls each, and an example."""


A_PAGE: Final = 50
"""Findings of one page."""
HASH: Final = re.compile(r"[0-9a-f]{64}")


class AnswerView(NamedTuple):
    """An answer with what was sent for it, where a program gets the same, and the query of its next page, if there is one."""

    found: FindingsAnswer
    sent: dict[str, str]
    path: str
    following: str

    @property
    def last(self) -> int:
        return self.found.first + len(self.found.findings) - 1


def hashes(one: FindingAnswer) -> list[tuple[str, str]]:
    """The hashes of which the sentence has the beginning."""
    return [(words(name), value) for name, value in one.facts.items() if isinstance(value, str) and HASH.fullmatch(value)]


@get(AUDIT, name="audit_page", opt={"action": "open_audit", "page": True})
async def audit(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    files: NamedDependency[Files],
    question: FromQuery[str] = "",
    about: FromQuery[str] = "",
    at: FromQuery[str] = "",
    since: Annotated[str, QueryParameter(name="from")] = "",
    to: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
) -> Response[str]:
    look = await reads.look(actor, "open_audit")
    sent = {name: value.strip() for name, value in {"about": about, "at": at, "from": since, "to": to}.items() if value.strip()}
    questions = listed(look.actor)
    return page(
        "audit.html",
        reader=await page_reader(request, reads, actor),
        here=AUDIT,
        answer=await answered(request, reads, files, actor, named(question), sent, cursor or None) if question else None,
        subjects=await subjects_for(request, reads, look, chosen("about", sent.get("about", ""))),
        hashes=hashes,
        asked=[one for one in questions if one.may_ask],
        waiting=[one for one in questions if one.waits_for],
        moments=MOMENTS,
        zone=look.organization.zone,
    )


def named(slug: str) -> Question:
    """Raises `Unreadable` for what is no question, or one that waits."""
    question = BY_SLUG.get(slug)
    if question is None or question.find is None:
        raise Unreadable([Fault("/query/question", "invalid", "Choose one of the questions on the page.")])
    return question


async def answered(
    request: Request[Any, Any, Any],
    reads: Reads,
    files: Files,
    actor: Actor,
    question: Question,
    sent: dict[str, str],
    cursor: str | None,
) -> AnswerView:
    asked = Parameters(
        about=chosen("about", sent.get("about", "")),
        at=sent.get("at"),
        since=sent.get("from"),
        to=sent.get("to"),
        limit=A_PAGE,
        cursor=cursor,
    )
    found = (await find_answer(request, reads, files, actor, question, asked)).answer
    following = ""
    if found.next_cursor is not UNSET:
        following = urlencode({"question": question.slug, **sent, "cursor": found.next_cursor})
    return AnswerView(found, sent, f"{question.path}?{urlencode(sent)}" if sent else question.path, following)


AUDIT_PAGES: Final = Router("/", route_handlers=[audit], exception_handlers=PAGE_HANDLERS)
