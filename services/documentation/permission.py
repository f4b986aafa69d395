"""Who may see and do what, made from the table that decides it: a page to read, and the same for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

from msgspec import Struct

from domain.glossary import Role
from domain.values import NIL
from services.actor import OPERATOR, RESPONDENT, WORKER, Actor
from services.permission.table import MAY, WHOLE
from services.reading.view import ALL, Sight, sight

Who: TypeAlias = Role | Literal["operator", "worker", "respondent"]
WHO: Final[tuple[Who, ...]] = (*get_args(Role), OPERATOR, WORKER, RESPONDENT)

RELATION: Final[Mapping[Who, str]] = {
    "admin": "Everything of the organization; never what is said in coaching.",
    "program_manager": "Every program, engagement and person of the organization, or of the programs that the role is held in.",
    "coach": "The engagements that they coach, until these end.",
    "client": "Their own engagements, also when these have ended.",
    "sponsor": "The engagements that they sponsor, as far as the client consents at this moment.",
    "auditor": "Everything of the organization, or of the programs that the role is held in; to read, and never to change.",
    "integration": "What the scopes of its key name, of the organization or of the programs that the role is held in.",
    "operator": "The installation, on the command line.",
    "respondent": "The one assessment or survey that their link asks them to answer, once, while it is open.",
    "worker": "What follows from the clock, or from what happened.",
}
"""What each role has to do with. Everything else is not there for it (404)."""


class RoleCard(Struct, frozen=True, kw_only=True):
    """A role: what it has to do with, what it sees there, what it never sees, and what it does.

    Without a relation a thing is not there (404); with one, an action that is not listed is not permitted (403).
    """

    role: str
    relation: str
    sees: tuple[str, ...]
    never: tuple[str, ...]
    actions: tuple[str, ...]


class ActionCard(Struct, frozen=True, kw_only=True):
    """An action, and whose it is. `whole`: held in a program alone, the role does not do it to people and to the organization."""

    action: str
    roles: tuple[str, ...]
    whole: bool


class Permissions(Struct, frozen=True, kw_only=True):
    """The whole table, by role and by action."""

    roles: tuple[RoleCard, ...]
    actions: tuple[ActionCard, ...]


def permissions() -> Permissions:
    return Permissions(
        roles=tuple(role_card(role) for role in WHO),
        actions=tuple(
            ActionCard(action=action, roles=tuple(role for role in WHO if role in roles), whole=action in WHOLE)
            for action, roles in MAY.items()
        ),
    )


def role_card(role: Who) -> RoleCard:
    """`sees` and `never` are read from what answers are redacted by: without any consent, and with all that there can be."""
    actor = Actor(NIL, NIL, role, NIL)
    least, most = sight(actor), sight(actor, ALL)
    by_consent = sorted(most.classes - least.classes)
    sees, never = told(least)
    return RoleCard(
        role=role,
        relation=RELATION[role],
        sees=(*sees, *(f"`{one}`, numbers and words, while the client consents" for one in by_consent)),
        never=tuple(one for one in never if not (by_consent and one == NUMBERS)),
        actions=tuple(action for action, roles in MAY.items() if role in roles),
    )


WORDS: Final = "the words of plans, assessments and evaluations"
NAMES: Final = "the names of people"
NUMBERS: Final = "dates, numbers, codes and verdicts of coaching"
DRAFTS: Final = "what is not agreed yet"


def told(seen: Sight) -> tuple[list[str], list[str]]:
    """What a reader sees, and what not, of what their actions let them ask for."""
    parts = {WORDS: seen.words, NAMES: seen.names, NUMBERS: seen.classes == ALL, DRAFTS: seen.drafts}
    return [part for part, is_seen in parts.items() if is_seen], [part for part, is_seen in parts.items() if not is_seen]
