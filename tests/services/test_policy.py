"""Who may do what: the table itself, relations, and that lists follow the same rule as single things."""

from __future__ import annotations

import random
from uuid import UUID

import pytest

from domain.errors import NotFound, NotPermitted
from projections.snapshot import Scope
from services.actor import OPERATOR, RESPONDENT, ROLES, WORKER, Actor
from services.command.table import TABLE
from services.permission import policy, table
from services.permission.policy import Allow, Deny, Facts, decide, require, scope
from services.permission.table import MAY
from services.problems import snake

ME, OTHER, PROGRAM, ELSEWHERE = (UUID(int=number) for number in range(1, 5))
COMMANDS = [snake(command.__name__) for command in TABLE]


def actor(role: str, programs: frozenset[UUID] | None = None) -> Actor:
    return Actor(UUID(int=9), ME, role, UUID(int=8), programs=programs)  # type: ignore[arg-type]


def mine(state: str = "active") -> Facts:
    """An engagement in which the actor is whatever their role makes them."""
    return Facts(frozenset({ME}), frozenset({ME}), frozenset({ME}), frozenset({PROGRAM}), state, frozenset({ME}))


def of_others() -> Facts:
    return Facts(frozenset({OTHER}), frozenset({OTHER}), frozenset({OTHER}), frozenset({PROGRAM}), "active")


def test_every_command_stands_in_the_table() -> None:
    assert [name for name in COMMANDS if name not in MAY] == []


def test_only_known_roles_stand_in_the_table() -> None:
    assert set().union(*MAY.values()) == {*ROLES, OPERATOR, WORKER, RESPONDENT}


@pytest.mark.parametrize("role", [*ROLES, OPERATOR, WORKER, RESPONDENT])
def test_with_a_relation_the_table_decides(role: str) -> None:
    decided = {action: decide(actor(role), action, mine()) for action in MAY}
    assert {action for action, decision in decided.items() if isinstance(decision, Allow)} == {one for one in MAY if role in MAY[one]}
    assert all(decision.related for decision in decided.values() if isinstance(decision, Deny))


@pytest.mark.parametrize("role", ["client", "coach", "sponsor"])
def test_without_a_relation_nothing_is_there(role: str) -> None:
    nothing = Deny(False, f"{role} without a relation to it")
    assert {action for action in MAY if decide(actor(role), action, of_others()) != nothing} == set()


def test_what_is_not_in_the_table_is_forbidden() -> None:
    assert isinstance(decide(actor("admin"), "read_minds", mine()), Deny)


@pytest.mark.parametrize("state", sorted(policy.ENDED))
def test_a_coach_loses_an_engagement_that_ended_and_its_client_does_not(state: str) -> None:
    assert isinstance(decide(actor("coach"), "read_plan", mine(state)), Deny)
    assert isinstance(decide(actor("client"), "read_plan", mine(state)), Allow)


def test_a_role_in_one_program_ends_at_it() -> None:
    inside, outside = actor("program_manager", frozenset({PROGRAM})), actor("program_manager", frozenset({ELSEWHERE}))
    assert isinstance(decide(inside, "read_engagement", of_others()), Allow)
    assert decide(outside, "read_engagement", of_others()) == Deny(False, "program_manager without a relation to it")
    assert isinstance(decide(outside, "list_people"), Deny)
    assert isinstance(decide(outside, "read_person", Facts.of_person(outside.person_id)), Allow)


@pytest.mark.parametrize("action", sorted(table.WHOLE))
def test_a_role_in_one_program_does_not_reach_the_organization(action: str) -> None:
    role = next(role for role in ("admin", "program_manager", "auditor") if role in MAY[action])
    for facts in (None, Facts.of_person(OTHER)):
        assert isinstance(decide(actor(role, frozenset({PROGRAM})), action, facts), Deny)
        assert isinstance(decide(actor(role), action, facts), Allow)


def test_a_denial_says_whether_the_thing_is_there() -> None:
    with pytest.raises(NotFound):
        require(actor("coach"), "read_plan", of_others())
    with pytest.raises(NotPermitted):
        require(actor("admin"), "read_plan", of_others())


def in_scope(rows: Scope, client: UUID, coach: UUID, sponsor: UUID, program: UUID) -> bool:
    """What the lists' statement does."""
    return (
        rows.client_id in (None, client)
        and rows.coach_id in (None, coach)
        and rows.sponsor_id in (None, sponsor)
        and (rows.program_ids is None or program in rows.program_ids)
    )


def test_lists_show_what_single_reads_show() -> None:
    chance = random.Random(7)
    for _ in range(2_000):
        who = actor(
            chance.choice(["client", "coach", "sponsor", "program_manager", "auditor"]), chance.choice([None, frozenset({PROGRAM})])
        )
        client, coach, sponsor = (chance.choice([ME, OTHER]) for _ in range(3))
        program = chance.choice([PROGRAM, ELSEWHERE])
        facts = Facts(frozenset({client}), frozenset({coach}), frozenset({sponsor}), frozenset({program}), "active")
        allowed = isinstance(decide(who, "list_plans", facts), Allow)
        assert in_scope(scope(who), client, coach, sponsor, program) == allowed
