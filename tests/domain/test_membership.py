"""The rules by which a role is given, changed and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotFound, NotPermitted, ReasonRequired
from domain.errors.person import DutyConflict, LastAdmin, RoleAlreadyGranted, RoleNotHeld
from domain.person.commands import ChangeMembershipRole, GrantMembership, RevokeMembership
from domain.person.events import MembershipGranted, MembershipRevoked, MembershipRoleChanged
from domain.values import OfAuthor
from tests.domain.spec import NOW, TODAY, Happened, days, folded, given
from tests.domain.test_person import OTHER_PROGRAM, PROGRAM, REGISTERED, context, membership

WHY = "They have left the firm."


def revoke(role: Any, **fields: Any) -> RevokeMembership:
    return RevokeMembership(**{"role": role, "reason": WHY} | fields)


def change(from_: Any, to: Any, **fields: Any) -> ChangeMembershipRole:
    return ChangeMembershipRole(**{"from_": from_, "to": to, "reason": WHY} | fields)


def revoked(role: Any, **fields: Any) -> MembershipRevoked:
    return MembershipRevoked(**{"role": role, "program_id": None, "reason_code": None, "reason": OfAuthor(WHY)} | fields)


def changed(from_: Any, to: Any, **fields: Any) -> MembershipRoleChanged:
    own = {"program_id": None, "until": None, "reason_code": None, "reason": OfAuthor(WHY)}
    return MembershipRoleChanged(**{"from_": from_, "to": to} | own | fields)


def at(hours: int, event: Any) -> Happened:
    return Happened(event, at=NOW + timedelta(hours=hours))


def test_a_role_is_taken_back_before_its_last_day() -> None:
    state = (
        given(REGISTERED, membership("coach", until=days(9)), membership("client")).when(revoke("coach"), context()).then(revoked("coach"))
    )
    assert not state.holds("coach", TODAY)
    assert state.holds("client", TODAY)


def test_a_role_is_taken_back_in_its_own_scope() -> None:
    past = (REGISTERED, membership("coach", program_id=PROGRAM), membership("coach", program_id=OTHER_PROGRAM))
    state = given(*past).when(revoke("coach", program_id=PROGRAM), context()).then(revoked("coach", program_id=PROGRAM))
    assert not state.holds("coach", TODAY, PROGRAM)
    assert state.holds("coach", TODAY, OTHER_PROGRAM)


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ((), revoke("coach")),
        ((membership("coach", until=days(-1)),), revoke("coach")),
        ((membership("coach", program_id=PROGRAM),), revoke("coach")),
        ((membership("coach"),), revoke("coach", program_id=PROGRAM)),
        ((membership("coach"), revoked("coach")), revoke("coach")),
    ],
)
def test_what_is_not_held_today_in_that_scope_is_not_taken_back(past: Any, command: RevokeMembership) -> None:
    given(REGISTERED, *past).when(command, context()).then_refused(RoleNotHeld, "/role")


def test_who_does_not_hold_a_role_there_is_told_where_they_hold_it() -> None:
    past = (REGISTERED, membership("coach", program_id=PROGRAM))
    assert given(*past).when(revoke("coach"), context()).then_refused(RoleNotHeld).facts == {"held_in": [PROGRAM]}


def test_a_role_takes_the_place_of_another_in_its_scope_and_up_to_its_last_day() -> None:
    past = (REGISTERED, membership("coach", program_id=PROGRAM, until=days(9)))
    command = change("coach", "program_manager", program_id=PROGRAM)
    expected = changed("coach", "program_manager", program_id=PROGRAM, until=days(9))
    state = given(*past).when(command, context()).then(expected)
    assert [(held.role, held.program_id, held.until) for held in state.memberships] == [("program_manager", PROGRAM, days(9))]


def test_a_role_that_is_not_held_is_not_changed() -> None:
    given(REGISTERED, membership("client")).when(change("coach", "auditor"), context()).then_refused(RoleNotHeld, "/from")


def test_changing_a_role_into_itself_changes_nothing() -> None:
    given(REGISTERED, membership("admin")).when(change("admin", "admin"), context()).then_nothing()


def test_a_role_that_is_held_for_as_long_is_not_taken_on_twice() -> None:
    past = (REGISTERED, membership("coach", until=days(9)), membership("client"))
    given(*past).when(change("coach", "client"), context()).then_refused(RoleAlreadyGranted)


def test_nobody_changes_into_the_judge_of_a_role_that_they_keep() -> None:
    past = (REGISTERED, membership("coach"), membership("client"))
    refusal = given(*past).when(change("client", "auditor"), context()).then_refused(DutyConflict, "/to")
    assert refusal.facts == {"role": "coach"}
    given(REGISTERED, membership("coach")).when(change("coach", "auditor"), context()).then(changed("coach", "auditor"))


@pytest.mark.parametrize("command", [revoke("coach", reason="short"), change("coach", "client", reason=None)])
def test_both_say_why(command: Any) -> None:
    given(REGISTERED, membership("coach")).when(command, context()).then_refused(ReasonRequired, "/reason")


def test_a_code_of_the_list_is_reason_enough() -> None:
    command = revoke("coach", reason=None, reason_code="org_change")
    expected = revoked("coach", reason=None, reason_code="org_change")
    given(REGISTERED, membership("coach")).when(command, context()).then(expected)
    unknown = revoke("coach", reason_code="whim")
    given(REGISTERED, membership("coach")).when(unknown, context()).then_refused(ReasonRequired, "/reason_code")


@pytest.mark.parametrize("command", [revoke("admin"), change("admin", "coach")])
@pytest.mark.parametrize("until", [None, days(9)])
def test_the_last_administrator_stays(command: Any, until: Any) -> None:
    past = (REGISTERED, membership("admin", until=until))
    given(*past).when(command, context()).then_refused(LastAdmin)
    given(*past).when(command, context(another_admin=True)).events()


def test_an_administrator_of_a_program_is_not_the_last_of_the_organization() -> None:
    past = (REGISTERED, membership("admin", program_id=PROGRAM))
    given(*past).when(revoke("admin", program_id=PROGRAM), context()).then(revoked("admin", program_id=PROGRAM))


@pytest.mark.parametrize(("scope", "until", "counts"), [(None, None, True), (None, days(9), False), (PROGRAM, None, False)])
def test_who_administers_the_whole_organization_for_good_can_be_counted_on(scope: Any, until: Any, counts: bool) -> None:
    (held,) = folded("person", [REGISTERED, membership("admin", program_id=scope, until=until)]).memberships
    assert held.administers_for_good == counts


@pytest.mark.parametrize("scope", [None, OTHER_PROGRAM])
@pytest.mark.parametrize("kind", ["grant", "change", "revoke"])
def test_who_administers_a_program_gives_and_takes_roles_in_it_only(scope: Any, kind: str) -> None:
    past = (REGISTERED, membership("coach", program_id=scope), membership("coach", program_id=PROGRAM))
    command: Any = {
        "grant": lambda scope: GrantMembership(role="admin", program_id=scope),
        "change": lambda scope: change("coach", "client", program_id=scope),
        "revoke": lambda scope: revoke("coach", program_id=scope),
    }[kind]
    narrow = context(programs=frozenset({PROGRAM}), program_exists=True, another_admin=True)
    given(*past).when(command(scope), narrow).then_refused(NotPermitted, "/program_id")
    assert given(*past).when(command(PROGRAM), narrow).events()


def test_a_program_that_is_not_there_is_told_to_nobody_who_administers_another() -> None:
    command = GrantMembership(role="client", program_id=OTHER_PROGRAM)
    given(REGISTERED).when(command, context(programs=frozenset({PROGRAM}))).then_refused(NotPermitted)
    given(REGISTERED).when(command, context()).then_refused(NotFound)


def since(*past: Any) -> list[tuple[int, int]]:
    """Hours after `NOW` since when each role is held: in its scope, and in any without a break."""
    state = folded("person", [REGISTERED, *past])
    return [tuple((moment - NOW) // timedelta(hours=1) for moment in (one.since, one.unbroken_since)) for one in state.memberships]


def granted(hours: int, **fields: Any) -> Happened:
    return at(hours, membership("coach", **fields))


def test_a_role_is_held_since_it_was_granted() -> None:
    assert since(granted(5)) == [(5, 5)]


def test_a_longer_grant_goes_on_with_what_is_held() -> None:
    assert since(granted(5, until=days(9)), granted(7)) == [(5, 5)]
    assert since(granted(5, until=days(1)), granted(72)) == [(72, 72)]


def test_what_was_taken_back_begins_anew() -> None:
    assert since(granted(5), at(6, revoked("coach")), granted(7)) == [(7, 7)]
    assert since(granted(5), at(6, changed("coach", "client")), at(7, changed("client", "coach"))) == [(7, 7)]


def test_a_role_that_is_held_elsewhere_meanwhile_was_never_lost() -> None:
    elsewhere = granted(3, program_id=OTHER_PROGRAM)
    lost = at(6, revoked("coach", program_id=PROGRAM))
    assert since(elsewhere, granted(5, program_id=PROGRAM), lost, granted(7, program_id=PROGRAM)) == [(3, 3), (7, 3)]


def test_granted_events_of_other_roles_say_nothing_of_this_one() -> None:
    assert since(at(3, MembershipGranted(role="client", program_id=None, until=None)), granted(5)) == [(3, 3), (5, 5)]
