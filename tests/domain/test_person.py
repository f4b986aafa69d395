"""The rules of a person's record and roles."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain.errors import AlreadyRegistered, NotFound, NotPermitted
from domain.errors.organization import TimeZoneUnknown
from domain.errors.person import DutyConflict, RoleAlreadyGranted
from domain.errors.program import DatesInverted
from domain.glossary import Role
from domain.person.commands import GrantMembership, RegisterPerson, RevokeMembership
from domain.person.context import PersonContext
from domain.person.events import MembershipGranted, MembershipRevoked, PersonRegistered
from domain.values import OfAuthor, OfPerson
from tests.domain.spec import IDS, days, folded, given, known, uuid

PROGRAM, OTHER_PROGRAM = uuid(20), uuid(21)
REGISTERED = PersonRegistered(
    person_id=IDS[0],
    name=OfPerson("Ada Lovelace", subject=IDS[0]),
    email=OfPerson("Ada@Example.org", subject=IDS[0]),
    locale="en",
    time_zone="Europe/London",
    source="invite",
)


def context(**changes: Any) -> PersonContext:
    return PersonContext(**known(**{"role": "admin"} | changes))


def membership(role: Any, **fields: Any) -> MembershipGranted:
    return MembershipGranted(**{"role": role, "program_id": None, "until": None} | fields)


def test_registers_a_person_whose_name_and_address_are_their_own() -> None:
    command = RegisterPerson(name="Ada Lovelace", email="Ada@Example.org", locale="en", time_zone="Europe/London")
    state = given().when(command, context()).then(REGISTERED)
    assert state.exists
    assert not state.name.is_open


def test_refuses_to_register_over_a_person() -> None:
    command = RegisterPerson(name="Ada Lovelace", email="ada@example.org")
    given(REGISTERED).when(command, context()).then_refused(AlreadyRegistered)


def test_refuses_a_time_zone_that_is_not_on_the_list() -> None:
    command = RegisterPerson(name="Ada Lovelace", email="ada@example.org", time_zone="Mars/Olympus")
    given().when(command, context()).then_refused(TimeZoneUnknown, "/time_zone")


def test_grants_a_role_in_the_organization() -> None:
    given(REGISTERED).when(GrantMembership(role="coach"), context()).then(membership("coach"))


@pytest.mark.parametrize("machine", [context(role="integration"), context(is_confined=True)], ids=["integration", "confined"])
@pytest.mark.parametrize("role", get_args(Role))
def test_a_machine_gives_and_takes_the_roles_of_a_coaching_and_no_other(role: Role, machine: PersonContext) -> None:
    """Before anything else is looked at: also what is not held, and what an administrator would be refused."""
    grant = GrantMembership(role=role)
    take = RevokeMembership(role=role, reason="They have left the firm.")
    if role in {"client", "coach", "sponsor"}:
        given(REGISTERED).when(grant, machine).then(membership(role))
        gone = MembershipRevoked(role=role, program_id=None, reason_code=None, reason=OfAuthor(take.reason or ""))
        given(REGISTERED, membership(role)).when(take, machine).then(gone)
    else:
        for command in (grant, take):
            given(REGISTERED, membership(role)).when(command, machine).then_refused(NotPermitted, "/role")


def test_grants_a_role_in_a_program_up_to_a_day() -> None:
    command = GrantMembership(role="client", program_id=PROGRAM, until=days(30))
    given(REGISTERED).when(command, context(program_exists=True)).then(membership("client", program_id=PROGRAM, until=days(30)))


def test_refuses_a_program_that_there_is_not() -> None:
    command = GrantMembership(role="client", program_id=PROGRAM)
    given(REGISTERED).when(command, context()).then_refused(NotFound, "/program_id")


def test_the_last_day_may_be_today_and_not_yesterday() -> None:
    given(REGISTERED).when(GrantMembership(role="coach", until=days(0)), context()).then(membership("coach", until=days(0)))
    given(REGISTERED).when(GrantMembership(role="coach", until=days(-1)), context()).then_refused(DatesInverted, "/until")


@pytest.mark.parametrize(("held_until", "asked_until"), [(None, None), (None, days(9)), (days(9), days(9)), (days(9), days(8))])
def test_refuses_a_role_that_is_held_for_as_long(held_until: Any, asked_until: Any) -> None:
    command = GrantMembership(role="coach", until=asked_until)
    given(REGISTERED, membership("coach", until=held_until)).when(command, context()).then_refused(RoleAlreadyGranted)


def test_a_role_that_ends_can_be_granted_for_longer() -> None:
    past = (REGISTERED, membership("coach", until=days(9)))
    state = given(*past).when(GrantMembership(role="coach"), context()).then(membership("coach"))
    assert len(state.memberships) == 1
    assert state.holds("coach", days(10))


def test_the_same_role_in_another_scope_is_another_grant() -> None:
    past = (REGISTERED, membership("client", program_id=PROGRAM))
    command = GrantMembership(role="client", program_id=OTHER_PROGRAM)
    state = given(*past).when(command, context(program_exists=True)).then(membership("client", program_id=OTHER_PROGRAM))
    assert len(state.memberships) == 2


@pytest.mark.parametrize("judged", ["coach", "program_manager"])
@pytest.mark.parametrize("auditor_first", [True, False])
@pytest.mark.parametrize(("held_in", "asked_in"), [(None, None), (PROGRAM, None), (None, PROGRAM), (PROGRAM, PROGRAM)])
def test_nobody_audits_where_they_coach_or_manage_programs(judged: Any, auditor_first: bool, held_in: Any, asked_in: Any) -> None:
    held, asked = ("auditor", judged) if auditor_first else (judged, "auditor")
    past = (REGISTERED, membership(held, program_id=held_in))
    command = GrantMembership(role=asked, program_id=asked_in)
    given(*past).when(command, context(program_exists=True)).then_refused(DutyConflict, "/role")


def test_auditing_one_program_and_coaching_in_another_is_no_conflict() -> None:
    past = (REGISTERED, membership("auditor", program_id=PROGRAM))
    command = GrantMembership(role="coach", program_id=OTHER_PROGRAM)
    given(*past).when(command, context(program_exists=True)).then(membership("coach", program_id=OTHER_PROGRAM))


def test_a_duty_that_ended_yesterday_is_no_conflict() -> None:
    past = (REGISTERED, membership("auditor", until=days(-1)))
    given(*past).when(GrantMembership(role="coach"), context()).then(membership("coach"))


def test_a_role_is_held_up_to_its_last_day_and_in_its_own_scope() -> None:
    person = folded("person", [REGISTERED, membership("client", program_id=PROGRAM, until=days(3)), membership("coach")])
    assert person.holds("client", days(3))
    assert not person.holds("client", days(4))
    assert person.holds("client", days(0), PROGRAM)
    assert not person.holds("client", days(0), OTHER_PROGRAM)
    assert person.holds("coach", days(0), OTHER_PROGRAM)
    assert not person.holds("admin", days(0))
