"""Who may see and do what: one pure decision over the table of `services/permission/table.py`, and the same rule for lists.

No relation to a resource: it is not there (404). A relation, but not this action: not permitted (403). What is not in
the table is forbidden.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from domain.engagement.state import GRACE
from domain.errors import NotFound, NotPermitted
from domain.glossary import ENDED
from projections.snapshot import Scope
from services.actor import Actor
from services.errors import ScopeMissing
from services.permission.scope import lacking
from services.permission.table import JOINING, MAY, MEMBER, WHOLE

READING: Final = ("read_", "list_", "ask_")
"""What the names of actions begin with that change nothing."""
AFTERWARDS: Final = frozenset({"complete_session", "record_session_no_show"})
"""What a coach still says of what is over: an erasure ends a coaching without asking what became of the session of this morning."""

TOGETHER: Final = (
    "In a group its first client and the coach do this for everybody. As a member you sign, consent, rate sessions, write reflections, "
    "measure progress, promise and complete what is yours, and say what you think of the plan: ask one of those two for the rest."
)
"""What a member of a group is told who asks for what is not their own to do."""
UNSIGNED: Final = "You have not signed the terms that rule in this group: read and sign them first."


class Facts(NamedTuple):
    """What a decision may know about a resource: who stands in which relation to it.

    Of an engagement, and of what belongs to one, the three parties; of a program its enrolled clients, pool and sponsors;
    of a person only that person, in every role. `programs` holds the program that it belongs to, if any; None where
    programs do not matter. `state` is the engagement's, when there is one; `respondents` are those whom an assessment or a survey
    asks, for themselves.

    `readable_until` is the last day on which its coach reads an engagement that is over. `members` of a group are clients who
    may less than its first one; `unsigned` are those of them who have not signed the terms that rule.
    """

    clients: frozenset[UUID] = frozenset()
    coaches: frozenset[UUID] = frozenset()
    sponsors: frozenset[UUID] = frozenset()
    programs: frozenset[UUID] | None = None
    state: str | None = None
    respondents: frozenset[UUID] = frozenset()
    readable_until: date | None = None
    members: frozenset[UUID] = frozenset()
    unsigned: frozenset[UUID] = frozenset()

    @staticmethod
    def of_person(person_id: UUID) -> Facts:
        themselves = frozenset({person_id})
        return Facts(themselves, themselves, themselves)


class Allow(NamedTuple):
    """The actor may."""


class Deny(NamedTuple):
    """The actor may not: `related` tells whether they may know that it is there.

    `scope` is the one that their key lacks, where their role may; `detail` says why and what to do, where it is not for their role.
    """

    related: bool
    reason: str
    scope: str | None = None
    detail: str | None = None


Decision: TypeAlias = Allow | Deny


def decide(actor: Actor, action: str, facts: Facts | None = None) -> Decision:
    """Whether the actor may do it to the resource; without facts, whether their role does such things at all."""
    if facts is not None and not related(actor, facts):
        return Deny(False, f"{actor.role} without a relation to it")
    if actor.role == "coach" and facts is not None and facts.state in ENDED and not is_open_afterwards(action):
        return Deny(True, f"coach of what is over does not {action}")
    if actor.role not in MAY.get(action, frozenset()):
        return Deny(True, f"{actor.role} does not {action}")
    if facts is not None and actor.role == "client" and actor.person_id in facts.members and action not in open_to(actor, facts):
        return Deny(True, f"member of a group does not {action}", detail=UNSIGNED if actor.person_id in facts.unsigned else TOGETHER)
    is_outside = facts is None or (facts.programs is None and actor.person_id not in facts.clients)
    if actor.programs is not None and action in WHOLE and is_outside:
        return Deny(True, f"{actor.role} of a program does not {action} outside of it")
    if (scope := lacking(actor.scopes, action)) is not None:
        return Deny(True, f"a key without {scope} does not {action}", scope)
    return Allow()


def is_open_afterwards(action: str) -> bool:
    return action.startswith(READING) or action in AFTERWARDS


def open_to(actor: Actor, facts: Facts) -> frozenset[str]:
    """What a member of a group may about it."""
    return JOINING if actor.person_id in facts.unsigned else MEMBER


def require(actor: Actor, action: str, facts: Facts | None = None) -> None:
    """Raises `NotFound`, `NotPermitted` or `ScopeMissing` unless the actor may."""
    decision = decide(actor, action, facts)
    if isinstance(decision, Deny):
        if decision.scope is not None:
            raise ScopeMissing(f"This key lacks the scope {decision.scope}: use another, or have it changed.", scope=decision.scope)
        raise NotPermitted(decision.detail) if decision.related else NotFound


def actions(role: str, scopes: frozenset[str] | None) -> frozenset[str]:
    """All that a key may ask for at most."""
    return frozenset(action for action, roles in MAY.items() if role in roles and lacking(scopes, action) is None)


def actions_on(actor: Actor, facts: Facts) -> frozenset[str]:
    """All that the actor may do to one resource, for pages, which offer nothing else."""
    return frozenset(action for action in MAY if isinstance(decide(actor, action, facts), Allow))


def related(actor: Actor, facts: Facts) -> bool:
    """Whether the actor has to do with the resource. Those who run the organization, or a program, have to do with all of it."""
    if actor.programs is not None and facts.programs is not None and not actor.programs & facts.programs:
        return False
    match actor.role:
        case "client":
            return actor.person_id in facts.clients or actor.person_id in facts.members
        case "coach":
            return actor.person_id in facts.coaches and (facts.state not in ENDED or is_in_grace(actor, facts))
        case "sponsor":
            return actor.person_id in facts.sponsors
        case "respondent":
            return actor.person_id in facts.respondents
        case "admin" | "program_manager" | "auditor" | "integration" | "operator" | "worker":
            return True


def is_in_grace(actor: Actor, facts: Facts) -> bool:
    """Whether its coach still reads what is over."""
    return actor.today is not None and facts.readable_until is not None and actor.today <= facts.readable_until


def scope(actor: Actor, action: str | None = None) -> Scope:
    """The same relation as `related`, for lists of engagements and of what belongs to them.

    Groups that somebody is a member of are in it where members may do the `action`; whether they have signed is for `decide`.
    """
    person = actor.person_id
    match actor.role:
        case "client":
            return Scope(client_id=person, member_id=person if action in MEMBER else None, program_ids=actor.programs)
        case "coach":
            since = None if actor.today is None else actor.today - GRACE
            return Scope(coach_id=person, program_ids=actor.programs, open_since=since)
        case "sponsor":
            return Scope(sponsor_id=person, program_ids=actor.programs)
    return Scope(program_ids=actor.programs)
