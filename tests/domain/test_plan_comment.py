"""What a sponsor says about what the client lets them see."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.errors import NotPermitted
from domain.errors.plan import NotDisclosed
from domain.plan.commands import CommentAsSponsor
from domain.plan.events import SponsorCommented
from domain.values import OfAuthor
from tests.domain.planning import ENGAGED, OBJECTIVE, UNKNOWN, active, approved, by, defined, drafted
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, Happened, given, uuid

EVALUATION = uuid(90)
COMMENT = CommentAsSponsor(about="objective", about_id=OBJECTIVE, text="This is what the board asked for.")
COMMENTED = SponsorCommented(comment_id=IDS[0], about="objective", about_id=OBJECTIVE, text=OfAuthor("This is what the board asked for."))
JUDGED = replace(COMMENT, about="evaluation", about_id=EVALUATION)
SUMMARY = replace(ENGAGED, consents=frozenset({"evaluation_summary"}))


def test_about_an_agreed_objective() -> None:
    state = given(*active(defined())).when(COMMENT, by(SPONSOR)).then(COMMENTED)
    assert [(one.id, one.about_id, one.at) for one in state.comments] == [(IDS[0], OBJECTIVE, NOW)]


def test_its_author_is_who_said_it() -> None:
    state = given(*active(defined()), Happened(COMMENTED, actor=SPONSOR)).when(COMMENT, by(SPONSOR, ids=(IDS[1],)))
    after = state.then(replace(COMMENTED, comment_id=IDS[1]))
    assert after.comments[0].by == SPONSOR


def test_about_an_evaluation_that_was_recorded() -> None:
    expected = replace(COMMENTED, about="evaluation", about_id=EVALUATION)
    recorded = frozenset({EVALUATION})
    given(*active(defined())).when(JUDGED, by(SPONSOR, engagement=SUMMARY, recorded_evaluations=recorded)).then(expected)
    given(*active(defined())).when(JUDGED, by(SPONSOR, engagement=SUMMARY)).then_refused(NotDisclosed, "/about_id")
    given(*active(defined())).when(JUDGED, by(SPONSOR, recorded_evaluations=recorded)).then_refused(NotDisclosed, "/about_id")


@pytest.mark.parametrize("past", [(drafted(), defined()), approved(defined())])
def test_not_about_what_is_not_agreed_yet(past: tuple[SponsorCommented, ...]) -> None:
    given(*past).when(COMMENT, by(SPONSOR)).then_refused(NotDisclosed, "/about_id")


def test_not_beyond_the_consent_nor_about_what_is_not_there() -> None:
    blind = replace(ENGAGED, consents=frozenset({"progress", "attainment"}))
    given(*active(defined())).when(COMMENT, by(SPONSOR, engagement=blind)).then_refused(NotDisclosed, "/about_id")
    given(*active(defined())).when(replace(COMMENT, about_id=UNKNOWN), by(SPONSOR)).then_refused(NotDisclosed, "/about_id")


@pytest.mark.parametrize("actor", [CLIENT, COACH])
def test_nobody_else_comments_as_a_sponsor(actor: UUID) -> None:
    given(*active(defined())).when(COMMENT, by(actor)).then_refused(NotPermitted)
