"""The rules that an organization follows, in versions, and the firms whose staff it coaches."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.claims import CLIENT_ORGANIZATION, Claim, claims_of
from domain.errors.organization import RulesetUnknown
from domain.organization.commands import AddClientOrganization, AdoptRuleset
from domain.organization.events import ClientOrganizationAdded, RulesetAdopted
from domain.organization.state import Adoption, ClientOrganization, OrganizationState
from domain.ruleset import KNOWN, OWN, RulesetKind
from tests.domain.spec import IDS, TODAY, days, given
from tests.domain.test_organization import REGISTERED, context

ADOPT = AdoptRuleset(kind="kpi", version="kpi@1", effective_from=TODAY)
ADOPTED = RulesetAdopted(kind="kpi", version="kpi@1", effective_from=TODAY)
ADDED = ClientOrganizationAdded(client_organization_id=IDS[0], name="Acme Mills", external_ref="ACME-17")


@pytest.mark.parametrize("kind", list(KNOWN))
def test_adopts_a_version_that_is_known(kind: RulesetKind) -> None:
    version = KNOWN[kind][-1]
    command = AdoptRuleset(kind=kind, version=version, effective_from=days(30))
    given(REGISTERED).when(command, context()).then(RulesetAdopted(kind=kind, version=version, effective_from=days(30)))


def test_refuses_a_version_that_nobody_knows_and_names_those_that_are() -> None:
    command = AdoptRuleset(kind="icf", version="icf-1999", effective_from=TODAY)
    refusal = given(REGISTERED).when(command, context()).then_refused(RulesetUnknown, "/version")
    assert refusal.facts == {"known": KNOWN["icf"]}


def test_what_was_adopted_last_is_adopted_once() -> None:
    given(REGISTERED, ADOPTED).when(ADOPT, context()).then_nothing()


def adopted(*chosen: tuple[str, date]) -> OrganizationState:
    return OrganizationState(adoptions=tuple(Adoption(kind="icf", version=version, effective_from=day) for version, day in chosen))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(days(0), OWN.icf), (days(1), "first"), (days(4), "first"), (days(5), "corrected"), (days(9), "corrected")],
)
def test_what_holds_on_a_day_was_adopted_for_the_latest_day_up_to_it(on: Any, expected: str) -> None:
    organization = adopted(("second", days(5)), ("first", days(1)), ("corrected", days(5)))
    assert organization.rulesets(on).icf == expected
    assert organization.rulesets(on).kpi == OWN.kpi


def test_adds_a_client_organization() -> None:
    command = AddClientOrganization(name="Acme Mills", external_ref="ACME-17")
    state = given(REGISTERED).when(command, context()).then(ADDED)
    assert state.client_organizations == {IDS[0]: ClientOrganization(id=IDS[0], name="Acme Mills", external_ref="ACME-17")}


def test_a_reference_is_claimed_in_whatever_case() -> None:
    lower = ClientOrganizationAdded(client_organization_id=IDS[1], name="Acme", external_ref=" acme-17 ")
    assert claims_of(ADDED) == claims_of(lower) == [Claim(CLIENT_ORGANIZATION, "acme-17", takes=True, personal=False)]
    assert claims_of(ClientOrganizationAdded(client_organization_id=IDS[1], name="Acme", external_ref=None)) == []
