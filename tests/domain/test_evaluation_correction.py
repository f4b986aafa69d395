"""Putting a judgement right, and taking note of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, ReasonRequired, VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.evaluation import EstimateOutOfRange, NothingRecorded, PlanVersionUnknown
from domain.errors.plan import NotItsEntry
from domain.evaluation.commands import (
    AcknowledgeEvaluation,
    CorrectBenefit,
    CorrectEffectiveness,
    CorrectEvaluation,
    CorrectionBody,
    CorrectLevel,
    CorrectPlanVersion,
    CorrectRating,
    CorrectSummary,
    WorthBody,
)
from domain.evaluation.correction import (
    BenefitCorrected,
    Correction,
    EffectivenessCorrected,
    LevelCorrected,
    PlanVersionCorrected,
    RatingCorrected,
    SummaryCorrected,
    Worth,
)
from domain.evaluation.events import EvaluationAcknowledged, EvaluationCorrected
from domain.evaluation.judgement import Benefit, LevelRating, ObjectiveRating
from domain.values import OfClient
from tests.domain.spec import CLIENT, COACH, SPONSOR, given, uuid
from tests.domain.test_evaluation import OBJECTIVE, RECORDED, SCHEDULED, context

WORTH = {"value": Decimal("1200.50"), "currency": "eur", "attribution": 50, "confidence": 80}
LESS: dict[str, Any] = WORTH | {"value": Decimal(600)}
SUMMARY = CorrectSummary(to="It helps, where it is used.", seen=2)


def correct(body: CorrectionBody, version: int = 2, **changes: Any) -> CorrectEvaluation:
    return CorrectEvaluation(**{"corrects_version": version, "correction": body, "reason_code": "other"} | changes)


def corrected(correction: Correction) -> EvaluationCorrected:
    return EvaluationCorrected(evaluator="coach", corrects_version=2, correction=correction, reason_code="other", reason=None)


CASES: tuple[tuple[CorrectionBody, Correction, dict[str, Any]], ...] = (
    (CorrectPlanVersion(from_=2, to=1), PlanVersionCorrected(from_=2, to=1), {"plan_version": 1}),
    (CorrectEffectiveness(from_=4, to=3), EffectivenessCorrected(from_=4, to=3), {"effectiveness": 3}),
    (
        CorrectRating(objective_id=OBJECTIVE, from_=4, to=5),
        RatingCorrected(objective_id=OBJECTIVE, from_=4, to=5),
        {"ratings": (ObjectiveRating(objective_id=OBJECTIVE, rating=5, comment=RECORDED.ratings[0].comment),)},
    ),
    (CorrectRating(objective_id=OBJECTIVE, from_=4, to=None), RatingCorrected(objective_id=OBJECTIVE, from_=4, to=None), {"ratings": ()}),
    (
        CorrectLevel(level=1, from_=None, to=5),
        LevelCorrected(level=1, from_=None, to=5),
        {"levels": (LevelRating(level=1, rating=5), LevelRating(level=3, rating=4))},
    ),
    (CorrectLevel(level=3, from_=4, to=None), LevelCorrected(level=3, from_=4, to=None), {"levels": ()}),
    (
        CorrectBenefit(objective_id=OBJECTIVE, from_=WorthBody(**WORTH), to=WorthBody(**LESS)),
        BenefitCorrected(objective_id=OBJECTIVE, from_=Worth(**WORTH), to=Worth(**LESS)),
        {"benefits": (Benefit(objective_id=OBJECTIVE, **LESS),)},
    ),
    (
        CorrectBenefit(objective_id=OBJECTIVE, from_=None, to=WorthBody(**LESS)),
        BenefitCorrected(objective_id=OBJECTIVE, from_=None, to=Worth(**LESS)),
        {"benefits": (Benefit(objective_id=OBJECTIVE, **WORTH), Benefit(objective_id=OBJECTIVE, **LESS))},
    ),
    (
        CorrectBenefit(objective_id=OBJECTIVE, from_=WorthBody(**WORTH), to=None),
        BenefitCorrected(objective_id=OBJECTIVE, from_=Worth(**WORTH), to=None),
        {"benefits": ()},
    ),
)


@pytest.mark.parametrize(("body", "correction", "stands"), CASES)
def test_the_judgement_says_what_it_was_corrected_to(body: CorrectionBody, correction: Correction, stands: dict[str, Any]) -> None:
    state = given(SCHEDULED, RECORDED).when(correct(body), context()).then(corrected(correction))
    (judged,) = state.judgements
    plain = {name: value for name, value in stands.items() if name != "ratings"}
    assert {name: getattr(judged, name) for name in plain} == plain
    if "ratings" in stands:
        assert [(one.objective_id, one.rating) for one in judged.ratings] == [(one.objective_id, one.rating) for one in stands["ratings"]]
    assert (judged.version, judged.touched, judged.is_corrected) == (2, 3, True)


def test_a_rating_that_is_corrected_keeps_what_was_said_about_it() -> None:
    body = CorrectRating(objective_id=OBJECTIVE, from_=4, to=5)
    state = (
        given(SCHEDULED, RECORDED).when(correct(body), context()).then(corrected(RatingCorrected(objective_id=OBJECTIVE, from_=4, to=5)))
    )
    assert state.judgements[0].ratings[0].comment is not None


def test_a_summary_names_the_version_that_it_replaces() -> None:
    first = corrected(SummaryCorrected(to=OfClient("It helps, where it is used."), replaces=2))
    given(SCHEDULED, RECORDED).when(correct(SUMMARY), context()).then(first)
    second = corrected(SummaryCorrected(to=None, replaces=3))
    given(SCHEDULED, RECORDED, first).when(correct(CorrectSummary(to=None, seen=3)), context()).then(second)
    given(SCHEDULED, RECORDED, first).when(correct(CorrectSummary(to=None, seen=2)), context()).then_refused(
        VersionConflict, "/correction/seen"
    )


def test_what_says_the_same_already_needs_no_correction() -> None:
    given(SCHEDULED, RECORDED).when(correct(CorrectEffectiveness(from_=1, to=4)), context()).then_nothing()


@pytest.mark.parametrize(
    "body",
    [
        CorrectEffectiveness(from_=5, to=3),
        CorrectRating(objective_id=OBJECTIVE, from_=None, to=3),
        CorrectLevel(level=3, from_=2, to=3),
        CorrectBenefit(objective_id=OBJECTIVE, from_=WorthBody(**LESS), to=None),
    ],
)
def test_refuses_to_replace_what_was_not_read(body: CorrectionBody) -> None:
    refusal = given(SCHEDULED, RECORDED).when(correct(body), context()).then_refused(VersionConflict, "/correction/from")
    assert (refusal.facts["changed_at"], refusal.facts["changed_by"]) == (2, COACH)


def test_a_correction_says_why() -> None:
    body = CorrectEffectiveness(from_=4, to=3)
    given(SCHEDULED, RECORDED).when(correct(body, reason_code=None), context()).then_refused(ReasonRequired, "/reason")


def test_each_corrects_their_own_judgement_only() -> None:
    body = CorrectEffectiveness(from_=4, to=3)
    for actor in (CLIENT, SPONSOR, uuid(9)):
        given(SCHEDULED, RECORDED).when(correct(body), context(actor=actor)).then_refused(NotAParty)


def test_refuses_to_correct_what_stands_nowhere() -> None:
    body = CorrectEffectiveness(from_=4, to=3)
    for version in (1, 3):
        given(SCHEDULED, RECORDED).when(correct(body, version), context()).then_refused(NotItsEntry, "/corrects_version")


def test_refuses_a_version_or_an_objective_that_the_plan_has_not() -> None:
    wrong = correct(CorrectPlanVersion(from_=2, to=7))
    given(SCHEDULED, RECORDED).when(wrong, context()).then_refused(PlanVersionUnknown, "/correction/to")
    for body in (
        CorrectRating(objective_id=uuid(77), from_=None, to=1),
        CorrectBenefit(objective_id=uuid(77), from_=None, to=WorthBody(**WORTH)),
    ):
        given(SCHEDULED, RECORDED).when(correct(body), context()).then_refused(ItemUnknown, "/correction/objective_id")


@pytest.mark.parametrize("bounds", [{"attribution": 101}, {"confidence": -1}])
def test_a_corrected_estimate_is_per_cent(bounds: dict[str, int]) -> None:
    wrong = correct(CorrectBenefit(objective_id=OBJECTIVE, from_=WorthBody(**WORTH), to=WorthBody(**{**LESS, **bounds})))
    given(SCHEDULED, RECORDED).when(wrong, context()).then_refused(EstimateOutOfRange, f"/correction/to/{next(iter(bounds))}")


@pytest.mark.parametrize("bounds", [{"value": "NaN"}, {"currency": "EUR"}])
def test_a_corrected_benefit_is_as_bounded_as_any(bounds: dict[str, Any]) -> None:
    to = {"value": "1", "currency": "eur", "attribution": 50, "confidence": 50} | bounds
    body = {"field": "benefit", "objective_id": str(OBJECTIVE), "from": None, "to": to}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"corrects_version": 2, "correction": body, "reason_code": "other"}, CorrectEvaluation)


class TestAcknowledging:
    def test_the_client_takes_note_of_what_they_read(self) -> None:
        state = given(SCHEDULED, RECORDED).when(AcknowledgeEvaluation(seen=2), context(actor=CLIENT)).then(taken(2))
        assert state.is_acknowledged

    @pytest.mark.parametrize("stage", ["paused", "completed", "ended_early"])
    def test_at_any_time(self, stage: Any) -> None:
        after = context(actor=CLIENT)
        over = replace(after, engagement=replace(after.engagement, state=stage))
        given(SCHEDULED, RECORDED).when(AcknowledgeEvaluation(seen=5), over).then(taken(2))

    def test_once(self) -> None:
        given(SCHEDULED, RECORDED, taken(2)).when(AcknowledgeEvaluation(seen=3), context(actor=CLIENT)).then_nothing()

    def test_what_is_judged_or_corrected_afterwards_is_not_acknowledged(self) -> None:
        later = corrected(EffectivenessCorrected(from_=4, to=3))
        past = (SCHEDULED, RECORDED, taken(2), later)
        given(*past).when(AcknowledgeEvaluation(seen=4), context(actor=CLIENT)).then(taken(4))
        refusal = given(*past).when(AcknowledgeEvaluation(seen=3), context(actor=CLIENT)).then_refused(VersionConflict, "/seen")
        assert refusal.facts["current"] == 4

    def test_nobody_else_does(self) -> None:
        for actor in (COACH, SPONSOR, uuid(9)):
            given(SCHEDULED, RECORDED).when(AcknowledgeEvaluation(seen=2), context(actor=actor)).then_refused(NotPermitted)

    def test_there_is_something_to_take_note_of(self) -> None:
        given(SCHEDULED).when(AcknowledgeEvaluation(seen=1), context(actor=CLIENT)).then_refused(NothingRecorded)


def taken(seen: int) -> EvaluationAcknowledged:
    return EvaluationAcknowledged(by="client", seen=seen)
