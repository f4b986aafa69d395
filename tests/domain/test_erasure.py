"""Who has left, and who is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotPermitted, SubjectErased, VersionConflict
from domain.errors.person import AlreadyErased, LastAdmin, LegalHold
from domain.errors.program import DatesInverted
from domain.person.commands import DeprovisionPerson, DestroyedKeyBody, ErasePerson, GrantMembership, RequestPersonErasure
from domain.person.context import PersonContext
from domain.person.events import MembershipGranted, PersonDeprovisioned, PersonErased, PersonErasureRequested, PersonProfileChanged
from domain.values import OfPerson
from tests.domain.spec import IDS, NOW, TODAY, days, folded, given, known, uuid
from tests.domain.test_person import REGISTERED, membership

ENGAGEMENT = uuid(30)
ADMIN = membership("admin")
LEFT = PersonDeprovisioned(source="hand", leaver_date=TODAY, managers_notified=False)
REQUESTED = PersonErasureRequested(basis="consent_withdrawn", due_by=TODAY + timedelta(days=30))
KEYS = (DestroyedKeyBody(IDS[0], ENGAGEMENT, 1),)
ERASED = PersonErased(realms=(ENGAGEMENT,), keys=KEYS)
ASKED = RequestPersonErasure(basis="consent_withdrawn", seen=1)


def context(**changes: Any) -> PersonContext:
    return PersonContext(**known(**{"role": "admin"} | changes))


def test_a_leaver_holds_no_role_any_more_whatever_they_coach() -> None:
    past = (REGISTERED, membership("coach"), membership("client", program_id=uuid(20)))
    state = given(*past).when(DeprovisionPerson(), context()).then(LEFT)
    assert (state.memberships, state.left_on) == ((), TODAY)


def test_said_twice_they_have_left_once() -> None:
    given(REGISTERED, LEFT).when(DeprovisionPerson(), context()).then_nothing()


def test_who_comes_back_can_leave_again() -> None:
    past = (REGISTERED, LEFT, membership("coach"))
    given(*past).when(DeprovisionPerson(leaver_date=days(-1)), context()).then(
        PersonDeprovisioned(source="hand", leaver_date=days(-1), managers_notified=False)
    )


def test_nobody_leaves_ahead_of_the_day() -> None:
    given(REGISTERED).when(DeprovisionPerson(leaver_date=days(1)), context()).then_refused(DatesInverted, "/leaver_date")


@pytest.mark.parametrize(("role", "source"), [("admin", "scim"), ("integration", "hand")])
def test_each_says_where_it_comes_from(role: str, source: Any) -> None:
    given(REGISTERED).when(DeprovisionPerson(source=source), context(role=role)).then_refused(NotPermitted, "/source")


@pytest.mark.parametrize("command", [DeprovisionPerson(), ASKED])
def test_the_last_administrator_stays(command: Any) -> None:
    given(REGISTERED, ADMIN).when(command, context()).then_refused(LastAdmin)


def test_with_another_administrator_one_goes() -> None:
    given(REGISTERED, ADMIN).when(DeprovisionPerson(), context(another_admin=True)).then(LEFT)
    given(REGISTERED, ADMIN).when(ASKED, context(another_admin=True)).then(REQUESTED)


def test_an_erasure_is_due_within_thirty_days_and_ends_every_role() -> None:
    state = given(REGISTERED, membership("client")).when(ASKED, context()).then(REQUESTED)
    assert state.memberships == ()
    assert (state.erasure.due_by, state.erasure.erased_at) == (days(30), None)


def test_asked_for_twice_it_is_asked_for_once() -> None:
    given(REGISTERED, REQUESTED).when(ASKED, context()).then_nothing()


def test_a_hold_forbids_it_also_when_it_was_asked_for_before() -> None:
    for past in ((REGISTERED,), (REGISTERED, REQUESTED)):
        given(*past).when(ASKED, context(holds=(uuid(40),))).then_refused(LegalHold)


def test_of_a_profile_that_is_another_by_now_it_is_asked_anew() -> None:
    name = OfPerson("Ada King", subject=IDS[0])
    nothing = dict.fromkeys(("email", "former_email", "locale", "from_locale", "time_zone", "from_time_zone"))
    past = (REGISTERED, PersonProfileChanged(**nothing, name=name, source="hand", replaces=1))
    given(*past).when(ASKED, context()).then_refused(VersionConflict, "/seen")


def test_what_was_destroyed_is_noted_once() -> None:
    command = ErasePerson(realms=(ENGAGEMENT,), keys=KEYS)
    state = given(REGISTERED, REQUESTED).when(command, context(role="worker")).then(ERASED)
    assert state.erasure.erased_at == NOW
    given(REGISTERED, REQUESTED, ERASED).when(command, context(role="worker")).then_nothing()
    given(REGISTERED).when(command, context(role="worker")).then_nothing()


def test_nobody_is_erased_twice() -> None:
    given(REGISTERED, REQUESTED, ERASED).when(ASKED, context()).then_refused(AlreadyErased)


@pytest.mark.parametrize("command", [GrantMembership(role="client"), DeprovisionPerson()])
@pytest.mark.parametrize("past", [(REQUESTED,), (REQUESTED, ERASED)])
def test_nothing_is_given_to_who_is_erased(command: Any, past: Any) -> None:
    given(REGISTERED, *past).when(command, context()).then_refused(SubjectErased)


def test_a_role_that_is_granted_again_is_one_anew() -> None:
    state = folded("person", [REGISTERED, LEFT, MembershipGranted(role="coach", program_id=None, until=None)])
    assert (state.left_on, [held.role for held in state.memberships]) == (None, ["coach"])
