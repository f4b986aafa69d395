"""Questionnaires of an organization's own: added in versions, launched with, retired."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.assessment.commands import LaunchNeedsAssessment, SubmitSelfAssessment
from domain.assessment.events import SelfAssessmentSubmitted
from domain.errors import ItemUnknown
from domain.errors.assessment import AnswerOutOfScale
from domain.errors.organization import CompetencyNamedTwice, InstrumentCodeTaken, QuotaReached
from domain.organization.commands import AddInstrument, LicensedCompetencyBody, LicensedStatementBody, RetireInstrument
from domain.organization.decide.instrument import MOST_INSTRUMENTS
from domain.organization.events import InstrumentAdded, InstrumentRetired
from domain.questionnaire import LicensedCompetency, LicensedInstrument, LicensedStatement
from domain.values import OfClient
from tests.domain.spec import CLIENT, given
from tests.domain.test_assessment import ENGAGEMENT, LAUNCHED
from tests.domain.test_assessment import context as assessing
from tests.domain.test_organization import REGISTERED, context

ADD = AddInstrument(
    code="corvane_compass",
    label="Corvane compass",
    licence="Corvane Ltd., licence 2026-14",
    lowest=0,
    anchors=("not yet", "at times", "always"),
    competencies=(
        LicensedCompetencyBody(
            competency="courage",
            label="Courage",
            statements=(
                LicensedStatementBody(own="I say no.", of_others="They say no."),
                LicensedStatementBody(own="I ask for help.", of_others="They ask for help."),
            ),
        ),
    ),
)
COMPASS = LicensedInstrument(
    code="corvane_compass",
    version=1,
    label="Corvane compass",
    language="en",
    licence="Corvane Ltd., licence 2026-14",
    scale_version=1,
    lowest=0,
    anchors=("not yet", "at times", "always"),
    competencies=(
        LicensedCompetency(
            competency="courage",
            label="Courage",
            statements=(
                LicensedStatement(own="I say no.", of_others="They say no."),
                LicensedStatement(own="I ask for help.", of_others="They ask for help."),
            ),
        ),
    ),
)
ADDED, RETIRED = InstrumentAdded(instrument=COMPASS), InstrumentRetired(code=COMPASS.code)
LAUNCH = LaunchNeedsAssessment(engagement_id=ENGAGEMENT.id, instrument=COMPASS.code)
LAUNCHED_BY_IT = replace(LAUNCHED, instrument=COMPASS.code, competencies=("courage",), licensed=COMPASS)


def test_is_added_and_the_same_again_changes_nothing() -> None:
    assert given(REGISTERED).when(ADD, context()).then(ADDED).own_instruments == {COMPASS.code: COMPASS}
    given(REGISTERED, ADDED).when(ADD, context()).then_nothing()


def test_other_words_are_a_new_version_and_other_points_another_scale() -> None:
    given(REGISTERED, ADDED).when(replace(ADD, label="Compass"), context()).then(
        InstrumentAdded(instrument=replace(COMPASS, version=2, label="Compass"))
    )
    given(REGISTERED, ADDED).when(replace(ADD, lowest=1), context()).then(
        InstrumentAdded(instrument=replace(COMPASS, version=2, scale_version=2, lowest=1))
    )


def test_is_retired_and_may_come_back() -> None:
    state = given(REGISTERED, ADDED).when(RetireInstrument(code=COMPASS.code), context()).then(RETIRED)
    assert state.own_instruments == {}
    given(REGISTERED, ADDED, RETIRED).when(RetireInstrument(code=COMPASS.code), context()).then_nothing()
    assert given(REGISTERED, ADDED, RETIRED).when(ADD, context()).then(ADDED).own_instruments == {COMPASS.code: COMPASS}


def test_refuses_to_retire_what_the_organization_did_not_add() -> None:
    refusal = given(REGISTERED, ADDED).when(RetireInstrument(code="throughline_leadership"), context()).then_refused(ItemUnknown, "/code")
    assert refusal.facts == {"known": [COMPASS.code]}


def test_refuses_the_code_of_the_products_own() -> None:
    given(REGISTERED).when(replace(ADD, code="throughline_leadership"), context()).then_refused(InstrumentCodeTaken, "/code")


def test_refuses_a_competency_twice() -> None:
    twice = replace(ADD, competencies=ADD.competencies * 2)
    given(REGISTERED).when(twice, context()).then_refused(CompetencyNamedTwice, "/competencies/1/competency")


def test_refuses_more_than_a_policy_should_carry() -> None:
    full = [InstrumentAdded(instrument=replace(COMPASS, code=f"compass_{number}")) for number in range(MOST_INSTRUMENTS)]
    given(REGISTERED, *full).when(ADD, context()).then_refused(QuotaReached)


def test_an_assessment_keeps_the_instrument_that_it_was_launched_with() -> None:
    event = given().when(LAUNCH, assessing(instruments={COMPASS.code: COMPASS})).then(LAUNCHED_BY_IT)
    assert event.licensed == COMPASS
    client = assessing(actor=CLIENT, role="client")
    answers: dict[str, int | None] = {"courage_1": 0, "courage_2": 2}
    submitted = SelfAssessmentSubmitted(
        engagement_id=ENGAGEMENT.id, kind="self", answers=OfClient({"courage_1": 0, "courage_2": 2}), scale_version=1
    )
    given(LAUNCHED_BY_IT).when(SubmitSelfAssessment(answers=answers), client).then(submitted)
    given(LAUNCHED_BY_IT).when(SubmitSelfAssessment(answers=answers | {"courage_2": 3}), client).then_refused(AnswerOutOfScale)


@pytest.mark.parametrize(
    ("launch", "pointer"),
    [(LAUNCH, "/instrument"), (replace(LAUNCH, instrument="throughline_leadership", competencies=("courage",)), "/competencies")],
)
def test_what_is_unknown_is_answered_with_what_there_is(launch: LaunchNeedsAssessment, pointer: str) -> None:
    refusal = given().when(launch, assessing()).then_refused(ItemUnknown, pointer)
    assert ("throughline_leadership" in refusal.facts["known"]) or ("delegation" in refusal.facts["known"])
