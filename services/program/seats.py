"""Reads of who is in a program: its participants, and the coaches of its pool, each with what runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import UNSET, Struct, UnsetType

from domain.engagement.state import EngagementState
from domain.glossary import ENDED, EngagementStage
from domain.program.state import Participant, ProgramState
from domain.values import Label, is_same_label
from projections import current
from projections.current import CURRENT, Current
from projections.members import MEMBERS
from projections.snapshot import Scope
from services.actor import Actor
from services.reading.caching import Tags
from services.reading.listing import COACH, SORT, STAGE, Page, page_of
from services.reading.reads import Found, NotCaughtUp, Reads, names
from services.reading.recorder import classes_of
from services.reading.route import read, shown
from services.reading.view import Sight, Text, sight

COHORT: Final = QueryParameter(description="Only those of this cohort.", max_length=64)
ParticipantStage: TypeAlias = Literal["enrolled", "withdrawn"]
ParticipantSort: TypeAlias = Literal["enrolled", "-enrolled", "cohort", "-cohort"]
PoolSort: TypeAlias = Literal["added", "-added", "engagements", "-engagements"]


class ParticipantAnswer(Struct, frozen=True, kw_only=True):
    """Who has a seat, or had one: `id` is the client. Department and location are those of the day of enrolment."""

    id: UUID
    name: Text | None
    stage: ParticipantStage
    cohort: Label | None
    department: Text | None
    location: Text | None
    enrolled_on: date
    withdrawn_on: date | None
    coach_id: UUID | None
    engagement_id: UUID | None
    engagement_stage: EngagementStage | None


class ParticipantsAnswer(Struct, frozen=True, kw_only=True):
    """A page of participants, each with their last engagement in the program; `next_cursor` leads to the next one."""

    items: tuple[ParticipantAnswer, ...]
    next_cursor: str | UnsetType = UNSET


class PooledAnswer(Struct, frozen=True, kw_only=True):
    """A coach of the pool: `engagements` of the program are not over, of at most `max_engagements`."""

    id: UUID
    name: Text | None
    max_engagements: int
    engagements: int


class PoolAnswer(Struct, frozen=True, kw_only=True):
    """A page of the pool; `next_cursor` leads to the next one."""

    items: tuple[PooledAnswer, ...]
    next_cursor: str | UnsetType = UNSET


@read(
    "/v1/programs/{id:uuid}/participants",
    "list_participants",
    ParticipantsAnswer,
    "List the participants of a program.\n\nWho has or had a seat, with their cohort and how far their coaching is, as they were enrolled.",
    given={"page": page_of},
)
async def list_participants(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    page: NamedDependency[Page],
    stage: Annotated[ParticipantStage | None, STAGE] = None,
    cohort: Annotated[str | None, COHORT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    sort: Annotated[ParticipantSort, SORT] = "enrolled",
) -> Response[bytes | None]:
    found = await find_participants(request, reads, actor, id, page, stage=stage, cohort=cohort, coach=coach, sort=sort)
    return await shown(request, tags, actor, *found)


async def find_participants(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    id: UUID,
    page: Page,
    *,
    stage: ParticipantStage | None = None,
    cohort: str | None = None,
    coach: UUID | None = None,
    sort: ParticipantSort = "enrolled",
) -> Found[ParticipantsAnswer]:
    """A page of who has or had a seat. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "list_participants", "program", id)
    seen = sight(actor)
    async with reads.snapshot(request, actor, CURRENT["program"], CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, position):
        found = await current.one(rows, "program", id, words=seen.names)
        if found is None:
            raise NotCaughtUp
        state: ProgramState = found.state
        called = await names(rows, [*state.participants])
        runs = {one.state.client_id: one for one in await running(rows, id)}  # the last of each client
    items = [
        participant_answer(client, one, runs.get(client), seen, called.get(client), look.organization.day)
        for client, one in state.participants.items()
    ]
    chosen = [item for item in items if stage in (None, item.stage) and is_in(cohort, item) and coach in (None, item.coach_id)]
    by: Callable[[ParticipantAnswer], Any] = (
        (lambda item: (item.cohort or "").casefold()) if "cohort" in sort else (lambda item: item.enrolled_on)
    )
    shown_items = page.of(sorted(chosen, key=by, reverse=sort.startswith("-")))
    await reads.note(look, [(item.id, classes_of(seen)) for item in page.cut(shown_items)])
    answer = ParticipantsAnswer(items=tuple(page.cut(shown_items)), next_cursor=page.following(shown_items))
    return Found(answer, position)


def is_in(cohort: str | None, one: ParticipantAnswer) -> bool:
    """Whether the participant is in that cohort, however it is written; None: in any or none."""
    return cohort is None or (one.cohort is not None and is_same_label(cohort, one.cohort))


def participant_answer(
    client: UUID, one: Participant, run: Current[EngagementState] | None, seen: Sight, name: Any, day: Callable[..., date]
) -> ParticipantAnswer:
    return ParticipantAnswer(
        id=client,
        name=seen.name(name),
        stage="enrolled" if one.withdrawn_at is None else "withdrawn",
        cohort=one.cohort,
        department=seen.name(one.department),
        location=seen.name(one.location),
        enrolled_on=day(one.enrolled_at),
        withdrawn_on=None if one.withdrawn_at is None else day(one.withdrawn_at),
        coach_id=None if run is None else run.state.coach_id,
        engagement_id=None if run is None else run.id,
        engagement_stage=None if run is None else run.state.stage,
    )


@read(
    "/v1/programs/{id:uuid}/pool",
    "list_pool",
    PoolAnswer,
    "List the coaches of a program.\n\nWho is in its pool, with how many engagements of it they have, and how many they take.",
    given={"page": page_of},
)
async def list_pool(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    page: NamedDependency[Page],
    coach: Annotated[UUID | None, COACH] = None,
    sort: Annotated[PoolSort, SORT] = "added",
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_pool(request, reads, actor, id, page, coach=coach, sort=sort))


async def find_pool(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    id: UUID,
    page: Page,
    *,
    coach: UUID | None = None,
    sort: PoolSort = "added",
) -> Found[PoolAnswer]:
    """A page of the coaches of its pool. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "list_pool", "program", id)
    seen = sight(actor)
    async with reads.snapshot(request, actor, CURRENT["program"], CURRENT["engagement"], MEMBERS, shown_by=look) as (rows, position):
        found = await current.one(rows, "program", id, words=False)
        if found is None:
            raise NotCaughtUp
        state: ProgramState = found.state
        called = await names(rows, [*state.pool])
        busy = [one.state.coach_id for one in await running(rows, id) if one.state.stage not in ENDED]
    items = [
        PooledAnswer(id=one, name=seen.name(called.get(one)), max_engagements=places, engagements=busy.count(one))
        for one, places in state.pool.items()
        if coach in (None, one)
    ]
    by: Callable[[PooledAnswer], int] = (lambda item: item.engagements) if "engagements" in sort else (lambda item: 0)
    ordered = sorted(items if sort != "-added" else items[::-1], key=by, reverse=sort == "-engagements")
    shown_items = page.of(ordered)
    await reads.note(look, [(item.id, classes_of(seen)) for item in page.cut(shown_items)])
    answer = PoolAnswer(items=tuple(page.cut(shown_items)), next_cursor=page.following(shown_items))
    return Found(answer, position)


async def running(rows: Any, program: UUID) -> Sequence[Current[EngagementState]]:
    """The engagements of a program, in the order in which they were proposed."""
    scope = Scope(program_ids=frozenset({program}))
    return await current.listed(rows, "engagement", scope, after=None, limit=None, words=False)


ROUTES: Final = (list_participants, list_pool)
