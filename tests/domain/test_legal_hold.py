"""What the law keeps: nobody in the scope of a hold is erased."""

from __future__ import annotations

from typing import Any

from domain.errors import ItemUnknown, NotFound, ReasonRequired
from domain.errors.organization import HoldNotActive
from domain.organization.commands import PlaceLegalHold, ReleaseLegalHold
from domain.organization.context import OrganizationContext
from domain.organization.events import LegalHoldPlaced, LegalHoldReleased
from domain.organization.state import OrganizationState
from domain.values import OfAuthor
from tests.domain.spec import IDS, folded, given, known, uuid
from tests.domain.test_organization import REGISTERED

ENGAGEMENT, OTHER = uuid(30), uuid(31)
WHY = "A court asked for it."
HOLD = LegalHoldPlaced(hold_id=IDS[0], scope="engagement", subject_id=ENGAGEMENT, case_ref="case-7", reason_code=None, reason=OfAuthor(WHY))
RELEASED = LegalHoldReleased(hold_id=IDS[0], reason_code=None, reason=OfAuthor(WHY))


def office(**changes: Any) -> OrganizationContext:
    return OrganizationContext(**known(**{"role": "admin"} | changes))


def test_places_and_releases_a_hold() -> None:
    place = PlaceLegalHold(scope="engagement", subject_id=ENGAGEMENT, case_ref="case-7", reason=WHY)
    state = given(REGISTERED).when(place, office()).then(HOLD)
    assert state.holds[IDS[0]].case_ref == "case-7"
    given(REGISTERED, HOLD).when(ReleaseLegalHold(hold_id=IDS[0], reason=WHY), office()).then(RELEASED)


def test_a_hold_is_released_once() -> None:
    command = ReleaseLegalHold(hold_id=IDS[0], reason=WHY)
    given(REGISTERED, HOLD, RELEASED).when(command, office()).then_refused(HoldNotActive, "/hold_id")
    given(REGISTERED, HOLD).when(ReleaseLegalHold(hold_id=IDS[1], reason=WHY), office()).then_refused(ItemUnknown, "/hold_id")


def test_a_hold_says_why() -> None:
    given(REGISTERED, HOLD).when(PlaceLegalHold(scope="organization", case_ref="case-7", reason="short"), office()).then_refused(
        ReasonRequired, "/reason"
    )
    given(REGISTERED, HOLD).when(ReleaseLegalHold(hold_id=IDS[0]), office()).then_refused(ReasonRequired, "/reason")


def test_a_hold_names_what_there_is() -> None:
    for command, there in [
        (PlaceLegalHold(scope="person", case_ref="case-7", reason=WHY), True),
        (PlaceLegalHold(scope="organization", subject_id=OTHER, case_ref="case-7", reason=WHY), True),
        (PlaceLegalHold(scope="person", subject_id=OTHER, case_ref="case-7", reason=WHY), False),
    ]:
        given(REGISTERED, HOLD).when(command, office(subject_exists=there)).then_refused(NotFound, "/subject_id")


def test_a_hold_keeps_who_is_in_its_scope() -> None:
    ada, bob = uuid(1), uuid(2)

    def kept(hold: LegalHoldPlaced, person: Any, *engagements: Any) -> bool:
        state: OrganizationState = folded("organization", [REGISTERED, hold])
        return bool(state.keeping(person, engagements))

    person = LegalHoldPlaced(hold_id=IDS[1], scope="person", subject_id=ada, case_ref="case-7", reason_code="other", reason=None)
    everybody = LegalHoldPlaced(hold_id=IDS[1], scope="organization", subject_id=None, case_ref="case-7", reason_code="other", reason=None)
    assert (kept(person, ada), kept(person, bob)) == (True, False)
    assert (kept(HOLD, bob, ENGAGEMENT), kept(HOLD, bob, OTHER), kept(everybody, bob)) == (True, False, True)
    over: OrganizationState = folded("organization", [REGISTERED, HOLD, RELEASED])
    assert over.keeping(bob, [ENGAGEMENT]) == ()
