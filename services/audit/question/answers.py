"""The questions and their answers, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.values import Code
from services.audit.question.finding import Finding


class QuestionAnswer(Struct, frozen=True, kw_only=True):
    """A question that can be asked: where, with which parameters, and by which evidence it is answered.

    `about` are the nouns whose id it takes; `needs_about` when it takes no answer for everything. `waits_for` is what has to
    be built before it can be answered; then `path` is null. `may_ask`: your role may.
    """

    number: int
    slug: Code
    question: str
    asked_by: str
    evidence: str
    about: tuple[Code, ...]
    needs_about: bool
    parameters: tuple[Code, ...]
    path: str | None
    waits_for: str | None
    may_ask: bool


class QuestionsAnswer(Struct, frozen=True, kw_only=True):
    """The questions of an audit, in order."""

    items: tuple[QuestionAnswer, ...]


class FindingsAnswer(Struct, frozen=True, kw_only=True):
    """What was found, as of a position of the log: first what stands out, each in the order of the log.

    `findings` are at most the first 500 of `count`; `standing_out` counts those of all that stand out. None found is an
    answer, too: `examined` counts the engagements, or other streams, that were looked at for it.
    """

    number: int
    slug: Code
    question: str
    about: UUID | None
    at: datetime | None
    position: int
    examined: int
    count: int
    standing_out: int
    findings: tuple[Finding, ...]


class Asked(Struct, frozen=True, kw_only=True):
    """The parameters of a question as they were sent."""

    about: UUID | None = None
    at: str | None = None
    since: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
