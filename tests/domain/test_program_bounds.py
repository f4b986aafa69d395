"""What a program gives an engagement: so many sessions, and so many days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.context import EarlierBounds, ProgramBounds
from domain.engagement.commands import ActivateEngagement
from domain.engagement.events import EngagementActivated
from domain.errors.program import BeyondProgramTerms
from tests.domain.spec import NOW, Happened, days, given
from tests.domain.test_engagement import ALONE, ASSIGNED, ASSIGNED_ALONE, CONTRACTED, DRAFT, DRAFTED, FACTS, PROPOSED, context


def test_an_agreement_has_as_many_sessions_as_the_program_gives() -> None:
    given(PROPOSED, ASSIGNED).when(replace(DRAFT, sessions=12), context()).then(replace(DRAFTED, sessions=12))
    refusal = given(PROPOSED, ASSIGNED).when(replace(DRAFT, sessions=13), context()).then_refused(BeyondProgramTerms, "/sessions")
    assert refusal.facts == {"sessions": 12}
    assert given(ALONE, ASSIGNED_ALONE).when(replace(DRAFT, sessions=13), context(program=None)).events()


@pytest.mark.parametrize(
    ("starts_on", "planned_end", "pointer"), [(-1, 120, "/starts_on"), (366, 400, "/starts_on"), (0, 366, "/planned_end")]
)
def test_coaching_lies_within_the_days_of_the_program(starts_on: int, planned_end: int, pointer: str) -> None:
    begin = ActivateEngagement(starts_on=days(starts_on), planned_end=days(planned_end))
    refusal = given(*CONTRACTED).when(begin, context()).then_refused(BeyondProgramTerms, pointer)
    assert refusal.facts == {"starts_on": days(0), "ends_on": days(365)}
    whole = ActivateEngagement(starts_on=days(0), planned_end=days(365))
    given(*CONTRACTED).when(whole, context()).then(EngagementActivated(starts_on=days(0), planned_end=days(365)))


def test_terms_that_are_for_new_engagements_only_bind_none_that_was_proposed_before() -> None:
    earlier = EarlierBounds(before=NOW, bounds=ProgramBounds(starts_on=days(0), ends_on=days(90), sessions=4))
    program = replace(FACTS, earlier_bounds=(earlier,))
    draft = replace(DRAFT, sessions=5)
    given(PROPOSED, ASSIGNED).when(draft, context(program=program)).then(replace(DRAFTED, sessions=5))
    before = Happened(PROPOSED, at=NOW - timedelta(days=1))
    given(before, ASSIGNED).when(draft, context(program=program)).then_refused(BeyondProgramTerms, "/sessions")
