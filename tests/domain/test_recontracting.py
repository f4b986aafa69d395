"""What was signed is agreed anew: the old terms rule until every party has signed the new ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from domain.engagement.commands import (
    ActivateEngagement,
    AmendAgreement,
    DraftAgreement,
    GrantDisclosureConsent,
    InformationFlowBody,
    OpenRecontracting,
    RecipientBody,
    ReviseAgreementTerms,
    SignAgreement,
    WithdrawRecontracting,
)
from domain.engagement.events import (
    AgreementAmended,
    AgreementSigned,
    AgreementTermsRevised,
    DisclosureConsentGranted,
    EngagementEndedEarly,
    InformationFlow,
    Recipient,
    RecontractingOpened,
)
from domain.engagement.state import EngagementState
from domain.errors import ReasonRequired, VersionConflict
from domain.errors.engagement import (
    AgreementMissing,
    AgreementNotSigned,
    AgreementSignedAlready,
    AlreadySigned,
    EngagementEnded,
    FlowMissing,
    FlowNotAgreed,
    NoLeadCoach,
    RecontractingNotOpen,
    RecontractingOpen,
    RecontractingOpenAlready,
    SignaturesMissing,
    StaleAgreement,
)
from domain.errors.program import BeyondProgramTerms
from domain.event import Event
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, STRANGER, TODAY, Happened, days, folded, given
from tests.domain.test_engagement import (
    ACTIVATE,
    ACTIVATED,
    ASSIGNED,
    CONTRACTED,
    DIGEST,
    DRAFT,
    DRAFTED,
    FACTS,
    PROPOSED,
    TO_SIGN,
    context,
    signed,
)

REVISE = ReviseAgreementTerms(
    sessions=10, cadence_days=14, information_flows=DRAFT.information_flows, text="Ten sessions.", seen=3, reason_code="scope"
)
TERMS = asdict(DRAFTED) | {"sessions": 10, "agreement_version": 2, "replaces": 3}
REVISED = AgreementTermsRevised(**TERMS | {"text": None}, reason_code="scope", reason=None)
OPEN = OpenRecontracting(changes=("sessions", "information_flows"), reason="The budget was raised.")
OPENED = RecontractingOpened(
    agreement_version=1, changes=("sessions", "information_flows"), reason_code=None, reason=OfAuthor("The budget was raised.")
)
ACTIVE = (*CONTRACTED, ACTIVATED)
ANEW = replace(DRAFTED, agreement_version=2, replaces=3, sessions=10, information_flows=(InformationFlow(about="progress", to="sponsor"),))
REOPENED = (*ACTIVE, OPENED, ANEW)
NEW_DIGEST = folded("engagement", REOPENED).digest


def again(party: Any) -> AgreementSigned:
    return replace(signed(party, NEW_DIGEST), agreement_version=2)


SIGNED_AGAIN = (*REOPENED, again("client"), again("coach"), again("sponsor"))
AMENDED = AgreementAmended(agreement_version=2, supersedes=1, digest=NEW_DIGEST, narrowed=("attendance",))


def state_of(*events: Event | Happened) -> EngagementState:
    state = folded("engagement", events)
    assert isinstance(state, EngagementState)
    return state


def test_terms_that_nobody_signed_are_revised_and_kept() -> None:
    state = given(*TO_SIGN).when(replace(REVISE, text=None), context()).then(REVISED)
    assert [(one.number, one.terms.sessions) for one in state.agreements] == [(1, 8), (2, 10)]
    assert state.agreements[0].digest == DIGEST
    assert state.agreements[1].digest == state.digest


def test_a_revision_says_why_and_what_was_read_and_keeps_to_the_program() -> None:
    given(*TO_SIGN).when(replace(REVISE, reason_code=None), context()).then_refused(ReasonRequired, "/reason")
    given(*TO_SIGN).when(replace(REVISE, seen=2), context()).then_refused(VersionConflict, "/seen")
    program = replace(FACTS, sponsor_approves_plans=True)
    given(*TO_SIGN).when(REVISE, context(program=program)).then_refused(FlowMissing, "/information_flows")
    given(*TO_SIGN).when(replace(REVISE, sessions=13), context()).then_refused(BeyondProgramTerms, "/sessions")


def test_only_terms_that_there_are_can_be_revised() -> None:
    given(PROPOSED, ASSIGNED).when(REVISE, context()).then_refused(AgreementMissing)


@pytest.mark.parametrize("past", [(*TO_SIGN, signed("client")), CONTRACTED, ACTIVE])
def test_after_a_signature_terms_change_only_by_recontracting(past: tuple[Event, ...]) -> None:
    given(*past).when(REVISE, context()).then_refused(AgreementSignedAlready)
    given(*past).when(replace(DRAFT, seen=3), context()).then_refused(AgreementSignedAlready)


def test_a_signature_of_terms_that_were_revised_meanwhile_is_stale() -> None:
    given(*TO_SIGN, REVISED).when(SignAgreement(digest=DIGEST), context(actor=CLIENT)).then_refused(StaleAgreement, "/digest")


@pytest.mark.parametrize("actor", [CLIENT, COACH, SPONSOR])
def test_a_party_asks_to_agree_anew(actor: Any) -> None:
    state = given(*ACTIVE).when(OPEN, context(actor=actor)).then(OPENED)
    assert (state.stage, state.awaits_terms) == ("active", True)


def test_what_nobody_has_signed_is_revised_instead() -> None:
    given(*TO_SIGN).when(OPEN, context()).then_refused(AgreementNotSigned)
    given(PROPOSED, ASSIGNED).when(OPEN, context()).then_refused(AgreementMissing)


def test_recontracting_says_why() -> None:
    given(*ACTIVE).when(replace(OPEN, reason="short"), context()).then_refused(ReasonRequired, "/reason")


def test_recontracting_is_open_once() -> None:
    given(*ACTIVE, OPENED).when(OPEN, context()).then_refused(RecontractingOpenAlready)
    given(*REOPENED).when(OPEN, context()).then_refused(RecontractingOpenAlready)


def test_new_terms_that_one_party_would_not_sign_are_recontracted_again() -> None:
    state = given(*REOPENED, again("client")).when(OPEN, context()).then(replace(OPENED, agreement_version=2))
    assert state.awaits_terms
    assert (state.agreement.number, state.in_force) == (1, 1)


def test_new_terms_are_drafted_while_the_old_ones_rule() -> None:
    new = replace(DRAFT, seen=3, sessions=10, information_flows=(InformationFlowBody(about="progress", to="sponsor"),))
    state = given(*ACTIVE, OPENED).when(new, context()).then(ANEW)
    assert (state.agreement.terms.sessions, state.amendment.terms.sessions) == (8, 10)


def test_new_terms_are_revised_until_somebody_signs_them() -> None:
    opened = (*ACTIVE, OPENED)
    given(*opened, ANEW).when(replace(REVISE, seen=9, text=None), context()).then(replace(REVISED, agreement_version=3, replaces=9))
    given(*REOPENED, again("client")).when(replace(REVISE, seen=9), context()).then_refused(AgreementSignedAlready)


def test_nobody_signs_what_was_not_put_down_yet() -> None:
    past = (*TO_SIGN, signed("client"), OPENED)
    given(*past).when(SignAgreement(digest=DIGEST), context(actor=COACH)).then_refused(RecontractingOpen)
    given(*ACTIVE, OPENED).when(SignAgreement(digest=DIGEST), context(actor=COACH)).then_refused(AlreadySigned)


def test_a_signature_binds_the_new_terms_and_not_the_old() -> None:
    given(*REOPENED).when(SignAgreement(digest=DIGEST), context(actor=CLIENT)).then_refused(StaleAgreement, "/digest")
    given(*REOPENED).when(SignAgreement(digest=NEW_DIGEST), context(actor=CLIENT)).then(again("client"))


@pytest.mark.parametrize("missing", ["client", "coach", "sponsor"])
def test_an_amendment_that_fewer_have_signed_is_refused(missing: str) -> None:
    past = [event for event in SIGNED_AGAIN if event != again(missing)]
    refusal = given(*past).when(AmendAgreement(), context()).then_refused(SignaturesMissing)
    assert refusal.facts == {"missing": (missing,), "people": [{"client": CLIENT, "coach": COACH, "sponsor": SPONSOR}[missing]]}
    assert state_of(*past).agreement.number == 1  # type: ignore[union-attr]


def test_who_had_signed_the_old_terms_signs_the_new_ones_even_when_they_are_no_party_to_them() -> None:
    anew = replace(ANEW, parties=DRAFTED.parties[:2])
    past = (*ACTIVE, OPENED, anew)
    digest = folded("engagement", past).digest
    both = [replace(signed(party, digest), agreement_version=2) for party in ("client", "coach")]
    refusal = given(*past, *both).when(AmendAgreement(), context()).then_refused(SignaturesMissing)
    assert refusal.facts == {"missing": ("sponsor",), "people": [SPONSOR]}


def test_new_terms_rule_once_every_party_has_signed_them_and_they_are_put_into_force() -> None:
    before = state_of(*SIGNED_AGAIN)
    assert (before.stage, before.in_force) == ("active", 1)
    state = given(*SIGNED_AGAIN).when(AmendAgreement(), context()).then(AMENDED)
    assert (state.stage, state.in_force, state.recontracting, state.amendment) == ("active", 2, None, None)
    assert [one.in_force_since for one in state.agreements] == [NOW, NOW]


def test_there_is_nothing_to_amend_without_new_terms() -> None:
    given(*ACTIVE).when(AmendAgreement(), context()).then_refused(RecontractingNotOpen)
    given(*ACTIVE, OPENED).when(AmendAgreement(), context()).then_refused(AgreementMissing)
    given(*SIGNED_AGAIN, AMENDED).when(AmendAgreement(), context()).then_refused(RecontractingNotOpen)


def test_what_a_narrower_agreement_does_not_let_through_ends_at_once_and_wider_terms_do_not_revive_it() -> None:
    granted = [
        DisclosureConsentGranted(subjects=("attendance",), recipient=recipient, until=None)
        for recipient in (Recipient(role="sponsor"), Recipient(person_id=SPONSOR), Recipient(person_id=STRANGER))
    ]
    before = (*SIGNED_AGAIN[:7], *granted, *SIGNED_AGAIN[7:])
    assert state_of(*before).facts(TODAY).consents == {"attendance"}
    after = state_of(*before, AMENDED)
    assert after.facts(TODAY).consents == frozenset()
    assert [one.recipient for one in after.consents] == [Recipient(person_id=STRANGER)]
    wide = replace(AMENDED, agreement_version=3, supersedes=2, narrowed=())
    widened = replace(ANEW, agreement_version=3, information_flows=DRAFTED.information_flows)
    assert state_of(*before, AMENDED, OPENED, widened, wide).facts(TODAY).consents == frozenset()


def test_consent_to_wider_terms_waits_until_they_are_in_force() -> None:
    grant = GrantDisclosureConsent(subjects=("progress",), recipient=RecipientBody(role="sponsor"))
    given(*SIGNED_AGAIN).when(grant, context(actor=CLIENT)).then_refused(FlowNotAgreed, "/subjects")
    granted = DisclosureConsentGranted(subjects=("progress",), recipient=Recipient(role="sponsor"), until=None)
    given(*SIGNED_AGAIN, AMENDED).when(grant, context(actor=CLIENT)).then(granted)


def test_before_the_coaching_too_what_was_signed_is_recontracted() -> None:
    past = (*TO_SIGN, signed("client"), replace(OPENED, changes=("sessions",)), ANEW)
    digest = folded("engagement", past).digest
    all_of_them = [replace(signed(party, digest), agreement_version=2) for party in ("client", "coach", "sponsor")]
    state = state_of(*past, *all_of_them)
    assert (state.stage, state.in_force) == ("proposed", 0)
    given(*past, *all_of_them).when(ACTIVATE, context()).then_refused(RecontractingOpen)
    amended = replace(AMENDED, digest=digest)
    assert given(*past, *all_of_them).when(AmendAgreement(), context()).then(amended).stage == "contracted"
    given(*past, *all_of_them, amended).when(ACTIVATE, context()).then(ACTIVATED)


def test_the_times_at_which_terms_ruled_are_kept() -> None:
    late = NOW + timedelta(days=30)
    state = state_of(*SIGNED_AGAIN, Happened(AMENDED, at=late))
    assert [one.in_force_since for one in state.agreements] == [NOW, late]


def test_nothing_is_agreed_anew_when_it_is_over() -> None:
    ended = EngagementEndedEarly(
        engagement_id=IDS[0],
        client_id=CLIENT,
        coach_id=COACH,
        program_id=None,
        seat=None,
        closed_on=days(0),
        next_session_no=1,
        sessions_held=0,
        ended_by="client",
        reason_code="other",
        reason=None,
    )
    commands = (
        REVISE,
        OPEN,
        WithdrawRecontracting(reason="The budget stays as it was."),
        AmendAgreement(),
        SignAgreement(digest=DIGEST),
        replace(DRAFT, seen=3),
        ACTIVATE,
    )
    for command in commands:
        assert isinstance(
            command,
            ReviseAgreementTerms
            | OpenRecontracting
            | WithdrawRecontracting
            | AmendAgreement
            | SignAgreement
            | DraftAgreement
            | ActivateEngagement,
        )
        given(*SIGNED_AGAIN, ended).when(command, context(actor=CLIENT)).then_refused(EngagementEnded)


def test_terms_need_a_coach() -> None:
    given(PROPOSED, DRAFTED).when(replace(REVISE, seen=2), context()).then_refused(NoLeadCoach)
