"""Drafting, proposing and approving: versions and digests."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.digest import digest_of_nothing, extended
from domain.errors import Refusal
from domain.errors.engagement import ConsentMissing, EngagementEnded, EngagementNotContracted, NotAParty
from domain.errors.plan import (
    AlreadyApproved,
    PlanAlreadyActive,
    PlanEmpty,
    PlanExists,
    PlanNotProposed,
    StalePlan,
)
from domain.plan.commands import ApprovePlan, DefineObjective, DraftPlan, ProposePlan
from domain.plan.digest import is_content
from domain.plan.events import (
    MilestoneAdjusted,
    PlanApproved,
    PlanDrafted,
    PlanProposed,
)
from domain.plan.state import PlanState
from tests.domain.planning import (
    ANY_DIGEST,
    ENGAGED,
    ENGAGEMENT,
    OBJECTIVE,
    PLAN,
    UNKNOWN,
    active,
    adopted,
    approved,
    by,
    committed,
    defined,
    drafted,
    milestone,
    proposed,
)
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, folded, given, recorded
from tests.domain.test_plan_measurement import recorded_baseline
from tests.domain.test_plan_milestone import adjusted
from tests.domain.test_plan_scale import scaled

VAGUE = "I want to improve my leadership skills"


@pytest.mark.parametrize("stage", ["contracted", "active", "paused"])
def test_a_plan_is_drafted_under_a_signed_agreement(stage: Any) -> None:
    expected = PlanDrafted(plan_id=IDS[0], engagement_id=ENGAGEMENT, client_id=CLIENT, template=None, language="de")
    command = DraftPlan(engagement_id=ENGAGEMENT)
    given().when(command, by(COACH, engagement=replace(ENGAGED, state=stage), language="de")).then(expected)


@pytest.mark.parametrize(
    ("stage", "refusal"),
    [
        ("proposed", EngagementNotContracted),
        *((over, EngagementEnded) for over in ("completed", "ended_early", "cancelled")),
    ],
)
def test_no_plan_without_an_agreement_in_force(stage: Any, refusal: type[Refusal]) -> None:
    context = by(COACH, engagement=replace(ENGAGED, state=stage))
    given().when(DraftPlan(engagement_id=ENGAGEMENT), context).then_refused(refusal)


def test_a_plan_is_drafted_once_and_in_the_language_that_was_asked_for() -> None:
    given(drafted()).when(DraftPlan(engagement_id=ENGAGEMENT), by(COACH)).then_refused(PlanExists)
    (event,) = given().when(DraftPlan(engagement_id=ENGAGEMENT, language="fr"), by(COACH, language="de")).events()
    assert isinstance(event, PlanDrafted)
    assert event.language == "fr"


def test_a_proposal_names_its_version_the_digest_and_what_the_lint_says() -> None:
    past = [drafted(), defined(DefineObjective(title=VAGUE))]
    (event,) = given(*past).when(ProposePlan(), by(COACH)).events()
    assert isinstance(event, PlanProposed)
    assert (event.plan_version, event.digest, event.proposed_by) == (1, folded("plan", past).digest, "coach")
    assert [(one.objective_id, one.lint.blocking) for one in event.lints] == [(OBJECTIVE, ("S1", "M1", "A2", "R1", "T1"))]


def test_an_empty_plan_is_not_proposed() -> None:
    given(drafted()).when(ProposePlan(), by(COACH)).then_refused(PlanEmpty)


def test_proposing_the_same_again_is_nothing_and_an_active_plan_is_not_proposed() -> None:
    given(*proposed(defined())).when(ProposePlan(), by(COACH)).then_nothing()
    given(*active(defined())).when(ProposePlan(), by(COACH)).then_refused(PlanAlreadyActive)


CONTENT = [defined(objective_id=UNKNOWN), adopted(), milestone(), scaled(), recorded_baseline(35, 40)]


@pytest.mark.parametrize("event", CONTENT, ids=lambda event: type(event).__name__)
def test_a_change_of_content_makes_a_proposed_plan_a_draft_with_another_digest(event: Any) -> None:
    past = proposed(defined())
    before, after = folded("plan", past), folded("plan", [*past, event])
    assert (before.status, after.status) == ("proposed", "draft")
    assert before.digest != after.digest
    (again,) = given(*past, event).when(ProposePlan(), by(COACH)).events()
    assert isinstance(again, PlanProposed)
    assert (again.plan_version, again.digest) == (2, after.digest)


def test_an_action_is_no_content() -> None:
    past = proposed(defined())
    assert folded("plan", [*past, committed()]) == replace(folded("plan", past), actions=folded("plan", [*past, committed()]).actions)


def test_the_digest_can_be_computed_again_from_the_stored_bytes() -> None:
    past = [*active(defined(), adopted(), milestone()), adjusted(20, 30), committed()]
    state, digest = PlanState(), digest_of_nothing(PLAN)
    for version, event in enumerate(past, start=1):
        if is_content(event, active=state.status == "active"):
            digest = extended(digest, recorded(event, version))
        state = folded("plan", past[:version])
    assert digest == state.digest
    assert not is_content(adjusted(20, 30), active=True), "after activation a move needs no new agreement"
    assert isinstance(past[-2], MilestoneAdjusted)


def approve(plan_version: int, digest: str) -> ApprovePlan:
    return ApprovePlan(plan_version=plan_version, digest=digest)


@pytest.mark.parametrize(("actor", "party"), [(CLIENT, "client"), (COACH, "coach"), (SPONSOR, "sponsor")])
def test_each_party_approves_exactly_what_was_proposed(actor: Any, party: Any) -> None:
    past = proposed(defined())
    digest = folded("plan", past).digest
    given(*past).when(approve(1, digest), by(actor)).then(PlanApproved(party=party, plan_version=1, digest=digest))


def test_an_approval_of_something_else_is_stale() -> None:
    past = proposed(defined())
    digest = folded("plan", past).digest
    refusal = given(*past).when(approve(1, ANY_DIGEST), by(CLIENT)).then_refused(StalePlan)
    assert refusal.facts == {"plan_version": 1, "digest": digest}
    given(*past).when(approve(2, digest), by(CLIENT)).then_refused(StalePlan)
    given(*past, milestone()).when(approve(1, digest), by(CLIENT)).then_refused(StalePlan)


def test_what_nobody_proposed_is_not_approved() -> None:
    past = [drafted(), defined()]
    given(*past).when(approve(1, folded("plan", past).digest), by(CLIENT)).then_refused(PlanNotProposed)
    past = [*proposed(defined()), milestone()]
    given(*past).when(approve(1, folded("plan", past).digest), by(CLIENT)).then_refused(PlanNotProposed)


def test_a_party_approves_a_version_once() -> None:
    past = approved(defined())
    given(*past).when(approve(1, folded("plan", past).digest), by(CLIENT)).then_refused(AlreadyApproved)


def test_the_sponsor_approves_only_what_the_client_lets_them_see() -> None:
    past = proposed(defined())
    context = by(SPONSOR, engagement=replace(ENGAGED, consents=frozenset({"progress"})))
    given(*past).when(approve(1, folded("plan", past).digest), context).then_refused(ConsentMissing)


def test_a_sponsor_without_consent_does_not_learn_whether_there_is_something_to_approve() -> None:
    context = by(SPONSOR, engagement=replace(ENGAGED, consents=frozenset({"progress"})))
    for past in ([drafted()], proposed(defined()), [*proposed(defined()), adopted()], active(defined())):
        given(*past).when(approve(7, ANY_DIGEST), context).then_refused(ConsentMissing)


def test_a_sponsor_is_told_the_same_of_every_draft() -> None:
    """A version that was proposed and taken back by a change is no different from none: both are the parties' own affair."""
    read = approve(1, folded("plan", proposed(defined())).digest)
    refused = [
        str(given(*past).when(read, by(SPONSOR)).then_refused(PlanNotProposed))
        for past in ([drafted()], [drafted(), defined()], [*proposed(defined()), milestone()])
    ]
    assert len(set(refused)) == 1
    assert "read the plan" in refused[0]


def test_strangers_approve_nothing() -> None:
    past = proposed(defined())
    given(*past).when(approve(1, folded("plan", past).digest), by(STRANGER)).then_refused(NotAParty)
