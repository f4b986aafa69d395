"""What the client lets others see: only they decide, and taking it back always works."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.engagement.commands import GrantDisclosureConsent, RecipientBody, WithdrawDisclosureConsent
from domain.engagement.context import EngagementContext
from domain.engagement.events import DisclosureConsentGranted, DisclosureConsentWithdrawn, InformationFlow, Recipient
from domain.errors import NotPermitted
from domain.errors.engagement import AgreementMissing, FlowNotAgreed, SignaturesMissing
from domain.errors.program import DatesInverted
from tests.domain.spec import CLIENT, COACH, SPONSOR, STRANGER, days, folded, given, known
from tests.domain.test_engagement import ALONE, ASSIGNED, CONTRACTED, DRAFTED, PROPOSED, signed

FLOWS = tuple(InformationFlow(about=subject, to="sponsor") for subject in ("progress", "attainment", "attendance"))
DRAFTED_OPENLY = replace(DRAFTED, information_flows=(*FLOWS, InformationFlow(about="evaluation_summary", to="coach")))
AGREED = (PROPOSED, ASSIGNED, DRAFTED_OPENLY, signed("client"))
SPONSORS, ONE_PERSON = Recipient(role="sponsor"), Recipient(person_id=STRANGER)


def context(**changes: Any) -> EngagementContext:
    return EngagementContext(**known(**{"actor": CLIENT, "role": "client"} | changes))


def grant(*subjects: Any, until: Any = None, **recipient: Any) -> GrantDisclosureConsent:
    return GrantDisclosureConsent(subjects=subjects, recipient=RecipientBody(**recipient or {"role": "sponsor"}), until=until)


def withdraw(*subjects: Any, **recipient: Any) -> WithdrawDisclosureConsent:
    return WithdrawDisclosureConsent(subjects=subjects, recipient=RecipientBody(**recipient or {"role": "sponsor"}))


def granted(*subjects: Any, recipient: Recipient = SPONSORS, until: Any = None) -> DisclosureConsentGranted:
    return DisclosureConsentGranted(subjects=subjects, recipient=recipient, until=until)


def withdrawn(*subjects: Any, recipient: Recipient = SPONSORS) -> DisclosureConsentWithdrawn:
    return DisclosureConsentWithdrawn(subjects=subjects, recipient=recipient)


def test_the_client_grants_to_a_role_or_to_a_person() -> None:
    given(*AGREED).when(grant("progress", "attainment"), context()).then(granted("progress", "attainment"))
    given(*AGREED).when(grant("progress", person_id=STRANGER), context()).then(granted("progress", recipient=ONE_PERSON))


@pytest.mark.parametrize("named", [{"role": "sponsor"}, {"person_id": SPONSOR}])
@pytest.mark.parametrize("subject", ["objective_titles", "evaluation_summary"])
def test_nothing_reaches_the_sponsor_that_the_agreement_does_not_foresee(subject: Any, named: Any) -> None:
    given(*AGREED).when(grant("progress", subject, **named), context()).then_refused(FlowNotAgreed, "/subjects")


def test_what_reaches_the_sponsor_stands_in_terms_that_the_client_signed() -> None:
    given(PROPOSED).when(grant("progress"), context()).then_refused(AgreementMissing)
    given(*AGREED[:3]).when(grant("progress"), context()).then_refused(SignaturesMissing)
    given(*AGREED[:3], signed("coach")).when(grant("progress"), context()).then_refused(SignaturesMissing)


def test_terms_say_nothing_of_who_is_no_party_to_them() -> None:
    given(PROPOSED).when(grant("progress", person_id=STRANGER), context()).then(granted("progress", recipient=ONE_PERSON))


@pytest.mark.parametrize("actor", [COACH, SPONSOR, STRANGER])
def test_nobody_else_grants_or_withdraws(actor: Any) -> None:
    given(*AGREED).when(grant("progress"), context(actor=actor)).then_refused(NotPermitted)
    given(*AGREED, granted("progress")).when(withdraw("progress"), context(actor=actor)).then_refused(NotPermitted)


def test_a_consent_lasts_up_to_its_last_day() -> None:
    given(*AGREED).when(grant("progress", until=days(-1)), context()).then_refused(DatesInverted, "/until")
    state = given(*AGREED).when(grant("progress", until=days(0)), context()).then(granted("progress", until=days(0)))
    assert state.facts(days(0)).consents == {"progress"}
    assert state.facts(days(1)).consents == frozenset()


def test_granting_what_is_granted_changes_nothing() -> None:
    past = (*AGREED, granted("progress", until=days(9)))
    given(*past).when(grant("progress", until=days(9)), context()).then_nothing()
    given(*past).when(grant("progress", "attendance", until=days(9)), context()).then(granted("attendance", until=days(9)))


@pytest.mark.parametrize("until", [days(3), days(30), None])
def test_the_latest_grant_counts_also_when_it_ends_earlier(until: Any) -> None:
    past = (*AGREED, granted("progress", until=days(9)))
    state = given(*past).when(grant("progress", until=until), context()).then(granted("progress", until=until))
    assert [consent.until for consent in state.consents] == [until]


def test_withdrawal_takes_exactly_what_is_named() -> None:
    past = (*AGREED, granted("progress", "attainment"), granted("progress", recipient=ONE_PERSON))
    state = given(*past).when(withdraw("progress"), context()).then(withdrawn("progress"))
    assert state.facts(days(0)).consents == {"attainment"}
    assert state.granted(ONE_PERSON, days(0)) == {"progress": None}


def test_withdrawal_records_only_what_had_been_granted() -> None:
    past = (*AGREED, granted("progress"))
    given(*past).when(withdraw("attendance", "progress", "progress"), context()).then(withdrawn("progress"))


def test_withdrawal_works_whatever_became_of_the_engagement() -> None:
    given(*CONTRACTED, granted("progress")).when(withdraw("progress"), context()).then(withdrawn("progress"))


@pytest.mark.parametrize(
    "past",
    [
        (*AGREED,),
        (*AGREED, granted("attainment")),
        (*AGREED, granted("progress", recipient=ONE_PERSON)),
        (*AGREED, granted("progress"), withdrawn("progress")),
        (*AGREED, granted("progress", until=days(-1))),
    ],
)
def test_withdrawing_what_is_not_granted_is_accepted_and_changes_nothing(past: Any) -> None:
    given(*past).when(withdraw("progress"), context()).then_nothing()


@pytest.mark.parametrize("named", [{"role": "sponsor"}, {"person_id": SPONSOR}])
def test_what_is_withdrawn_from_the_sponsor_ends_however_it_was_granted(named: Any) -> None:
    in_person = Recipient(person_id=SPONSOR)
    past = (*AGREED, granted("progress", "attendance"), granted("progress", recipient=in_person))
    state = (
        given(*past).when(withdraw("progress", **named), context()).then(withdrawn("progress"), withdrawn("progress", recipient=in_person))
    )
    assert state.facts(days(0)).consents == {"attendance"}


def test_a_consent_to_the_sponsor_in_person_reaches_the_sponsor_too() -> None:
    events = [
        granted("progress", recipient=Recipient(person_id=SPONSOR)),
        granted("attendance"),
        granted("attainment", recipient=ONE_PERSON),
    ]
    assert folded("engagement", [*AGREED, *events]).facts(days(0)).consents == {"progress", "attendance"}
    assert folded("engagement", [ALONE, *events]).facts(days(0)).consents == {"attendance"}


@pytest.mark.parametrize("recipient", [{}, {"role": "sponsor", "person_id": str(STRANGER)}])
def test_a_recipient_is_a_role_or_a_person_and_not_both(recipient: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="a role or a person"):
        msgspec.convert(recipient, RecipientBody)
