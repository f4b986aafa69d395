"""The rules of an engagement: who may be coached by whom, what the parties sign, and when it begins."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import ProgramBounds, ProgramFacts
from domain.digest import digest_of_nothing, extended
from domain.engagement.commands import (
    ActivateEngagement,
    AssignCoach,
    DraftAgreement,
    InformationFlowBody,
    ProposeEngagement,
    SignAgreement,
)
from domain.engagement.context import EngagementContext
from domain.engagement.events import (
    AgreementDrafted,
    AgreementSigned,
    CoachAssigned,
    EngagementActivated,
    EngagementProposed,
    InformationFlow,
    Signatory,
)
from domain.errors import NotFound, VersionConflict
from domain.errors.engagement import (
    AgreementMissing,
    AgreementSignedAlready,
    AlreadySigned,
    CoachAlreadyAssigned,
    CoachAtCapacity,
    CoachNotInPool,
    ConflictOfInterest,
    EngagementAlreadyActive,
    FlowMissing,
    NoLeadCoach,
    NotAParty,
    SelfCoaching,
    SignaturesMissing,
    StaleAgreement,
)
from domain.errors.program import (
    DatesInverted,
    NotAClient,
    NotACoach,
    NotASponsor,
    NotEnrolled,
    ProgramNotOpen,
    SponsorRequired,
)
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, days, folded, given, known, recorded, uuid

PROGRAM = uuid(20)
FACTS = ProgramFacts(
    id=PROGRAM,
    is_open=True,
    sponsored=True,
    sponsor_ids=(SPONSOR,),
    sponsor_approves_plans=False,
    sponsor_accepts_changes=False,
    outcome_ids=frozenset(),
    required_assessments=(),
    evaluation_points=frozenset(),
    smart_gate=None,
    bounds=ProgramBounds(starts_on=days(0), ends_on=days(365), sessions=12),
    pool={COACH: 2},
    enrolled=frozenset({CLIENT}),
)
PROPOSE = ProposeEngagement(client_id=CLIENT, program_id=PROGRAM, sponsor_id=SPONSOR)
PROPOSED = EngagementProposed(
    engagement_id=IDS[0], client_id=CLIENT, program_id=PROGRAM, kind="individual", pro_bono=False, sponsor_id=SPONSOR
)
ALONE = EngagementProposed(engagement_id=IDS[0], client_id=CLIENT, program_id=None, kind="individual", pro_bono=True, sponsor_id=None)
ASSIGNED = CoachAssigned(coach_id=COACH, chosen_by="client", program_id=PROGRAM, seat=2)
ASSIGNED_ALONE = CoachAssigned(coach_id=COACH, chosen_by="organization", program_id=None, seat=None)
DRAFT = DraftAgreement(
    sessions=8,
    cadence_days=14,
    information_flows=(InformationFlowBody(about="attendance", to="sponsor"),),
    text="Eight sessions.",
)
DRAFTED = AgreementDrafted(
    agreement_version=1,
    parties=(
        Signatory(party="client", person_id=CLIENT),
        Signatory(party="coach", person_id=COACH),
        Signatory(party="sponsor", person_id=SPONSOR),
    ),
    sessions=8,
    cadence_days=14,
    cancellation_hours=24,
    termination_days=14,
    confidentiality_limits=("law", "court_order", "danger"),
    information_flows=(InformationFlow(about="attendance", to="sponsor"),),
    ai_use="none",
    text=OfClient("Eight sessions."),
    replaces=0,
)
TO_SIGN = (PROPOSED, ASSIGNED, DRAFTED)
DIGEST = folded("engagement", TO_SIGN).digest
ACTIVATE = ActivateEngagement(starts_on=days(0), planned_end=days(120))
ACTIVATED = EngagementActivated(starts_on=days(0), planned_end=days(120))


def signed(party: Any, digest: str = DIGEST) -> AgreementSigned:
    return AgreementSigned(party=party, agreement_version=1, digest=digest, method="click")


CONTRACTED = (*TO_SIGN, signed("client"), signed("coach"), signed("sponsor"))


def context(**changes: Any) -> EngagementContext:
    held = {"client_role_held": True, "sponsor_role_held": True, "coach_role_held": True}
    return EngagementContext(**known(**{"program": FACTS, "free_seat": 2} | held | changes))


def test_proposes_in_a_program() -> None:
    assert given().when(PROPOSE, context()).then(PROPOSED).stage == "proposed"


def test_proposes_outside_of_any_program() -> None:
    command = ProposeEngagement(client_id=CLIENT, pro_bono=True)
    given().when(command, context(program=None, sponsor_role_held=False)).then(ALONE)


@pytest.mark.parametrize(
    ("command", "known_facts", "refusal", "pointer"),
    [
        (PROPOSE, {"client_role_held": False}, NotAClient, "/client_id"),
        (PROPOSE, {"sponsor_role_held": False}, NotASponsor, "/sponsor_id"),
        (replace(PROPOSE, sponsor_id=CLIENT), {}, ConflictOfInterest, "/sponsor_id"),
        (replace(PROPOSE, sponsor_id=STRANGER), {}, NotASponsor, "/sponsor_id"),
        (PROPOSE, {"program": None}, NotFound, "/program_id"),
        (PROPOSE, {"program": replace(FACTS, id=uuid(21))}, NotFound, "/program_id"),
        (PROPOSE, {"program": replace(FACTS, is_open=False)}, ProgramNotOpen, "/program_id"),
        (PROPOSE, {"program": replace(FACTS, enrolled=frozenset({STRANGER}))}, NotEnrolled, "/client_id"),
        (replace(PROPOSE, sponsor_id=None), {"program": replace(FACTS, sponsor_approves_plans=True)}, SponsorRequired, "/sponsor_id"),
        (replace(PROPOSE, sponsor_id=None), {"program": replace(FACTS, sponsor_accepts_changes=True)}, SponsorRequired, "/sponsor_id"),
    ],
)
def test_refuses_a_proposal(command: ProposeEngagement, known_facts: dict[str, Any], refusal: Any, pointer: str) -> None:
    given().when(command, context(**known_facts)).then_refused(refusal, pointer)


def test_a_program_without_a_part_for_its_sponsor_asks_for_none() -> None:
    given().when(replace(PROPOSE, sponsor_id=None), context()).then(replace(PROPOSED, sponsor_id=None))


def test_assigns_a_coach_of_the_pool_to_a_free_seat() -> None:
    given(PROPOSED).when(AssignCoach(coach_id=COACH, chosen_by="client"), context()).then(ASSIGNED)


def test_outside_of_a_program_a_coach_needs_only_the_role() -> None:
    given(ALONE).when(AssignCoach(coach_id=COACH), context(program=None, free_seat=None)).then(ASSIGNED_ALONE)
    given(ALONE).when(AssignCoach(coach_id=COACH), context(program=None, coach_role_held=False)).then_refused(NotACoach, "/coach_id")


@pytest.mark.parametrize(
    ("coach", "known_facts", "refusal"),
    [
        (CLIENT, {}, SelfCoaching),
        (SPONSOR, {}, ConflictOfInterest),
        (COACH, {"coach_role_held": False}, NotACoach),
        (STRANGER, {}, CoachNotInPool),
        (COACH, {"program": None}, CoachNotInPool),
        (COACH, {"free_seat": None}, CoachAtCapacity),
    ],
)
def test_refuses_a_coach(coach: Any, known_facts: dict[str, Any], refusal: Any) -> None:
    given(PROPOSED).when(AssignCoach(coach_id=coach), context(**known_facts)).then_refused(refusal, "/coach_id")


def test_refuses_a_second_lead_coach() -> None:
    given(PROPOSED, ASSIGNED).when(AssignCoach(coach_id=COACH), context()).then_refused(CoachAlreadyAssigned)


def test_drafts_an_agreement_between_client_coach_and_sponsor() -> None:
    given(PROPOSED, ASSIGNED).when(DRAFT, context()).then(DRAFTED)


@pytest.mark.parametrize("part", ["sponsor_approves_plans", "sponsor_accepts_changes"])
def test_terms_let_a_sponsor_who_takes_part_know_the_objectives(part: str) -> None:
    program = replace(FACTS, **{part: True})
    given(PROPOSED, ASSIGNED).when(DRAFT, context(program=program)).then_refused(FlowMissing, "/information_flows")
    told = (InformationFlowBody(about="objective_titles", to="sponsor"),)
    drafted = replace(DRAFTED, information_flows=(InformationFlow(about="objective_titles", to="sponsor"),))
    given(PROPOSED, ASSIGNED).when(replace(DRAFT, information_flows=told), context(program=program)).then(drafted)


def test_without_a_sponsor_two_sign() -> None:
    terms = DraftAgreement(sessions=4, cadence_days=7)
    state = (
        given(ALONE, ASSIGNED_ALONE)
        .when(terms, context(program=None))
        .then(replace(DRAFTED, parties=DRAFTED.parties[:2], sessions=4, cadence_days=7, information_flows=(), text=None))
    )
    assert state.agreement.missing() == ("client", "coach")


def test_refuses_an_agreement_without_a_coach() -> None:
    given(PROPOSED).when(DRAFT, context()).then_refused(NoLeadCoach)


def test_an_unsigned_draft_is_replaced_by_who_has_read_it() -> None:
    again = replace(DRAFTED, agreement_version=2, replaces=3)
    state = given(*TO_SIGN).when(replace(DRAFT, seen=3), context()).then(again)
    assert (state.agreement.number, state.agreement.drafted_at) == (2, 4)
    assert state.digest != DIGEST
    refusal = given(*TO_SIGN).when(DRAFT, context()).then_refused(VersionConflict, "/seen")
    assert str(refusal).startswith("Terms exist: send `seen`")
    assert refusal.facts == {"changed_by": COACH, "changed_at": 3}


def test_signed_terms_do_not_change() -> None:
    given(*TO_SIGN, signed("client")).when(replace(DRAFT, seen=3), context()).then_refused(AgreementSignedAlready)


def test_the_digest_is_a_chain_over_the_drafts_alone() -> None:
    by_hand = extended(digest_of_nothing(IDS[0]), recorded(DRAFTED, version=3))
    assert folded("engagement", TO_SIGN).digest == by_hand
    assert folded("engagement", CONTRACTED).digest == by_hand
    assert folded("engagement", [replace(PROPOSED, engagement_id=IDS[9]), *TO_SIGN[1:]]).digest != by_hand


@pytest.mark.parametrize(("actor", "party"), [(CLIENT, "client"), (COACH, "coach"), (SPONSOR, "sponsor")])
def test_each_party_signs_for_its_own_side(actor: Any, party: str) -> None:
    state = given(*TO_SIGN).when(SignAgreement(digest=DIGEST), context(actor=actor)).then(signed(party))
    assert state.stage == "proposed"


def test_the_last_signature_makes_it_contracted() -> None:
    past = (*TO_SIGN, signed("client"), signed("coach"))
    assert given(*past).when(SignAgreement(digest=DIGEST), context(actor=SPONSOR)).then(signed("sponsor")).stage == "contracted"


def test_refuses_a_signature_without_an_agreement() -> None:
    given(PROPOSED, ASSIGNED).when(SignAgreement(digest=DIGEST), context(actor=CLIENT)).then_refused(AgreementMissing)


def test_refuses_a_signature_of_who_is_no_party() -> None:
    given(*TO_SIGN).when(SignAgreement(digest=DIGEST), context(actor=STRANGER)).then_refused(NotAParty)


def test_refuses_a_second_signature_of_a_party() -> None:
    given(*TO_SIGN, signed("client")).when(SignAgreement(digest=DIGEST), context(actor=CLIENT)).then_refused(AlreadySigned)


def test_refuses_a_signature_under_terms_that_were_replaced() -> None:
    past = (*TO_SIGN, replace(DRAFTED, agreement_version=2, replaces=3, sessions=9))
    refusal = given(*past).when(SignAgreement(digest=DIGEST), context(actor=CLIENT)).then_refused(StaleAgreement, "/digest")
    assert refusal.facts == {"agreement_version": 2}


def test_activates_when_every_party_has_signed() -> None:
    state = given(*CONTRACTED).when(ACTIVATE, context()).then(ACTIVATED)
    assert (state.stage, state.starts_on, state.planned_end) == ("active", days(0), days(120))


def test_refuses_to_activate_before_it_is_ready() -> None:
    given(PROPOSED).when(ACTIVATE, context()).then_refused(NoLeadCoach)
    given(PROPOSED, ASSIGNED).when(ACTIVATE, context()).then_refused(AgreementMissing)
    given(*TO_SIGN, signed("client")).when(ACTIVATE, context()).then_refused(SignaturesMissing)


def test_names_the_parties_that_have_not_signed() -> None:
    refusal = given(*TO_SIGN, signed("coach")).when(ACTIVATE, context()).then_refused(SignaturesMissing)
    assert refusal.facts == {"missing": ("client", "sponsor"), "people": [CLIENT, SPONSOR]}


@pytest.mark.parametrize("planned_end", [days(0), days(-1)])
def test_refuses_an_end_that_does_not_lie_after_the_start(planned_end: Any) -> None:
    given(*CONTRACTED).when(replace(ACTIVATE, planned_end=planned_end), context()).then_refused(DatesInverted, "/planned_end")


def test_refuses_to_activate_twice() -> None:
    given(*CONTRACTED, ACTIVATED).when(ACTIVATE, context()).then_refused(EngagementAlreadyActive)


def test_knows_the_side_of_a_person() -> None:
    facts = folded("engagement", TO_SIGN).facts(days(0))
    assert [facts.parties.get(person) for person in (CLIENT, COACH, SPONSOR, STRANGER)] == ["client", "coach", "sponsor", None]
