"""Closing, releasing and debriefing an assessment by raters, and what its results can prove."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.assessment.commands import CloseAssessment, DebriefAssessment, IdentifyNeed, NeedEvidenceBody, ReleaseAssessmentResults
from domain.assessment.events import AssessmentDebriefed, AssessmentResultsReleased, GroupCount, NeedIdentified
from domain.assessment.need import NeedEvidence
from domain.assessment.result.whole import Verdict, result_hash
from domain.errors import ItemUnknown, ReasonRequired
from domain.errors.answering import AlreadySubmitted
from domain.errors.assessment import (
    AssessmentClosed,
    AssessmentNotReleased,
    AssessmentStillOpen,
    BelowAnonymityFloor,
    EvidenceSuppressed,
    ResultsAlreadyReleased,
)
from domain.errors.program import DatesInverted
from domain.values import OfClient, of_author
from tests.domain.assessing import ASKED, approved, closed, context, said, submitted
from tests.domain.spec import IDS, days, folded, given, uuid
from tests.domain.test_assessment import LAUNCHED, SUBMITTED

CLOSE = CloseAssessment()
RELEASE = ReleaseAssessmentResults()
LATER = days(15)
PEERS = [said("peer", 4, 4, 2), said("peer", 5, 4, 3), said("peer", 3, 4, 1)]
MANAGER = said("manager", 2, 2, 2)
OTHERS = [said("other", 1, 1, 1), said("other", 2, 2, 2)]


def count(group: Any, asked: int, answered: int | None, folded: Any = None) -> GroupCount:
    return GroupCount(group=group, asked=asked, answered=answered, folded=folded)


PEER_COUNT, MANAGER_COUNT = count("peer", 3, 3), count("manager", 1, 1)


def test_what_waited_comes_in_with_the_closing_in_the_order_that_was_drawn() -> None:
    past = [ASKED, *approved("peer", "peer", "peer", "manager")]
    feedback = (PEERS[2], MANAGER, PEERS[0], PEERS[1])
    state = (
        given(*past)
        .when(CLOSE, context(today=LATER, feedback=feedback, reminders=2))
        .then(*map(submitted, feedback), closed(4, [MANAGER_COUNT, PEER_COUNT], reminders=2))
    )
    assert (state.stage, state.answered, len(state.feedback)) == ("closed", 4, 4)


def test_answers_of_a_group_that_is_too_small_do_not_say_any_more_which_it_was() -> None:
    past = [ASKED, *approved(*["peer"] * 3, *["other"] * 2, *["direct_report"] * 3)]
    reports = [said("direct_report", 5), said("direct_report", 5), said("direct_report", 5)]
    feedback = (*PEERS, *OTHERS, *reports)
    kept = [*(replace(one, group="peer") for one in PEERS), *(replace(one, group=None) for one in [*OTHERS, *reports])]
    counts = [count("direct_report", 3, None, "difference"), count("other", 2, None, "below_floor"), PEER_COUNT]
    given(*past).when(CLOSE, context(today=LATER, feedback=feedback)).then(*map(submitted, kept), closed(8, counts))


def test_how_many_answered_in_all_does_not_tell_whether_the_only_one_of_a_group_did() -> None:
    past = [ASKED, *approved("peer", "peer", "peer", "other", "manager")]
    kept = [replace(one, group="peer") for one in PEERS]
    counts = [count("manager", 1, 0), count("other", 1, None), count("peer", 3, None)]
    given(*past).when(CLOSE, context(today=LATER, feedback=tuple(PEERS))).then(*map(submitted, kept), closed(3, counts))


def test_closing_early_needs_a_reason_only_while_a_group_is_too_small() -> None:
    past = [ASKED, *approved("peer", "peer", "peer")]
    early = closed(3, [PEER_COUNT], closed_on=days(14), early=True)
    given(*past).when(CLOSE, context(today=days(14), feedback=tuple(PEERS))).then(*map(submitted, PEERS), early)
    given(*past).when(CLOSE, context(feedback=tuple(PEERS[:2]))).then_refused(ReasonRequired)
    why = "The whole team moves to another site."
    few = closed(0, [count("peer", 3, None)], closed_on=days(0), early=True, reason=of_author(why))
    given(*past).when(CloseAssessment(reason=why), context()).then(few)


def test_closes_once() -> None:
    given(ASKED, closed(0)).when(CLOSE, context(today=LATER)).then_refused(AssessmentClosed)
    given(LAUNCHED, SUBMITTED).when(CLOSE, context(today=LATER)).then_refused(AlreadySubmitted)


def test_a_self_assessment_that_nobody_answered_can_be_closed() -> None:
    given(LAUNCHED).when(CLOSE, context(today=LATER)).then(closed(0, kind="self"))


PAST = (ASKED, *approved("peer", "peer", "peer", "manager", "other"), *map(submitted, [*PEERS, MANAGER, said(None, 5, 5, 5)]))
CLOSED = (*PAST, closed(5, [MANAGER_COUNT, count("other", 1, None, "below_floor"), PEER_COUNT]))


def released(past: Any = CLOSED, feedback: Any = (*PEERS, MANAGER), **changes: Any) -> AssessmentResultsReleased:
    known = context(today=LATER, feedback=tuple(feedback), own={"delegation_1": 5, "delegation_2": 5}, salt="5a17", **changes)
    (event,) = given(*past).when(RELEASE, known).events()
    assert isinstance(event, AssessmentResultsReleased)
    return event


def test_releases_what_may_be_shown_with_the_decision_on_the_rest() -> None:
    event = released()
    results = event.results.plain()
    assert (event.ruleset, event.suppression, event.result_hash) == ("johari@1", "suppression@1", result_hash(results))
    shown = {(cell.group, cell.about): (cell.n, cell.mean.exact) for cell in results.cells}
    assert shown["peer", "delegation_1"] == (3, 4)
    assert shown["manager", "delegation"] == (1, 2)
    assert shown["pooled", "delegation_2"] == (4, 14 / 4)
    assert Verdict(group="other", about="delegation", verdict="below_floor") in event.decision
    assert {cell.variance for cell in results.cells} == {None}
    assert results.own["delegation"].exact == 5
    assert results.classes == {"delegation": ("challenge", "blind_spot")}


def test_the_same_answers_give_the_same_report_and_another_salt_another_hash() -> None:
    assert released() == released()
    assert released().result_hash != released(feedback=[*PEERS, replace(MANAGER, answers={"delegation_1": 1})]).result_hash


def test_words_are_shown_of_three_and_in_an_order_of_their_own() -> None:
    words = [said("peer", 3, 3, 3, keep=word, **({"change": word} if word != "c" else {})) for word in ("a", "b", "c")]
    results = released(feedback=words).results.plain()
    assert sorted(results.texts["keep"]) == ["a", "b", "c"]
    assert "change" not in results.texts


def test_refuses_to_show_what_is_open_or_too_few_or_was_shown() -> None:
    given(*PAST).when(RELEASE, context()).then_refused(AssessmentStillOpen)
    few = (said(None, 5, 5, 5), said(None, 1, 1, 1))
    given(ASKED, closed(2)).when(RELEASE, context(feedback=few)).then_refused(BelowAnonymityFloor)
    given(*CLOSED, released()).when(RELEASE, context(feedback=tuple(PEERS))).then_refused(ResultsAlreadyReleased)


def test_of_a_self_assessment_the_own_answers_are_released() -> None:
    event = released((LAUNCHED, SUBMITTED), feedback=())
    assert (event.decision, event.results.plain().own_items) == ((), {"delegation_1": 5, "delegation_2": 5})


def test_results_are_gone_through_once_released() -> None:
    debriefed = AssessmentDebriefed(held_on=LATER, session_id=uuid(80))
    command = DebriefAssessment(session_id=uuid(80))
    known = context(today=LATER, session_ids=frozenset({uuid(80)}))
    state = given(*CLOSED, released()).when(command, known).then(debriefed)
    assert state.stage == "debriefed"
    given(*CLOSED, released(), debriefed).when(command, known).then_nothing()
    given(*CLOSED).when(command, known).then_refused(AssessmentNotReleased)
    given(*CLOSED, released()).when(command, context(today=LATER)).then_refused(ItemUnknown, "/session_id")
    for held_on in (days(14), days(16)):
        given(*CLOSED, released()).when(replace(command, held_on=held_on), known).then_refused(DatesInverted, "/held_on")


def identify(**evidence: Any) -> IdentifyNeed:
    shown = NeedEvidenceBody(source="rater_feedback", **evidence)
    return IdentifyNeed(competency="delegation", need_class="blind_spot", evidence=(shown,), client_agrees=True)


@pytest.mark.parametrize("evidence", [{}, {"item": "delegation_1"}, {"group": "peer", "item": "delegation_1"}, {"group": "manager"}])
def test_a_need_may_show_in_what_is_shown(evidence: dict[str, Any]) -> None:
    need = NeedIdentified(
        need_id=IDS[0],
        competency="delegation",
        need_class="blind_spot",
        evidence=(NeedEvidence(source="rater_feedback", **evidence),),
        client_agrees=True,
    )
    given(*CLOSED, released()).when(identify(**evidence), context(today=LATER)).then(need)


def test_no_need_shows_in_what_is_hidden() -> None:
    partly = [*PEERS[:2], said("peer", 3, 4, 0), MANAGER]
    past = (*CLOSED, released(feedback=partly))
    given(*past).when(identify(group="peer", item="delegation_3"), context()).then_refused(EvidenceSuppressed, "/evidence/0")
    given(*past).when(identify(group="other"), context()).then_refused(EvidenceSuppressed, "/evidence/0")
    given(*past).when(identify(group="other", item="delegation_1"), context()).then_refused(EvidenceSuppressed, "/evidence/0")
    given(*CLOSED).when(identify(), context()).then_refused(AssessmentNotReleased, "/evidence/0/source")
    given(*past).when(identify(group="direct_report"), context()).then_refused(ItemUnknown, "/evidence/0")
    interview = replace(identify(), evidence=(NeedEvidenceBody(source="interview", group="peer"),))
    given(*past).when(interview, context()).then_refused(ItemUnknown, "/evidence/0/group")


def test_the_answers_stay_sealed_in_the_state() -> None:
    state = folded("assessment", [*CLOSED, released()])
    assert not any(answers.is_open for answers in state.feedback)
    assert not state.released.results.is_open
    assert isinstance(state.released.results, OfClient)
