"""Every plan, engagement, program, assessment, session, evaluation and report as it stands: the domain's own fold, a row a stream."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import asyncpg
from msgspec import Struct

from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.evaluation.state import EvaluationState
from domain.nouns import NOUNS
from domain.plan.state import PlanState
from domain.program.state import ProgramState
from domain.report.events import ReportTemplate
from domain.report.state import ReportState
from domain.session.state import SessionState
from domain.survey.state import SurveyState
from infra.eventstore.feed import Fed
from infra.eventstore.vault import Source
from infra.postgres import transaction
from projections.projection import Opening, Projection
from projections.snapshot import Scope, Snapshot

S = TypeVar("S")


class Current(Struct, Generic[S], frozen=True, kw_only=True):
    """A stream as it stands. The ids beside the state are what rows are found by, as far as the noun itself knows them.

    `version` is the stream's.
    """

    id: UUID
    engagement_id: UUID | None
    client_id: UUID | None
    coach_id: UUID | None
    sponsor_id: UUID | None
    program_id: UUID | None
    version: int
    state: S


VERSIONS: Final[dict[str, tuple[type[Any], int]]] = {
    "plan": (Current[PlanState], 6),
    "engagement": (Current[EngagementState], 9),
    "program": (Current[ProgramState], 4),
    "assessment": (Current[AssessmentState], 3),
    "session": (Current[SessionState], 5),
    "evaluation": (Current[EvaluationState], 3),
    "survey": (Current[SurveyState], 1),
    "report": (Current[ReportState], 4),
}
"""Noun -> its row and the version of its fold."""


def projection(noun: str) -> Projection[Current[Any]]:
    row, version = VERSIONS[noun]
    fold = NOUNS[noun]

    def key(fed: Fed) -> UUID | None:
        return fed.stream if type(fed.event) in fold.evolve.table else None

    def apply(before: Current[Any] | None, fed: Fed) -> Current[Any]:
        state = fold.evolve(before.state if before is not None else fold.initial, fed)
        return Current(
            id=fed.stream,
            engagement_id=fed.stream if noun == "engagement" else fed.engagement_id,
            client_id=getattr(state, "client_id", None),
            coach_id=getattr(state, "coach_id", None),
            sponsor_id=getattr(state, "sponsor_id", None),
            program_id=fed.stream if noun == "program" else getattr(state, "program_id", None),
            version=fed.version,
            state=state,
        )

    return Projection(__file__, name=f"{noun}_current", version=version, document=row, reads=fold.evolve.table, key=key, apply=apply)


CURRENT: Final[dict[str, Projection[Current[Any]]]] = {noun: projection(noun) for noun in VERSIONS}


async def one(snapshot: Snapshot, noun: str, stream: UUID, *, words: Opening | bool) -> Current[Any] | None:
    """The stream as it stands; None when there is none of that noun."""
    found = await read(snapshot, noun, words, "some", keys=[stream])
    return found[0] if found else None


async def of_engagement(snapshot: Snapshot, noun: str, engagement: UUID) -> list[UUID]:
    """The ids of what belongs to an engagement, oldest first."""
    rows = await snapshot.fetch(CURRENT[noun], "of_engagement", {"engagement_id": engagement})
    return [row["key"] for row in rows]


async def listed(
    snapshot: Snapshot,
    noun: str,
    scope: Scope,
    *,
    after: UUID | None,
    limit: int | None,
    words: Opening | bool,
) -> list[Current[Any]]:
    """What lies in a scope: of programs, their surveys and engagements by ids of their own, of others by those of their engagement."""
    if noun in ("program", "engagement", "survey"):
        return await read(snapshot, noun, words, "in_scope", **scope.with_member, after=after, at_most=limit)
    page = {"engagement_ids": await engagements(snapshot, scope), "after": after, "at_most": limit}
    return await read(snapshot, noun, words, "in_engagements", **page)


async def engagements(snapshot: Snapshot, scope: Scope) -> list[UUID]:
    """The ids of those in a scope, in no order."""
    return [row["key"] for row in await snapshot.fetch(CURRENT["engagement"], "keys_in_scope", scope.with_member)]


async def ever_coached(snapshot: Snapshot, ids: Sequence[UUID]) -> list[UUID]:
    """Everybody who is or was coached in one of these engagements, each once: what is told of these is told of them."""
    found: list[Current[EngagementState]] = await read(snapshot, "engagement", False, "some", keys=ids)
    return sorted({person for one in found for person in one.state.ever_coached})


async def reports(
    snapshot: Snapshot,
    scope: Scope,
    *,
    reader: UUID | None,
    beyond: UUID | None,
    limit: int,
    newest: bool = False,
    template: ReportTemplate | None = None,
) -> list[Current[ReportState]]:
    """Reports that somebody asked for or got, None: everybody's; about the programs of the scope and their engagements.

    The page begins beyond that one: after it, or before it where the newest come first.
    """
    within = None
    if scope.program_ids is not None:
        within = await engagements(snapshot, scope)
    page = {"reader": reader, "program_ids": scope.program_ids, "engagement_ids": within, "template": template, "at_most": limit}
    if newest:
        return await read(snapshot, "report", False, "latest_of_reader", **page, before=beyond)
    return await read(snapshot, "report", False, "of_reader", **page, after=beyond)


async def waiting_reports(source: Source, tenant: UUID, requester: UUID, since: datetime) -> int:
    """How many reports somebody asked for since then that are not made yet, as far as this has followed: what lags behind
    counts too few for a moment, and keeps nobody from asking.

    `source` is the connection of a command that is being decided.
    """
    assert not isinstance(source, asyncpg.Pool)
    async with transaction(source, tenant, read_only=True):
        count = CURRENT["report"].sql().statements["waiting_of"]
        return int(await count.value(source, tenant_id=tenant, requester=requester, since=since))


async def report_bytes(source: Source, tenant: UUID) -> int:
    """What the files of reports take that were not thrown away, in bytes, as far as this has followed."""
    assert not isinstance(source, asyncpg.Pool)
    async with transaction(source, tenant, read_only=True):
        return int(await CURRENT["report"].sql().statements["bytes"].value(source, tenant_id=tenant))


async def past_last_day(snapshot: Snapshot, today: date) -> list[tuple[UUID, date]]:
    """The engagements that notice was given of and whose last day has passed, each with that day."""
    rows = await snapshot.fetch(CURRENT["engagement"], "past_last_day", {"today": today})
    return [(row["key"], date.fromisoformat(row["ends_on"])) for row in rows]


async def unclosed_assessments(snapshot: Snapshot) -> list[UUID]:
    """The ids of those that can still be answered, or should not be any more."""
    return [row["key"] for row in await snapshot.fetch(CURRENT["assessment"], "unclosed", {})]


async def unclosed_surveys(snapshot: Snapshot) -> list[UUID]:
    """The same of surveys."""
    return [row["key"] for row in await snapshot.fetch(CURRENT["survey"], "unclosed_surveys", {})]


async def read(snapshot: Snapshot, noun: str, words: Opening | bool, statement: str, **arguments: Any) -> list[Current[Any]]:
    """Without `words` personal values stay sealed."""
    rows = await snapshot.read(CURRENT[noun], statement, words, **arguments)
    return [row.document for row in rows]
