"""What is known of a person, and as whom they sign in: who changes it, and what only the organization's directory says."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.claims import claims_of
from domain.errors import NotPermitted, SubjectErased, VersionConflict
from domain.errors.organization import TimeZoneUnknown
from domain.errors.person import FieldManagedByScim
from domain.person.commands import ChangePersonProfile, LinkIdentity
from domain.person.context import PersonContext
from domain.person.events import IdentityLinked, PersonProfileChanged
from domain.values import OfPerson
from tests.domain.spec import CLIENT, IDS, STRANGER, given, known
from tests.domain.test_erasure import REQUESTED
from tests.domain.test_person import REGISTERED, membership

ADA = IDS[0]
OLD = OfPerson("Ada@Example.org", subject=ADA)


def context(**changes: Any) -> PersonContext:
    return PersonContext(**known(**{"role": "admin", "email": OLD} | changes))


def changed(**fields: Any) -> PersonProfileChanged:
    nothing = dict.fromkeys(("name", "email", "former_email", "locale", "time_zone"))
    return PersonProfileChanged(
        **nothing | {"from_locale": "en", "from_time_zone": "Europe/London", "source": "hand", "replaces": 1} | fields
    )


def text(value: str) -> OfPerson[str]:
    return OfPerson(value, subject=ADA)


@pytest.mark.parametrize("who", [{"role": "admin"}, {"role": "client", "actor": ADA}, {"role": "coach", "actor": ADA}])
def test_one_changes_ones_own_and_an_administrator_everybodys(who: dict[str, Any]) -> None:
    command = ChangePersonProfile(seen=1, name="Ada King", time_zone="Europe/Rome")
    state = given(REGISTERED).when(command, context(**who)).then(changed(name=text("Ada King"), time_zone="Europe/Rome"))
    assert (state.time_zone, state.locale, state.profile_at) == ("Europe/Rome", "en", 2)


@pytest.mark.parametrize("role", ["client", "program_manager", "auditor", "sponsor"])
def test_nobody_else_changes_it(role: str) -> None:
    command = ChangePersonProfile(seen=1, name="Ada King")
    given(REGISTERED).when(command, context(role=role, actor=STRANGER)).then_refused(NotPermitted)


def test_an_address_that_an_earlier_release_changed_at_once_took_the_claim_of_the_old_one() -> None:
    event = changed(email=text("ada@new.example"), former_email=OLD)
    claims = [(claim.kind, claim.value, claim.takes, claim.personal) for claim in claims_of(event)]
    assert claims == [("email@1", "ada@example.org", False, True), ("email@1", "ada@new.example", True, True)]
    assert claims_of(changed(name=text("Ada King"))) == []


def test_what_was_changed_since_it_was_read_is_no_longer_changed_by_that() -> None:
    past = (REGISTERED, changed(name=text("Ada King")))
    given(*past).when(ChangePersonProfile(seen=1, name="Ada Byron"), context()).then_refused(VersionConflict, "/seen")
    given(*past).when(ChangePersonProfile(seen=2, name="Ada Byron"), context()).then(changed(name=text("Ada Byron"), replaces=2))


def test_what_says_nothing_changes_nothing() -> None:
    given(REGISTERED).when(ChangePersonProfile(seen=1), context()).then_nothing()


def test_refuses_a_time_zone_that_is_not_on_the_list() -> None:
    given(REGISTERED).when(ChangePersonProfile(seen=1, time_zone="Mars/Olympus"), context()).then_refused(TimeZoneUnknown, "/time_zone")


def test_what_the_directory_says_is_not_changed_by_hand() -> None:
    scim = replace(REGISTERED, source="scim", locale=None)
    command = ChangePersonProfile(seen=1, email="ada@new.example")
    for who in ({"role": "admin"}, {"role": "client", "actor": ADA}):
        given(scim).when(command, context(**who)).then_refused(FieldManagedByScim, "/email")
    event = changed(locale="fr", from_locale=None)
    state = given(scim).when(ChangePersonProfile(seen=1, locale="fr"), context()).then(event)  # which it left out
    assert state.managed == {"name", "email", "time_zone"}


def test_the_directory_changes_it_and_manages_it_from_then_on() -> None:
    command = ChangePersonProfile(seen=1, name="Ada King", source="scim")
    event = changed(name=text("Ada King"), source="scim")
    state = given(REGISTERED).when(command, context(role="integration")).then(event)
    assert state.managed == {"name"}
    later = ChangePersonProfile(seen=2, name="Ada Byron")
    given(REGISTERED, event).when(later, context()).then_refused(FieldManagedByScim, "/name")


@pytest.mark.parametrize(("role", "source"), [("admin", "scim"), ("client", "import"), ("integration", "hand")])
def test_each_says_where_it_comes_from(role: str, source: Any) -> None:
    command = ChangePersonProfile(seen=1, name="Ada King", source=source)
    given(REGISTERED).when(command, context(role=role, actor=ADA)).then_refused(NotPermitted, "/source")


@pytest.mark.parametrize("role", ["admin", "program_manager", "auditor", "integration"])
def test_a_machine_does_not_take_over_who_runs_the_firm(role: Any) -> None:
    """With another address, or as another subject, it would sign in as them."""
    past = (REGISTERED, membership(role))
    for machine, source in ((context(role="integration"), "scim"), (context(is_confined=True), "hand")):
        given(*past).when(ChangePersonProfile(seen=1, email="i@own.example", source=source), machine).then_refused(NotPermitted)
        given(*past).when(LinkIdentity(provider="okta", subject="00u1"), machine).then_refused(NotPermitted)


def test_links_who_they_are_to_a_provider() -> None:
    event = IdentityLinked(provider="okta", subject=text("00u1"))
    state = given(REGISTERED).when(LinkIdentity(provider="okta", subject="00u1"), context()).then(event)
    assert [one.provider for one in state.identities] == ["okta"]
    (claim,) = claims_of(event)
    assert (claim.kind, claim.takes, claim.personal) == ("identity@1", True, True)
    given(REGISTERED, event).when(LinkIdentity(provider="okta", subject="00u1"), context(linked=True)).then_nothing()


def test_the_same_subject_at_another_provider_is_another_identity() -> None:
    values = {claims_of(IdentityLinked(provider=provider, subject=text("00u1")))[0].value for provider in ("okta", "entra")}
    assert len(values) == 2


@pytest.mark.parametrize("command", [ChangePersonProfile(seen=1, name="Ada King"), LinkIdentity(provider="okta", subject="00u1")])
def test_nothing_new_is_said_of_who_is_erased(command: Any) -> None:
    given(REGISTERED, REQUESTED).when(command, context(actor=CLIENT)).then_refused(SubjectErased)
