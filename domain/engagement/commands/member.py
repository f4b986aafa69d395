"""Who may be coached together with others."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.engagement.commands.course import Reasoned


class AddMember(Command, frozen=True, kw_only=True):
    """Adds a client to a group or team. Hours with more than fifteen do not count for a credential: the answer of the engagement says so."""

    client_id: UUID


class RemoveMember(Reasoned, frozen=True, kw_only=True):
    """Takes a client out of a group or team, from today on. The first client stays: end the engagement instead."""

    client_id: UUID
