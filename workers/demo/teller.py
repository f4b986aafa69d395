"""Who can tell the tale: something that lets the people of the story send commands, and refuses what the rules refuse."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.command import Command
from domain.errors import Refusal
from domain.glossary import Role
from services.respondent.answering import Questionnaire

Body = TypeVar("Body")


class Member(NamedTuple):
    """Somebody in the story. The first name is how the tale calls them."""

    name: str
    email: str
    role: Role

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class Made(NamedTuple):
    """What a command led to: the stream, what it made inside of it (else the stream again), and the stream's version."""

    id: UUID
    item_id: UUID
    version: int


class Teller(Protocol):
    """The demo tells it to the command's own execution, dated back; a journey tells it over HTTP, as of now."""

    async def turn_to(self, day: int) -> date:
        """Lets the story go on at that day of it, and returns the date which that is to the firm."""
        ...

    async def enter(self, member: Member) -> UUID:
        """Makes somebody known to the firm in their role, and returns their id."""
        ...

    async def does(self, who: str, command: Command, target: UUID | None = None) -> Made:
        """Somebody, by first name, sends a command. Raises whatever it is refused with."""
        ...

    async def is_refused(self, who: str, refusal: type[Refusal], command: Command, target: UUID) -> None:
        """Somebody sends a command that must be refused with just that. Raises `AssertionError` when it is not."""
        ...

    async def agreement(self, who: str, engagement: UUID) -> str:
        """The digest of the agreement as somebody reads it."""
        ...

    async def proposal(self, who: str, plan: UUID) -> tuple[int, str]:
        """Version and digest of the plan as somebody reads it."""
        ...


class Asker(Teller, Protocol):
    """The demo alone: those who answer by a mailed link have no part in the journey."""

    async def come_to_today(self) -> None:
        """Lets the story go on as it is told: answers come into the log at the moment that is recorded, and at no other."""
        ...

    async def answers(self, by: Questionnaire[Any, Body], stream: UUID, respondent: UUID, body: Body) -> None:
        """Somebody answers what they were asked by their link. Who has answered before, or too late, does not again."""
        ...
