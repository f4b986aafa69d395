"""What was, as the API shows it: the answer that a read gave then, as far as the reader may see it now, and what proves it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from domain.values import Digest
from infra.eventstore.feed import Fed
from infra.eventstore.hindsight import Hindsight, Mark
from projections.kpi.board import Board
from services.assessment.answers import AssessmentAnswer
from services.engagement.answers import EngagementAnswer
from services.plan.answers import PlanAnswer


class EvidenceAnswer(Struct, frozen=True, kw_only=True):
    """An event that anybody can check an answer by: its place in the log, and the SHA-256 of what is stored there.

    `event_id` is the UUIDv5 of the version, as decimal digits, in the namespace of the stream's id.
    """

    event_id: UUID
    stream_id: UUID
    version: int
    position: int
    payload_hash: Digest


class MomentAnswer(Struct, frozen=True, kw_only=True):
    """Where the two clocks stood. `position` and `recorded_at` are the last event of the log that was known.

    `occurred_until` is the business clock: what is told is what had happened by then; null when it was not asked for.
    `digest` is the content digest at that moment. It is null where the business clock left out an event before the last one
    that counts: no party ever saw, or signed, that content. `evidence` is the last event that counts.
    """

    position: int
    recorded_at: datetime
    occurred_until: datetime | None
    digest: Digest | None
    evidence: EvidenceAnswer


class PlanAsOf(Struct, frozen=True, kw_only=True):
    """A plan as it stood at a moment."""

    moment: MomentAnswer
    plan: PlanAnswer


class EngagementAsOf(Struct, frozen=True, kw_only=True):
    """An engagement as it stood at a moment, with its agreement and its consents."""

    moment: MomentAnswer
    engagement: EngagementAnswer


class AssessmentAsOf(Struct, frozen=True, kw_only=True):
    """A needs assessment as it stood at a moment. It has no digest."""

    moment: MomentAnswer
    assessment: AssessmentAnswer


class BoardAsOf(Struct, frozen=True, kw_only=True):
    """The indicators as they were to be read at a moment: from what was known at the position, up to the day."""

    position: int
    recorded_at: datetime
    board: Board


def evidence(fed: Fed) -> EvidenceAnswer:
    return EvidenceAnswer(
        event_id=fed.id, stream_id=fed.stream, version=fed.version, position=fed.position, payload_hash=fed.payload_hash.hex()
    )


def moment_answer(then: Hindsight, stream: UUID, digest: Digest | None) -> MomentAnswer:
    """Of a stream that had begun by then."""
    assert then.head is not None
    return MomentAnswer(
        position=then.head.position,
        recorded_at=then.head.recorded_at,
        occurred_until=then.at.occurred,
        digest=digest if then.is_whole(stream) else None,
        evidence=evidence_answer(then.last(stream)),
    )


def evidence_answer(mark: Mark) -> EvidenceAnswer:
    return EvidenceAnswer(
        event_id=mark.event_id,
        stream_id=mark.stream,
        version=mark.version,
        position=mark.position,
        payload_hash=mark.payload_hash.hex(),
    )
