"""What a member of a group agrees to and lets others see: each for themselves, and the narrowest word wins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.engagement.commands import (
    ActivateEngagement,
    AmendAgreement,
    GrantHandoverConsent,
    SignAgreement,
    WithdrawHandoverConsent,
)
from domain.engagement.events import (
    AgreementAmended,
    DisclosureConsentGranted,
    HandoverConsentGranted,
    HandoverConsentWithdrawn,
    Recipient,
    Signatory,
)
from domain.errors import NotPermitted
from domain.errors.engagement import AlreadySigned, NotAParty, SignaturesMissing, StaleAgreement
from tests.domain.spec import CLIENT, COACH, MANAGER, SPONSOR, STRANGER, TODAY, Happened, days, folded, given, uuid
from tests.domain.test_consent import context as consenting
from tests.domain.test_consent import grant, granted, withdraw, withdrawn
from tests.domain.test_engagement import ASSIGNED, DRAFT, DRAFTED, context, signed
from tests.domain.test_handover import NEXT, REASSIGNED
from tests.domain.test_member import ADDED, ENROLLED, GROUP, REMOVED
from tests.domain.test_recontracting import OPENED

LATER = uuid(6)
PARTIES = (DRAFTED.parties[0], Signatory(party="client", person_id=STRANGER), *DRAFTED.parties[1:])
TERMS = replace(DRAFTED, parties=PARTIES)
TO_SIGN = (GROUP, ASSIGNED, ADDED, TERMS)
BY: dict[Any, UUID] = {"client": CLIENT, "coach": COACH, "sponsor": SPONSOR}


def digest(*past: Any) -> str:
    found: str = folded("engagement", list(past)).latest.digest
    return found


def by(person: UUID, event: Any) -> Happened:
    return Happened(event, person, "client")


def signature(person: UUID, past: Any, *, version: int = 1) -> Happened:
    party = next((party for party, one in BY.items() if one == person), "client")
    return Happened(replace(signed(party, digest(*past)), agreement_version=version), person)


def all_signed(past: Any, *people: UUID) -> tuple[Any, ...]:
    return (*past, *(signature(person, past) for person in people))


CONTRACTED = all_signed(TO_SIGN, CLIENT, STRANGER, COACH, SPONSOR)
HANDED = replace(REASSIGNED, handover_scope="shared_notes", consent_version=len(CONTRACTED) + 2)
JOINED = by(MANAGER, replace(ADDED, client_id=LATER, head_count=3))


def sign(past: Any, person: UUID) -> Any:
    return given(*past).when(SignAgreement(digest=digest(*past)), context(actor=person, role="client"))


def test_everybody_who_is_coached_then_is_asked_to_sign() -> None:
    given(*TO_SIGN[:3]).when(DRAFT, context(program=ENROLLED)).then(TERMS)
    state = folded("engagement", list(CONTRACTED[:-1]))
    assert [one.person_id for one in state.awaits(state.latest)] == [SPONSOR]
    assert (state.stage, folded("engagement", list(CONTRACTED)).stage) == ("proposed", "contracted")


def test_coaching_does_not_begin_before_each_member_has_signed() -> None:
    past = all_signed(TO_SIGN, CLIENT, COACH, SPONSOR)
    begin = ActivateEngagement(starts_on=TODAY, planned_end=days(90))
    refusal = given(*past).when(begin, context()).then_refused(SignaturesMissing)
    assert refusal.facts == {"missing": ("client",), "people": [STRANGER]}
    sign(past, STRANGER).then(signed("client", digest(*past)))
    assert folded("engagement", [*past, signature(STRANGER, past)]).stage == "contracted"
    sign(past, CLIENT).then_refused(AlreadySigned)


def test_who_leaves_keeps_nobody_from_beginning() -> None:
    past = all_signed(TO_SIGN, CLIENT, COACH, SPONSOR)
    state = folded("engagement", [*past, REMOVED])
    assert (state.stage, state.in_force) == ("contracted", 1)
    sign((*past, REMOVED), STRANGER).then_refused(NotAParty)


def test_who_joins_later_signs_the_terms_that_rule_before_they_read_on() -> None:
    past = (*CONTRACTED, JOINED)
    assert folded("engagement", list(past)).unsigned == {LATER}
    state = sign(past, LATER).then(signed("client", digest(*past)))
    assert (state.unsigned, state.stage) == (frozenset({LATER}), "contracted")  # the fold of the test signs as the coach
    after = folded("engagement", [*past, signature(LATER, past)])
    assert (after.unsigned, after.agreement.in_force_since) == (frozenset(), state.agreement.in_force_since)
    sign((*past, signature(LATER, past)), LATER).then_refused(AlreadySigned)
    stale = SignAgreement(digest="0" * 64)
    given(*past).when(stale, context(actor=LATER, role="client")).then_refused(StaleAgreement, "/digest")


def test_who_joins_while_the_terms_wait_signs_when_they_rule() -> None:
    past = (*all_signed(TO_SIGN, CLIENT, STRANGER, COACH), JOINED)
    sign(past, LATER).then_refused(NotAParty)
    assert folded("engagement", [*past, signature(SPONSOR, TO_SIGN)]).stage == "contracted"


def test_new_terms_need_each_who_is_coached_when_they_are_put_down() -> None:
    anew = replace(TERMS, agreement_version=2, replaces=4, parties=(*PARTIES[:2], Signatory(party="client", person_id=LATER), *PARTIES[2:]))
    past = (*CONTRACTED, JOINED, OPENED, anew)
    half = (*past, *(signature(person, past, version=2) for person in (CLIENT, STRANGER, COACH, SPONSOR)))
    given(*half).when(AmendAgreement(), context()).then_refused(SignaturesMissing)
    state = folded("engagement", [*half, Happened(replace(signed("client", digest(*CONTRACTED)), agreement_version=1), LATER)])
    assert state.unsigned == frozenset()  # of those that rule; the new ones still wait for them
    whole = (*half, signature(LATER, past, version=2))
    after = (
        given(*whole)
        .when(AmendAgreement(), context())
        .then(AgreementAmended(agreement_version=2, supersedes=1, digest=digest(*past), narrowed=()))
    )
    assert (after.in_force, after.unsigned) == (2, frozenset())


def consent(person: UUID, *subjects: Any, until: Any = None) -> Happened:
    return by(person, DisclosureConsentGranted(subjects=subjects, recipient=Recipient(role="sponsor"), until=until))


def test_a_sponsor_sees_what_everybody_consents_to() -> None:
    past = (*CONTRACTED, consent(CLIENT, "attendance"))
    assert folded("engagement", list(past)).facts(TODAY).consents == frozenset()
    given(*past).when(grant("attendance"), consenting(actor=STRANGER)).then(granted("attendance"))
    both = (*past, consent(STRANGER, "attendance", "progress", until=days(3)))
    state = folded("engagement", list(both))
    assert state.reaching_sponsor(TODAY) == {"attendance": days(3)}
    assert folded("engagement", [*both, JOINED]).facts(TODAY).consents == frozenset()
    assert folded("engagement", [*past, REMOVED]).facts(TODAY).consents == {"attendance"}


def test_one_who_takes_consent_back_takes_it_back_for_the_group() -> None:
    past = (*CONTRACTED, consent(CLIENT, "attendance"), consent(STRANGER, "attendance"))
    given(*past).when(withdraw("attendance"), consenting(actor=STRANGER)).then(withdrawn("attendance"))
    state = folded("engagement", [*past, by(STRANGER, withdrawn("attendance"))])
    assert state.facts(TODAY).consents == frozenset()
    assert [one.by for one in state.consents] == [CLIENT]
    given(*past, by(STRANGER, withdrawn("attendance"))).when(withdraw("attendance"), consenting(actor=STRANGER)).then_nothing()


def test_who_comes_back_has_consented_to_nothing() -> None:
    past = (*CONTRACTED, consent(CLIENT, "attendance"), consent(STRANGER, "attendance"), REMOVED, ADDED)
    assert folded("engagement", list(past)).facts(TODAY).consents == frozenset()


def test_a_consent_may_name_the_sponsor_by_role_or_as_a_person() -> None:
    named = by(STRANGER, DisclosureConsentGranted(subjects=("attendance",), recipient=Recipient(person_id=SPONSOR), until=None))
    assert folded("engagement", [*CONTRACTED, consent(CLIENT, "attendance"), named]).facts(TODAY).consents == {"attendance"}


@pytest.mark.parametrize("past", [(), (REMOVED,)])
def test_nobody_consents_without_their_own_signature_nor_when_they_have_left(past: Any) -> None:
    if past:
        given(*CONTRACTED, *past).when(grant("attendance"), consenting(actor=STRANGER)).then_refused(NotPermitted)
    else:
        given(*CONTRACTED, JOINED).when(grant("attendance"), consenting(actor=LATER)).then_refused(SignaturesMissing)


def lets(person: UUID, coach: UUID | None = None) -> Happened:
    return by(person, HandoverConsentGranted(coach_id=coach))


@pytest.mark.parametrize(
    ("given_by", "good_for"),
    [
        ([lets(CLIENT)], ...),
        ([lets(STRANGER)], ...),
        ([lets(CLIENT), lets(STRANGER)], None),
        ([lets(CLIENT), lets(STRANGER, NEXT)], NEXT),
        ([lets(CLIENT, LATER), lets(STRANGER, NEXT)], ...),
        ([lets(CLIENT), JOINED, lets(STRANGER)], None),
        ([lets(CLIENT), lets(STRANGER), REMOVED], None),
        ([lets(CLIENT), lets(STRANGER), by(STRANGER, HandoverConsentWithdrawn(coach_id=None))], ...),
    ],
    ids=["one", "the other", "both", "one narrower", "two coaches", "with one who has not signed", "one left", "one took it back"],
)
def test_shared_notes_go_over_once_everybody_lets_them_and_as_far_as_the_narrowest_word(given_by: Any, good_for: Any) -> None:
    consent = folded("engagement", [*CONTRACTED, *given_by]).handover_consent
    assert (... if consent is None else consent.coach_id) == good_for


def test_each_lets_them_go_over_for_themselves_and_takes_it_back_for_all() -> None:
    as_member = context(actor=STRANGER, role="client")
    given(*CONTRACTED, lets(CLIENT)).when(GrantHandoverConsent(), as_member).then(HandoverConsentGranted(coach_id=None))
    given(*CONTRACTED, lets(STRANGER)).when(GrantHandoverConsent(), as_member).then_nothing()
    given(*CONTRACTED, lets(CLIENT)).when(WithdrawHandoverConsent(), as_member).then_nothing()
    given(*CONTRACTED).when(GrantHandoverConsent(), context(actor=LATER, role="client")).then_refused(NotPermitted)
    handed = by(MANAGER, HANDED)
    state = given(*CONTRACTED, lets(CLIENT), lets(STRANGER), handed).when(WithdrawHandoverConsent(), as_member)
    assert state.then(HandoverConsentWithdrawn(coach_id=NEXT)).handover.scope == "objectives"
