"""What may be asked before somebody coaches a client, and against it."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command, Report
from domain.engagement.choice import ClientChoice, ConflictKind
from domain.engagement.commands.course import Reasoned
from domain.values import Prose


class HoldChemistrySession(Report, frozen=True, kw_only=True):
    """Reports that the client talked with somebody who may coach them, and whether the client wants to be coached by them.

    Of several with one coach the last counts. There are as many as the program allows, else three.
    """

    coach_id: UUID
    choice: ClientChoice


class DeclareConflictOfInterest(Command, frozen=True, kw_only=True):
    """Says what keeps a coach from being impartial towards this client.

    While it stands they are not assigned, nor is the engagement given over to them.
    """

    coach_id: UUID
    kind: ConflictKind
    reason: Prose | None = None


class ResolveConflictOfInterest(Reasoned, frozen=True, kw_only=True):
    """Takes back a conflict of interest that does not stand any more, and says why."""

    coach_id: UUID
    kind: ConflictKind
