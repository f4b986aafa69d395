"""Whom an engagement brings together, as the API shows it: talks before it, conflicts of interest, meetings of the sides, members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.engagement.alignment import AlignmentKind, Present
from domain.engagement.choice import ClientChoice, ConflictKind
from domain.engagement.state import EngagementState
from services.reading.view import WITHHELD, Hidden, Sight, Text


class ChemistryAnswer(Struct, frozen=True, kw_only=True):
    """A talk of the client with somebody who may coach them, and whether they want to be coached by them."""

    coach_id: UUID
    held_on: date
    choice: ClientChoice


class ConflictAnswer(Struct, frozen=True, kw_only=True):
    """A conflict of interest that stands; its reason is for client and coach to read."""

    coach_id: UUID
    kind: ConflictKind
    declared_by: UUID
    declared_at: datetime
    reason: Text | None


class AlignmentAnswer(Struct, frozen=True, kw_only=True):
    """A meeting of the sides; what they agreed on is for client and coach to read."""

    kind: AlignmentKind
    held_on: date
    attendees: tuple[Present, ...]
    agreed_points: Text | None


class MemberAnswer(Struct, frozen=True, kw_only=True):
    """Somebody who is coached together with the first client, or was until `left_on`."""

    client_id: UUID
    joined_on: date
    left_on: date | None


class CompanyAnswer(Struct, frozen=True, kw_only=True):
    """Talks before the coaching, conflicts of interest and members are withheld from a sponsor, who sees how many are coached.

    A member of a group sees who is coached with them today; the talks and conflicts are its first client's.
    `counts_for_credit`: hours with so many count for a coach's credential, which they do with up to fifteen.
    """

    chemistry_sessions: tuple[ChemistryAnswer, ...] | Hidden
    conflicts_of_interest: tuple[ConflictAnswer, ...] | Hidden
    alignment_meetings: tuple[AlignmentAnswer, ...]
    members: tuple[MemberAnswer, ...] | Hidden
    head_count: int
    counts_for_credit: bool


def company_answer(state: EngagementState, seen: Sight, reader: UUID) -> CompanyAnswer:
    is_member = reader in state.present_members
    runs = seen.drafts and not is_member
    return CompanyAnswer(
        chemistry_sessions=tuple(chemistry(state)) if runs else WITHHELD,
        conflicts_of_interest=tuple(conflicts(state, seen)) if runs else WITHHELD,
        alignment_meetings=tuple(
            AlignmentAnswer(kind=one.kind, held_on=one.held_on, attendees=one.attendees, agreed_points=seen.text(one.agreed_points))
            for one in state.alignments
        ),
        members=tuple(one for one in members(state) if runs or one.left_on is None) if seen.drafts else WITHHELD,
        head_count=state.head_count,
        counts_for_credit=state.counts_for_credit,
    )


def chemistry(state: EngagementState) -> Iterator[ChemistryAnswer]:
    for one in state.chemistry:
        yield ChemistryAnswer(coach_id=one.coach_id, held_on=one.held_on, choice=one.choice)


def conflicts(state: EngagementState, seen: Sight) -> Iterator[ConflictAnswer]:
    for one in state.conflicts:
        yield ConflictAnswer(
            coach_id=one.coach_id,
            kind=one.kind,
            declared_by=one.declared_by,
            declared_at=one.declared_at,
            reason=seen.text(one.reason),
        )


def members(state: EngagementState) -> Iterator[MemberAnswer]:
    for one in state.members:
        yield MemberAnswer(client_id=one.client_id, joined_on=one.joined_on, left_on=one.left_on)


def met(state: EngagementState, seen: Sight, reader: UUID) -> list[UUID]:
    """Who beside the parties is named here."""
    if not seen.drafts:
        return []
    if reader in state.present_members:
        return list(state.present_members)
    beside = [person for one in state.conflicts for person in (one.coach_id, one.declared_by)]
    return [*(one.client_id for one in state.members), *(one.coach_id for one in state.chemistry), *beside]
