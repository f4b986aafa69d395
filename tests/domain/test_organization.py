"""The rules of an organization."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import Policy
from domain.errors import AlreadyRegistered, VersionConflict
from domain.errors.organization import FloorTooLow, SlugTaken, TimeZoneUnknown
from domain.organization.commands import RegisterOrganization, SetOrganizationPolicy
from domain.organization.context import OrganizationContext
from domain.organization.events import OrganizationPolicySet, OrganizationRegistered
from tests.domain.spec import COACH, IDS, folded, given, known

REGISTER = RegisterOrganization(name="North Coaching", slug="north-coaching", time_zone="Europe/Berlin")
REGISTERED = OrganizationRegistered(
    organization_id=IDS[0],
    name="North Coaching",
    slug="north-coaching",
    region="eu",
    time_zone="Europe/Berlin",
    locale="en",
    week_start="monday",
)


def context(**changes: Any) -> OrganizationContext:
    return OrganizationContext(**known(role="admin", **changes))


def policy_set(**changes: Any) -> OrganizationPolicySet:
    fields: dict[str, Any] = {
        "sponsor_min_group": 5,
        "rater_min_group": 3,
        "max_active_objectives": 3,
        "review_cadence_days": 30,
        "smart_gate": True,
        "quiet_from_hour": 20,
        "quiet_until_hour": 7,
        "retention_months": 84,
        "reason_codes": ("scope", "capacity", "absence", "org_change", "learning", "other"),
        "replaces": 0,
    }
    return OrganizationPolicySet(**fields | changes)


def test_registers() -> None:
    given().when(REGISTER, context()).then(REGISTERED)


def test_registering_the_same_again_changes_nothing() -> None:
    given(REGISTERED).when(REGISTER, context(slug_taken=True)).then_nothing()


def test_refuses_to_register_another_under_the_same_id() -> None:
    other = RegisterOrganization(name="South Coaching", slug="north-coaching", time_zone="Europe/Berlin")
    given(REGISTERED).when(other, context()).then_refused(AlreadyRegistered)


def test_refuses_a_slug_of_another_organization() -> None:
    given().when(REGISTER, context(slug_taken=True)).then_refused(SlugTaken, "/slug")


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "europe/berlin", "../../etc/passwd", "localtime"])
def test_refuses_a_time_zone_that_is_not_on_the_list(zone: str) -> None:
    command = RegisterOrganization(name="North", slug="north", time_zone=zone)
    given().when(command, context()).then_refused(TimeZoneUnknown, "/time_zone")


def test_sets_only_what_is_given_and_keeps_the_rest_of_the_policy() -> None:
    earlier = policy_set(max_active_objectives=2)
    state = (
        given(REGISTERED, earlier)
        .when(SetOrganizationPolicy(seen=2, sponsor_min_group=8, reason_codes=("scope", "illness")), context())
        .then(policy_set(max_active_objectives=2, sponsor_min_group=8, reason_codes=("scope", "illness"), replaces=2))
    )
    assert state.policy == Policy(version=3, max_active_objectives=2, sponsor_min_group=8, reason_codes=("scope", "illness"))


def test_before_any_policy_was_set_the_products_own_holds() -> None:
    assert folded("organization", [REGISTERED]).policy == Policy(version=0)


def test_setting_the_policy_that_holds_changes_nothing() -> None:
    given(REGISTERED).when(SetOrganizationPolicy(seen=0, smart_gate=True), context()).then_nothing()


def test_refuses_a_policy_based_on_one_that_was_replaced() -> None:
    command = SetOrganizationPolicy(seen=0, smart_gate=False)
    refusal = given(REGISTERED, policy_set(smart_gate=False)).when(command, context()).then_refused(VersionConflict, "/seen")
    assert refusal.facts == {"changed_by": COACH, "changed_at": 2}


@pytest.mark.parametrize(("field", "floor"), [("sponsor_min_group", 5), ("rater_min_group", 3)])
def test_the_smallest_groups_stay_at_or_above_the_products_floor(field: str, floor: int) -> None:
    def to(size: int, seen: int) -> SetOrganizationPolicy:
        return replace(SetOrganizationPolicy(seen=seen), **{field: size})

    raised = policy_set(**{field: floor + 1})
    given(REGISTERED).when(to(floor + 1, seen=0), context()).then(raised)
    given(REGISTERED, raised).when(to(floor, seen=2), context()).then(policy_set(replaces=2))
    assert given(REGISTERED).when(to(floor - 1, seen=0), context()).then_refused(FloorTooLow, f"/{field}").facts == {"floor": floor}
