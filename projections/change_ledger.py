"""Every change of what was agreed, a line an event, beside what the flags of later lines need, a document an engagement."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from domain.glossary import Party
from domain.plan import events as plan
from domain.values import Code, Personal
from infra.eventstore.feed import Fed
from projections.kpi.facts import Facts
from projections.kpi.follow import follow
from projections.ledger.course import Course, followed
from projections.ledger.flag import approves_later, eased, flags, is_dated_back
from projections.ledger.line import Flag, Kind, Line, Said
from projections.ledger.said import CHANGES, CONTENT, REPORTS, of_refinement
from projections.projection import Opening, Projection, Texts
from projections.snapshot import Snapshot

Kept: TypeAlias = Course | Line


READ: Final = frozenset((*follow.table, *CHANGES, *REPORTS))
"""What has a line, and what lines need to know of."""


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in READ else None


def apply(course: Kept | None, fed: Fed) -> Kept:
    return followed(before_of(course, fed), fed)


def before_of(course: Kept | None, fed: Fed) -> Course:
    assert not isinstance(course, Line)  # an engagement's id is no event's
    return course or Course(facts=Facts(engagement_id=fed.engagement_id or fed.stream))


def beside(course: Kept | None, after: Kept | None, fed: Fed) -> tuple[UUID, Kept] | None:
    """The event's line, if it has one."""
    before = before_of(course, fed)
    assert isinstance(after, Course)
    said = said_by(before, after, fed)
    return (fed.id, line(before, fed, said)) if said is not None else None


def said_by(before: Course, after: Course, fed: Fed) -> Said | None:
    event, kind = fed.event, type(fed.event)
    if kind in CHANGES:
        return CHANGES[kind](event)
    if kind in CONTENT and before.facts.activated_at is not None:
        return CONTENT[kind](event)
    if isinstance(event, plan.ObjectiveRefined) and before.facts.activated_at is not None:
        return of_refinement(event, before.facts.objectives[event.objective_id], after.facts.objectives[event.objective_id])
    return REPORTS[kind](event) if kind in REPORTS and is_dated_back(fed) else None


def line(before: Course, fed: Fed, said: Said) -> Line:
    event, facts, meta = fed.event, before.facts, fed.meta
    change_id: UUID | None = getattr(event, "change_id", None)
    asking = before.asked.get(change_id) if change_id is not None else None
    wished: Code | None = getattr(event, "initiated_by", None) or getattr(event, "proposed_by", None)
    return Line(
        stream_id=fed.stream,
        version=fed.version,
        type=fed.type,
        occurred_at=fed.occurred_at,
        recorded_at=fed.recorded_at,
        payload_hash=fed.payload_hash.hex(),
        engagement_id=facts.engagement_id,
        plan_id=facts.plan_id,
        client_id=facts.client_id,
        coach_id=facts.coach_id,
        program_id=facts.program_id,
        actor=meta.actor,
        role=meta.role,
        on_behalf_of=meta.on_behalf_of,
        channel=meta.channel,
        initiator=wished or (asking.party if asking is not None else None),
        change_id=change_id,
        reason_code=getattr(event, "reason_code", None),
        reason=getattr(event, "reason", None),
        said=said,
        flags=tuple(flags(before, fed, said)),
        waiting_since=asking.at if asking is not None else approves_later(before, fed),
        eased=eased(before, said),
    )


def personal(kept: Kept) -> list[Personal[Any]]:
    return [kept.reason] if isinstance(kept, Line) and kept.reason is not None else []


CHANGE_LEDGER: Final[Projection[Kept]] = Projection(
    __file__,
    name="change_ledger",
    version=7,
    document=Course | Line,
    reads=READ,
    key=key,
    apply=apply,
    personal=personal,
    beside=beside,
)


class Filter(NamedTuple):
    """Which lines; None leaves nothing out. `since` counts, `until` does not any more, both by the business clock.

    `zone` is where days begin, `now` until when a change that is undecided has waited, `patience` the days after which it
    waited long.
    """

    program_ids: frozenset[UUID] | None
    engagement_id: UUID | None
    plan_id: UUID | None
    coach_id: UUID | None
    actor: UUID | None
    initiator: Party | None
    reason_code: Code | None
    kind: Kind | None
    flag: Flag | None
    since: datetime | None
    until: datetime | None
    zone: str
    now: datetime
    patience: int


class Entry(NamedTuple):
    """A line, with all that stands out about it at this moment."""

    key: UUID
    position: int
    line: Line
    flags: tuple[Flag, ...]


async def entries(snapshot: Snapshot, wanted: Filter, *, after: UUID | None, limit: int, words: Opening | bool) -> list[Entry]:
    """The newest first, from behind the line `after` on. Without `words` the reasons stay sealed."""
    await CHANGE_LEDGER.sql().statements["plan_anew"].execute(snapshot.connection)
    rows = await snapshot.fetch(CHANGE_LEDGER, "lines", {**wanted._asdict(), "after": after, "at_most": limit})
    texts = await snapshot.texts(CHANGE_LEDGER, [row["key"] for row in rows], Opening.of(words)) if words else {}
    return [Entry(row["key"], row["position"], opened(row["doc"], texts.get(row["key"])), tuple(row["flags"])) for row in rows]


def opened(stored: str, texts: Texts | None) -> Line:
    kept = CHANGE_LEDGER.decode(stored) if texts is None else CHANGE_LEDGER.open(stored, texts)
    assert isinstance(kept, Line)  # the statement finds no others
    return kept
