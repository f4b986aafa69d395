"""Taking it back that terms are to be agreed anew, as long as no new ones were put down."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import WithdrawRecontracting
from domain.engagement.events import RecontractingWithdrawn
from domain.errors import NotPermitted, ReasonRequired
from domain.errors.engagement import AgreementSignedAlready, RecontractingBegun, RecontractingNotOpen
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, MANAGER, SPONSOR, given
from tests.domain.test_engagement import DRAFT, TO_SIGN, context, signed
from tests.domain.test_recontracting import ACTIVE, OPEN, OPENED, REOPENED, SIGNED_AGAIN

TAKE_BACK = WithdrawRecontracting(reason="The budget stays as it was.")
TAKEN_BACK = RecontractingWithdrawn(agreement_version=1, reason_code=None, reason=OfAuthor("The budget stays as it was."))


@pytest.mark.parametrize("who", [{"actor": COACH}, {"actor": MANAGER, "role": "program_manager"}])
def test_who_asked_to_agree_anew_or_runs_the_program_takes_it_back(who: dict[str, Any]) -> None:
    state = given(*ACTIVE, OPENED).when(TAKE_BACK, context(**who)).then(TAKEN_BACK)
    assert (state.recontracting, state.in_force, state.amendment) == (None, 1, None)
    given(*ACTIVE, OPENED, TAKEN_BACK).when(TAKE_BACK, context()).then_refused(RecontractingNotOpen)
    given(*ACTIVE, OPENED, TAKEN_BACK).when(OPEN, context()).then(OPENED)
    given(*ACTIVE, OPENED, TAKEN_BACK).when(replace(DRAFT, seen=3), context()).then_refused(AgreementSignedAlready)


def test_nobody_else_takes_it_back() -> None:
    for actor, role in ((CLIENT, "client"), (SPONSOR, "sponsor")):
        given(*ACTIVE, OPENED).when(TAKE_BACK, context(actor=actor, role=role)).then_refused(NotPermitted)


def test_what_was_put_down_or_does_not_rule_is_not_taken_back() -> None:
    given(*REOPENED).when(TAKE_BACK, context()).then_refused(RecontractingBegun)
    given(*SIGNED_AGAIN).when(TAKE_BACK, context()).then_refused(RecontractingBegun)
    given(*TO_SIGN, signed("client"), OPENED).when(TAKE_BACK, context()).then_refused(RecontractingBegun)


def test_taking_it_back_says_why_and_of_what() -> None:
    given(*ACTIVE, OPENED).when(WithdrawRecontracting(), context()).then_refused(ReasonRequired, "/reason")
    given(*ACTIVE).when(TAKE_BACK, context()).then_refused(RecontractingNotOpen)
