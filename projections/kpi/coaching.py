"""The dated facts of an engagement beside its plan: how it was judged and rated, its sessions and assessments, what was agreed and consented to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.assessment.result.whole import Results
from domain.evaluation.judgement import Benefit
from domain.values import Code, OfClient


class Judgement(Struct, frozen=True):
    """That one side judged, and when that was written down; None for an import, which was written down elsewhere before.

    `version` is its place in the evaluation's stream, `benefits` what it names, as it was corrected since.
    """

    evaluator: Code
    at: datetime
    recorded_at: datetime | None
    version: int = 0
    benefits: tuple[Benefit, ...] = ()


class Evaluation(Struct, frozen=True):
    """A scheduled evaluation, with the sides that are to judge and what they gave."""

    due_on: date
    evaluators: tuple[Code, ...]
    judgements: tuple[Judgement, ...] = ()

    @property
    def is_open(self) -> bool:
        return not set(self.evaluators) <= {one.evaluator for one in self.judgements}


class Agreed(Struct, frozen=True):
    """What the agreement says of sessions."""

    sessions: int
    cadence_days: int


class Booked(Struct, frozen=True):
    """The time of a session, and since when it is booked."""

    since: datetime
    starts_at: datetime


class Session(Struct, frozen=True, kw_only=True):
    """A session: its times, the first of them the one that it was booked with, and when what became of it happened.

    `late`: it was called off later than the agreement's notice allows.
    """

    times: tuple[Booked, ...]
    held_at: datetime | None = None
    missed_at: datetime | None = None
    cancelled_at: datetime | None = None
    late: bool = False


class Rating(Struct, frozen=True):
    """How somebody who is coached rated a session by one version of an instrument; `by` is whose rating it is."""

    by: UUID
    session_id: UUID
    at: datetime
    instrument: Code
    instrument_version: int
    scores: OfClient[dict[str, int]]


class Assessment(Struct, frozen=True, kw_only=True):
    """A needs assessment: how many raters it asked and how many answered, from the closing on, and what was released, sealed."""

    instrument: Code
    scale_version: int
    closed_at: datetime | None = None
    asked: int = 0
    answered: int = 0
    released_at: datetime | None = None
    results: OfClient[Results] | None = None


class Consent(Struct, frozen=True, kw_only=True):
    """That `by` lets the sponsor see a class of content: since when, up to which last day, and when it was taken back."""

    by: UUID
    subject: Code
    since: datetime
    until: date | None
    withdrawn_at: datetime | None = None
