"""The rules by which an organization is suspended and goes on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import ReasonRequired
from domain.errors.organization import AlreadySuspended, NotSuspended
from domain.errors.program import DatesInverted
from domain.organization.commands import ReinstateOrganization, SuspendOrganization
from domain.organization.events import OrganizationReinstated, OrganizationSuspended
from domain.organization.state import Suspension
from domain.values import OfAuthor
from tests.domain.spec import NOW, days, folded, given
from tests.domain.test_organization import REGISTERED, context

WHY = "The invoice of January is open."


def suspended(**fields: Any) -> OrganizationSuspended:
    return OrganizationSuspended(**{"until": None, "reason_code": None, "reason": OfAuthor(WHY)} | fields)


REINSTATED = OrganizationReinstated(reason_code=None, reason=OfAuthor(WHY))


def test_is_suspended_until_it_is_reinstated() -> None:
    state = given(REGISTERED).when(SuspendOrganization(reason=WHY), context()).then(suspended())
    assert state.suspension == Suspension(since=NOW, until=None)
    assert state.suspended_on(days(9999))
    state = given(REGISTERED, suspended()).when(ReinstateOrganization(reason=WHY), context()).then(REINSTATED)
    assert not state.suspended_on(days(0))


def test_goes_on_by_itself_when_the_day_begins() -> None:
    state = given(REGISTERED).when(SuspendOrganization(reason=WHY, until=days(3)), context()).then(suspended(until=days(3)))
    assert [state.suspended_on(days(number)) for number in (2, 3)] == [True, False]


@pytest.mark.parametrize("until", [None, days(1)])
def test_is_not_suspended_twice(until: Any) -> None:
    refusal = given(REGISTERED, suspended(until=until)).when(SuspendOrganization(reason=WHY), context()).then_refused(AlreadySuspended)
    assert refusal.facts == {"until": until}


def test_is_suspended_again_after_it_went_on_by_itself() -> None:
    given(REGISTERED, suspended(until=days(0))).when(SuspendOrganization(reason=WHY), context()).then(suspended())


@pytest.mark.parametrize("past", [(), (suspended(), REINSTATED), (suspended(until=days(0)),)])
def test_what_is_not_suspended_is_not_reinstated(past: Any) -> None:
    given(REGISTERED, *past).when(ReinstateOrganization(reason=WHY), context()).then_refused(NotSuspended)


@pytest.mark.parametrize("until", [days(0), days(-1)])
def test_the_day_on_which_it_goes_on_lies_ahead(until: Any) -> None:
    given(REGISTERED).when(SuspendOrganization(reason=WHY, until=until), context()).then_refused(DatesInverted, "/until")


@pytest.mark.parametrize("reason", [None, "short"])
def test_both_say_why(reason: str | None) -> None:
    given(REGISTERED).when(SuspendOrganization(reason=reason), context()).then_refused(ReasonRequired, "/reason")
    given(REGISTERED, suspended()).when(ReinstateOrganization(reason=reason), context()).then_refused(ReasonRequired, "/reason")


def test_a_suspension_changes_nothing_of_the_policy() -> None:
    before, after = folded("organization", [REGISTERED]), folded("organization", [REGISTERED, suspended(), REINSTATED])
    assert after == before
