"""When an engagement goes over to another coach, and what goes over with it."""

from __future__ import annotations

from uuid import UUID

from msgspec import field

from domain.command import Command
from domain.engagement.commands.course import Reasoned
from domain.engagement.handover import HandoverScope


class ReassignCoach(Reasoned, frozen=True, kw_only=True):
    """Gives the engagement another coach, at once. `from` is the coach that you read, `to` the one who takes over.

    The former coach sees nothing of it any more, and sessions that are booked with them are called off. Of what was written before,
    the new coach reads dates, numbers, codes and the agreement; with `objectives` also the words of the plan, and with
    `shared_notes` beside those the shared notes of sessions, for which the client's own consent is needed. What was private to the
    former coach stays private.
    """

    from_: UUID = field(name="from")
    to: UUID
    handover_scope: HandoverScope = "none"


class GrantHandoverConsent(Command, frozen=True, kw_only=True):
    """Lets the next coach read the shared notes of earlier sessions: `coach_id`, or whoever takes over. Only the client can.

    It is good for one change of the coach. In a group each consents for themselves, and the notes go over once everybody has.
    """

    coach_id: UUID | None = None


class WithdrawHandoverConsent(Command, frozen=True, kw_only=True):
    """Takes that consent back, also after the change: the coach who took over reads no shared note of before any more, at once.

    Only the client can, and always; of a group each, and then for all.
    """
