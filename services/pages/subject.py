"""What an audit can be about: the programs and plans that the reader has to do with, by name as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.access.events import AccessClass
from domain.engagement.state import EngagementState
from domain.plan.state import PlanState
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT, Current
from projections.snapshot import Scope, Snapshot
from services.audit.question.answers import QuestionAnswer
from services.pages.cast import label, names_of
from services.permission import policy
from services.permission.table import MAY
from services.reading.reads import Look, Reads
from services.reading.view import sight

MOST_PLANS: Final = 60
"""Of more, those of a program are listed once it is chosen."""
NAMED: Final[frozenset[AccessClass]] = frozenset({"names"})


class Subject(NamedTuple):
    """One thing to choose; `client_id` is whose plan it is."""

    id: UUID
    kind: str
    label: str
    client_id: UUID | None = None


class Subjects(NamedTuple):
    """`chosen` is None while nothing is; `given` is the id that was sent, perhaps of something that is not listed."""

    programs: Sequence[Subject]
    plans: Sequence[Subject]
    chosen: Subject | None
    given: UUID | None
    are_all: bool

    def of(self, question: QuestionAnswer) -> UUID | None:
        """What the question is asked about: of a plan, the client where it takes people only."""
        if self.chosen is None:
            return self.given if question.about else None
        if self.chosen.kind in question.about:
            return self.chosen.id
        return self.chosen.client_id if question.about == ("person",) else None

    def called(self, id: UUID | None) -> str | None:
        """What is asked about, in words; None where it is not listed."""
        if self.chosen is not None and id == self.chosen.client_id:
            return self.chosen.label.replace("Plan of ", "")
        return next((one.label for one in (*self.programs, *self.plans) if one.id == id), None)


async def subjects_for(request: Request[Any, Any, Any], reads: Reads, look: Look, about: UUID | None) -> Subjects:
    """Whom the list names is noted."""
    actor, scope = look.actor, policy.scope(look.actor)
    async with reads.snapshot(request, actor, CURRENT["program"], CURRENT["engagement"], CURRENT["plan"], shown_by=look) as (rows, _):
        programs: list[Current[ProgramState]] = []
        if actor.role in MAY["list_programs"]:
            programs = await current.listed(rows, "program", scope, after=None, limit=None, words=False)
        plans = await current.listed(rows, "plan", scope, after=None, limit=MOST_PLANS + 1, words=False)
        are_all = len(plans) <= MOST_PLANS
        if not are_all:
            program = about if about in {one.id for one in programs} else await program_of(rows, scope, about)
            within = scope._replace(program_ids=frozenset({program} if program else set()))
            plans = await current.listed(rows, "plan", within, after=None, limit=None, words=False)
        coached = await current.ever_coached(rows, [one.state.engagement_id for one in plans])
    states: list[PlanState] = [one.state for one in plans]
    clients = [one.client_id for one in states]
    if sight(actor).names:
        await reads.note(look, [(person, NAMED) for person in coached])
    called = await names_of(request, reads, actor, clients)
    listed = [Subject(one.id, "plan", f"Plan of {label(one.client_id, called.get(one.client_id))}", one.client_id) for one in states]
    known = [Subject(one.id, "program", one.state.name) for one in programs]
    chosen = next((one for one in (*known, *listed) if one.id == about), None)
    return Subjects(known, sorted(listed, key=lambda one: one.label), chosen, about, are_all)


async def program_of(rows: Snapshot, scope: Scope, plan: UUID | None) -> UUID | None:
    """Of a plan that the scope covers."""
    found: Current[PlanState] | None = await current.one(rows, "plan", plan, words=False) if plan else None
    engagement: Current[EngagementState] | None = None
    if found is not None:
        engagement = await current.one(rows, "engagement", found.state.engagement_id, words=False)
    if engagement is None or not (scope.program_ids is None or engagement.state.program_id in scope.program_ids):
        return None
    return engagement.state.program_id
