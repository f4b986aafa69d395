"""The rules of a coach's credentials, of the log that they hand in, and of who may be named in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.credential import RULES, rules_of
from domain.errors import ItemUnknown, NotFound, NotPermitted, ReasonRequired, VersionConflict
from domain.errors.engagement import SelfCoaching
from domain.errors.organization import QuotaReached
from domain.errors.person import CredentialLevelUnknown, LogEmpty
from domain.errors.program import DatesInverted, NotACoach
from domain.errors.session import LogExported, LogNotExported, MinutesOutOfRange, NotAttended
from domain.person.commands import (
    ExportCredentialLog,
    GrantListingConsent,
    RecordCoachCredential,
    RecordCoachDevelopment,
    WithdrawCoachDevelopment,
    WithdrawListingConsent,
)
from domain.person.context import LogFacts
from domain.person.decide.credential import MOST_DEVELOPMENT
from domain.person.events import (
    CoachCredentialRecorded,
    CoachDevelopmentRecorded,
    CoachDevelopmentWithdrawn,
    CredentialLogExported,
    ListingConsentGranted,
    ListingConsentWithdrawn,
)
from domain.ruleset import KNOWN, OWN
from domain.session.commands import CounterSessionTime
from domain.session.events import SessionTimeCountered
from domain.values import OfPerson
from tests.domain import test_session_booking as booking
from tests.domain.spec import COACH, IDS, STRANGER, TODAY, days, given, uuid
from tests.domain.test_person import REGISTERED, context, membership
from tests.domain.test_session_booking import SCHEDULED, START
from tests.domain.test_session_held import COMPLETED, CORRECT, CORRECTED, MISSED

COACHES = (REGISTERED, membership("coach"))
RECORD = RecordCoachCredential(
    body="icf", level="acc", number="A-1", issued_on=days(-30), valid_until=days(900), education_start=days(-400)
)
RECORDED = CoachCredentialRecorded(
    body="icf",
    level="acc",
    number=OfPerson("A-1", subject=IDS[0]),
    issued_on=days(-30),
    valid_until=days(900),
    education_start=days(-400),
)
LEARNING = replace(RECORD, level=None, number=None, issued_on=None, valid_until=None)
LOG = LogFacts(as_of_position=40, sessions=3, minutes=135, paid_minutes=90, digest="a" * 64)
EXPORTED = CredentialLogExported(
    export_id=IDS[0],
    body="icf",
    ruleset="icf-2025",
    through=TODAY,
    as_of_position=40,
    sessions=3,
    minutes=135,
    paid_minutes=90,
    digest="a" * 64,
)
LISTED = ListingConsentGranted(coach_id=COACH)
UNLISTED = ListingConsentWithdrawn(coach_id=COACH)
COUNTER = CounterSessionTime(from_=45, to=30, reason_code="other")
COUNTERED = SessionTimeCountered(from_=45, to=30, reason_code="other", reason=None)


def session(**changes: Any) -> Any:
    return booking.context(**{"now": START + timedelta(hours=1)} | changes)


def test_every_version_that_can_be_adopted_has_its_rules() -> None:
    assert set(RULES) == {*KNOWN["icf"], *KNOWN["emcc"]}
    assert (rules_of("icf", OWN).body, rules_of("emcc", OWN).body) == ("icf", "emcc")


def test_records_a_credential_in_the_place_of_the_one_before() -> None:
    state = given(*COACHES, RECORDED).when(replace(RECORD, level="pcc"), context()).then(replace(RECORDED, level="pcc"))
    assert [one.level for one in state.credentials] == ["pcc"]
    assert not state.credential("icf").number.is_open
    state = (
        given(*COACHES, RECORDED)
        .when(replace(RECORD, body="emcc", level="practitioner"), context())
        .then(replace(RECORDED, body="emcc", level="practitioner"))
    )
    assert {one.body for one in state.credentials} == {"icf", "emcc"}


def test_records_who_is_still_in_education() -> None:
    given(*COACHES).when(LEARNING, context()).then(replace(RECORDED, level=None, number=None, issued_on=None, valid_until=None))


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"valid_until": days(-31)}, "/valid_until"),
        ({"education_start": days(-29)}, "/issued_on"),
        ({"issued_on": days(1)}, "/issued_on"),
        ({"education_start": days(1)}, "/education_start"),
    ],
)
def test_refuses_days_in_the_wrong_order_or_still_to_come(changes: dict[str, Any], pointer: str) -> None:
    given(*COACHES).when(replace(RECORD, **changes), context()).then_refused(DatesInverted, pointer)


@pytest.mark.parametrize("command", [replace(RECORD, level="practitioner"), replace(RECORD, body="emcc"), replace(RECORD, level=None)])
def test_refuses_a_level_of_no_rules_and_a_number_of_no_level(command: RecordCoachCredential) -> None:
    refusal = given(*COACHES).when(command, context()).then_refused(CredentialLevelUnknown, "/level")
    assert refusal.facts["known"] == [level.code for level in rules_of(command.body, OWN).levels]


def test_refuses_the_credential_of_somebody_who_does_not_coach() -> None:
    given(REGISTERED, membership("client")).when(RECORD, context()).then_refused(NotACoach)


def test_a_coach_hands_in_their_own_log_as_it_stands() -> None:
    own = context(actor=IDS[0], role="coach", log=LOG)
    state = given(*COACHES).when(ExportCredentialLog(body="icf"), own).then(EXPORTED)
    assert state.has_exported(40)
    assert not state.has_exported(41)
    given(*COACHES, EXPORTED).when(ExportCredentialLog(body="emcc"), own).then(replace(EXPORTED, body="emcc", ruleset="emcc-eia-2021"))


def test_refuses_to_hand_in_an_empty_log_and_that_of_another() -> None:
    own = context(actor=IDS[0], role="coach")
    given(*COACHES).when(ExportCredentialLog(body="icf"), own).then_refused(LogEmpty)
    given(*COACHES).when(ExportCredentialLog(body="icf"), replace(own, log=replace(LOG, sessions=0))).then_refused(LogEmpty)
    given(*COACHES).when(ExportCredentialLog(body="icf"), replace(own, log=LOG, actor=STRANGER)).then_refused(NotPermitted)


def test_a_client_lets_a_coach_name_them_and_takes_it_back_at_any_time() -> None:
    own = context(actor=IDS[0], role="client", coach_exists=True)
    grant, withdraw = GrantListingConsent(coach_id=COACH), WithdrawListingConsent(coach_id=COACH)
    assert given(REGISTERED).when(grant, own).then(LISTED).listed_by == (COACH,)
    given(REGISTERED, LISTED).when(grant, own).then_nothing()
    assert given(REGISTERED, LISTED).when(withdraw, own).then(UNLISTED).listed_by == ()
    given(REGISTERED).when(withdraw, own).then_nothing()
    given(REGISTERED, LISTED, UNLISTED).when(grant, own).then(LISTED)


def test_refuses_that_somebody_else_consents_and_a_coach_that_there_is_not() -> None:
    own = context(actor=IDS[0], role="client", coach_exists=True)
    grant, withdraw = GrantListingConsent(coach_id=COACH), WithdrawListingConsent(coach_id=COACH)
    given(REGISTERED).when(grant, replace(own, actor=COACH)).then_refused(NotPermitted)
    given(REGISTERED, LISTED).when(withdraw, replace(own, actor=COACH)).then_refused(NotPermitted)
    given(REGISTERED).when(grant, replace(own, coach_exists=False)).then_refused(NotFound, "/coach_id")
    given(REGISTERED).when(GrantListingConsent(coach_id=IDS[0]), own).then_refused(SelfCoaching, "/coach_id")


def test_what_was_handed_in_is_changed_by_a_counter_entry_alone() -> None:
    given(SCHEDULED, COMPLETED).when(CORRECT, session(exported=True)).then_refused(LogExported)
    state = given(SCHEDULED, COMPLETED).when(COUNTER, session(exported=True)).then(COUNTERED)
    assert state.minutes_held == 30
    given(SCHEDULED, COMPLETED, COUNTERED).when(replace(COUNTER, from_=30, to=45), session(exported=True)).then(
        replace(COUNTERED, from_=30, to=45)
    )
    given(SCHEDULED, COMPLETED).when(COUNTER, session()).then_refused(LogNotExported)
    given(SCHEDULED, COMPLETED).when(CORRECT, session()).then(CORRECTED)


def test_a_counter_entry_is_refused_as_a_correction_is() -> None:
    exported = session(exported=True)
    given(SCHEDULED, MISSED).when(COUNTER, exported).then_refused(NotAttended)
    given(SCHEDULED, COMPLETED).when(replace(COUNTER, reason_code=None), exported).then_refused(ReasonRequired)
    given(SCHEDULED, COMPLETED).when(replace(COUNTER, from_=44), exported).then_refused(VersionConflict, "/from")
    given(SCHEDULED, COMPLETED).when(replace(COUNTER, to=481), exported).then_refused(MinutesOutOfRange, "/to")
    given(SCHEDULED, COMPLETED).when(replace(COUNTER, to=45), exported).then_nothing()


DEVELOPED = CoachDevelopmentRecorded(development_id=IDS[0], kind="supervision", held_on=days(-3), minutes=60)
DEVELOP = RecordCoachDevelopment(kind="supervision", held_on=days(-3), minutes=60)
TAKEN_BACK = CoachDevelopmentWithdrawn(development_id=IDS[0], reason_code="other", reason=None)


def test_what_a_coach_does_for_their_own_profession_is_recorded() -> None:
    state = given(*COACHES).when(DEVELOP, context()).then(DEVELOPED)
    assert [(one.kind, one.held_on, one.minutes) for one in state.development] == [("supervision", days(-3), 60)]


def test_development_is_a_coach_s_and_has_been() -> None:
    given(REGISTERED).when(DEVELOP, context()).then_refused(NotACoach)
    given(*COACHES).when(replace(DEVELOP, held_on=days(1)), context()).then_refused(DatesInverted, "/held_on")
    entries = [replace(DEVELOPED, development_id=uuid(1000 + number)) for number in range(MOST_DEVELOPMENT)]
    given(*COACHES, *entries).when(DEVELOP, context()).then_refused(QuotaReached)


def test_an_entry_that_was_wrong_is_taken_back_once() -> None:
    withdraw = WithdrawCoachDevelopment(development_id=IDS[0], reason_code="other")
    assert given(*COACHES, DEVELOPED).when(withdraw, context()).then(TAKEN_BACK).development == ()
    given(*COACHES, DEVELOPED, TAKEN_BACK).when(withdraw, context()).then_refused(ItemUnknown, "/development_id")
    given(*COACHES, DEVELOPED).when(replace(withdraw, reason_code=None), context()).then_refused(ReasonRequired, "/reason")
