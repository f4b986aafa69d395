"""One line of the ledger: an event that changed what was agreed, with its evidence and what stands out about it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, TypeAlias, get_args
from uuid import UUID

from msgspec import Struct

from domain.values import Code, Digest, OfAuthor

Kind: TypeAlias = Literal[
    "plan_proposed",
    "plan_approved",
    "plan_activated",
    "change_proposed",
    "change_accepted",
    "change_declined",
    "objective_added",
    "objective_refined",
    "target_lowered",
    "target_raised",
    "target_changed",
    "measure_replaced",
    "due_moved",
    "baseline_recorded",
    "scale_defined",
    "objective_concluded",
    "strategy_adopted",
    "strategy_revised",
    "strategy_dropped",
    "action_committed",
    "action_moved",
    "action_dropped",
    "milestone_set",
    "milestone_moved",
    "milestone_withdrawn",
    "measurement_corrected",
    "entry_withdrawn",
    "terms_revised",
    "recontracting_opened",
    "agreement_amended",
    "coach_reassigned",
    "conflict_declared",
    "conflict_resolved",
    "member_added",
    "member_removed",
    "engagement_paused",
    "engagement_resumed",
    "engagement_completed",
    "engagement_ended_early",
    "engagement_cancelled",
    "progress_measured",
    "milestone_reached",
    "action_completed",
    "plan_reviewed",
    "evaluation_recorded",
    "chemistry_session_held",
    "alignment_meeting_held",
]
"""What a line is about. The last seven are reports, which stand in the ledger only when they were dated back."""

Flag: TypeAlias = Literal[
    "lowered_after_result",
    "measure_replaced_after_result",
    "moved_at_due",
    "approved_after_change",
    "back_dated",
    "self_approved",
    "gate_overridden",
    "waited_long",
]
"""What stands out about a line. `moved_at_due` and `waited_long` depend on a time zone and on today: they are found when a
line is read."""
FLAGS: Final[tuple[Flag, ...]] = get_args(Flag)


class Said(Struct, frozen=True, kw_only=True):
    """What an event changed: of what, from what to what. Dates, numbers and codes only, each as its text.

    `days` is how far a date was moved, later if positive; `due_on` the day for which something stood in the plan that was moved
    or taken out of it. `detail` is the field of the objective, or which report was withdrawn.
    """

    kind: Kind
    objective_id: UUID | None = None
    milestone_id: UUID | None = None
    item_id: UUID | None = None
    detail: Code | None = None
    from_: str | None = None
    to: str | None = None
    days: int | None = None
    due_on: date | None = None


class Eased(Struct, frozen=True, kw_only=True):
    """How far an objective had come when its target was lowered: what its pace at that moment is made of.

    `progress` is None where it could not be told; `since` is when the objective was in force.
    """

    progress: Decimal | None
    since: datetime
    due_on: date


class Line(Struct, frozen=True, kw_only=True, tag_field="row", tag="line"):
    """`waiting_since`: when the change was proposed that this line is about, or made that it approves."""

    stream_id: UUID
    version: int
    type: Code
    occurred_at: datetime
    recorded_at: datetime
    payload_hash: Digest
    engagement_id: UUID
    plan_id: UUID | None
    client_id: UUID | None
    coach_id: UUID | None
    program_id: UUID | None
    actor: UUID
    role: Code
    on_behalf_of: UUID | None
    channel: Code
    initiator: Code | None
    change_id: UUID | None
    reason_code: Code | None
    reason: OfAuthor[str] | None
    said: Said
    flags: tuple[Flag, ...]
    waiting_since: datetime | None
    eased: Eased | None
