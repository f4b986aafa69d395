"""Another address: named by whoever may, it takes the place of the old one by those who read the mails, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.claims import claims_of
from domain.errors import SubjectErased
from domain.errors.person import PersonExists
from domain.person.commands import ChangePersonProfile, ConfirmAddress, DeprovisionPerson, KeepAddress
from domain.person.decide.address import LASTS, STOPPABLE
from domain.person.events import AddressChangeAsked, AddressConfirmed, AddressKept, PersonDeprovisioned
from domain.values import OfPerson
from tests.domain.spec import NOW, folded, given
from tests.domain.test_erasure import REQUESTED
from tests.domain.test_person import REGISTERED
from tests.domain.test_profile import OLD, changed, context, text

NEW = "ada@new.example"


def asked(**fields: Any) -> AddressChangeAsked:
    said: dict[str, Any] = {"email": text(NEW), "confirmable_from": NOW + STOPPABLE, "ends_at": NOW + LASTS, "source": "hand"}
    return AddressChangeAsked(**said | fields)


def confirmed(**fields: Any) -> AddressConfirmed:
    return AddressConfirmed(**{"email": text(NEW), "former_email": OLD, "source": "hand", "asked": 2} | fields)


def sealed_of(value: OfPerson[str] | None) -> str | None:
    return None if value is None else value.sealed


def test_naming_another_address_changes_none() -> None:
    for machine in ({}, {"role": "integration"}):
        source: Any = "scim" if machine else "hand"
        command = ChangePersonProfile(seen=1, email=NEW, source=source)
        state = given(REGISTERED).when(command, context(**machine)).then(asked(source=source))
        assert state.address_change is not None
        before = folded("person", [REGISTERED])
        assert (sealed_of(state.email), state.profile_at, state.managed) == (sealed_of(before.email), 1, before.managed)


def test_with_it_the_rest_of_the_profile_is_changed_at_once() -> None:
    command = ChangePersonProfile(seen=1, name="Ada King", email=NEW)
    given(REGISTERED).when(command, context()).then(changed(name=text("Ada King")), asked())


def test_refuses_an_address_that_another_person_has() -> None:
    given(REGISTERED).when(ChangePersonProfile(seen=1, email=NEW), context(is_taken=True)).then_refused(PersonExists, "/email")


def test_it_is_confirmed_only_after_the_time_in_which_it_can_be_stopped_and_before_its_end() -> None:
    for after in (timedelta(0), STOPPABLE - timedelta(seconds=1), LASTS):
        given(REGISTERED, asked()).when(ConfirmAddress(), context(now=NOW + after, new_email=text(NEW))).then_nothing()
    for after in (STOPPABLE, LASTS - timedelta(seconds=1)):
        late = context(now=NOW + after, new_email=text(NEW))
        state = given(REGISTERED, asked()).when(ConfirmAddress(), late).then(confirmed())
        assert (state.address_change, state.profile_at) == (None, 3)
    given(REGISTERED).when(ConfirmAddress(), context()).then_nothing()


def test_one_that_somebody_else_got_meanwhile_is_not_confirmed() -> None:
    late = context(now=NOW + STOPPABLE, new_email=text(NEW), is_taken=True)
    given(REGISTERED, asked()).when(ConfirmAddress(), late).then_refused(PersonExists)


def test_a_confirmed_address_takes_the_claim_of_the_old_one() -> None:
    claims = [(claim.kind, claim.value, claim.takes, claim.personal) for claim in claims_of(confirmed())]
    assert claims == [("email@1", "ada@example.org", False, True), ("email@1", NEW, True, True)]
    assert claims_of(asked()) == []


def test_what_the_directory_named_is_its_own_once_it_is_confirmed() -> None:
    late = context(now=NOW + STOPPABLE, new_email=text(NEW))
    state = given(REGISTERED, asked(source="scim")).when(ConfirmAddress(), late).then(confirmed(source="scim"))
    assert state.managed == {"email"}


def test_it_is_stopped_by_the_mail_to_the_old_one_or_by_naming_that() -> None:
    state = given(REGISTERED, asked()).when(KeepAddress(), context()).then(AddressKept(asked=2))
    assert state.address_change is None
    present = ChangePersonProfile(seen=1, email=OLD.plain())
    given(REGISTERED, asked()).when(present, context()).then(AddressKept(asked=2))
    given(REGISTERED).when(present, context()).then_nothing()
    given(REGISTERED).when(KeepAddress(), context()).then_nothing()
    late = context(now=NOW + STOPPABLE, new_email=text(NEW))
    given(REGISTERED, asked(), AddressKept(asked=2)).when(ConfirmAddress(), late).then_nothing()


def test_the_last_one_that_was_named_waits() -> None:
    state = folded("person", [REGISTERED, asked(), asked(email=text("ada@third.example"))])
    assert state.address_change is not None
    assert state.address_change.asked == 3


def test_of_who_left_or_is_erased_none_waits() -> None:
    left = PersonDeprovisioned(source="hand", leaver_date=NOW.date(), managers_notified=False)
    for command in (ConfirmAddress(), KeepAddress()):
        late = context(now=NOW + STOPPABLE, new_email=text(NEW))
        given(REGISTERED, asked(), left).when(command, late).then_nothing()
        given(REGISTERED, asked(), REQUESTED).when(command, late).then_refused(SubjectErased)
    assert given(REGISTERED, asked()).when(DeprovisionPerson(), context(another_admin=True)).then(left).address_change is None
