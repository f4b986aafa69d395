"""The questions and their answers, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from domain.values import Code
from services.audit.answers import EvidenceAnswer

MOST_FINDINGS: Final = 500
"""Of one page."""
Fact: TypeAlias = bool | int | str | None
"""An id, a date, a number or a code, or some of them with commas between; never words of a person."""


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


class FindingAnswer(Struct, frozen=True, kw_only=True):
    """One thing. `stands_out` when somebody who audits will want to look at it: a finding, not a verdict on anybody.

    `sentence` says it in words; of a hash it has the beginning, which is whole in `facts`. `plan_id` is the plan of the engagement
    that it was found in; null where it is of none, or there was no plan by then.
    """

    kind: Code
    stands_out: bool
    sentence: str
    engagement_id: UUID | None
    plan_id: UUID | None
    facts: dict[str, Fact]
    evidence: tuple[EvidenceAnswer, ...]


class FindingsAnswer(Struct, frozen=True, kw_only=True):
    """What was found, as of a position of the log: first what stands out, each in the order of the log.

    `findings` are a page of the `count`, the first of them number `first`; `next_cursor` leads to the next one, which is as of the same moment; `standing_out`
    counts those of all that stand out. None found is an answer, too: `examined` counts the engagements, or other streams, that
    were looked at for it. `note` says what else is to be known of the answer.
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
    first: int
    findings: tuple[FindingAnswer, ...]
    note: str | None
    next_cursor: str | UnsetType = UNSET


class Parameters(Struct, frozen=True, kw_only=True):
    """The parameters of a question as they were sent, and which page of the answer is wanted."""

    about: UUID | None = None
    at: str | None = None
    since: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    limit: int = MOST_FINDINGS
    cursor: str | None = None
