"""The rules of a program: its terms, its pool and its seats."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.errors.program import (
    AlreadyEnrolled,
    ClientOrganizationUnknown,
    CoachInPool,
    CoachPoolEmpty,
    DatesInverted,
    NotAClient,
    NotACoach,
    NotASponsor,
    ProgramAlreadyOpen,
    ProgramFull,
    ProgramNotOpen,
    SponsorRequired,
)
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, EvaluationPointBody, OpenProgram
from domain.program.context import ProgramContext
from domain.program.events import CoachAddedToPool, EvaluationPoint, Outcome, ParticipantEnrolled, ProgramDefined, ProgramOpened
from domain.values import OfPerson
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, days, folded, given, known

DEFINE = DefineProgram(
    name="New leaders",
    starts_on=days(0),
    ends_on=days(180),
    capacity=1,
    sessions_per_engagement=8,
    sponsored=True,
    sponsor_ids=(SPONSOR,),
    sponsor_approves_plans=True,
    outcomes=("Fewer escalations", "Shorter onboarding"),
    required_assessments=("self",),
    evaluation_points=(EvaluationPointBody(code="mid", kind="interim", anchor="middle"),),
)
DEFINED = ProgramDefined(
    program_id=IDS[0],
    name="New leaders",
    sponsored=True,
    sponsor_ids=(SPONSOR,),
    sponsor_approves_plans=True,
    sponsor_accepts_changes=False,
    outcomes=(Outcome(id=IDS[1], text="Fewer escalations"), Outcome(id=IDS[2], text="Shorter onboarding")),
    starts_on=days(0),
    ends_on=days(180),
    capacity=1,
    sessions_per_engagement=8,
    required_assessments=("self",),
    evaluation_points=(EvaluationPoint(code="mid", kind="interim", anchor="middle", offset_days=0),),
    smart_gate=None,
    client_organization_id=None,
)
POOLED = CoachAddedToPool(coach_id=COACH, max_engagements=3, returns_to=None, places_kept=0)
OPENED = ProgramOpened()
ENROLLED = ParticipantEnrolled(client_id=CLIENT, cohort=None, department=None, location=None, returns_to=None)


def context(**changes: Any) -> ProgramContext:
    return ProgramContext(
        **known(role="program_manager", **{"sponsor_roles_held": True, "coach_role_held": True, "client_role_held": True} | changes)
    )


def test_defines_a_program_with_an_id_for_each_outcome() -> None:
    given().when(DEFINE, context()).then(DEFINED)


@pytest.mark.parametrize("ends_on", [days(0), days(-1)])
def test_refuses_an_end_that_does_not_lie_after_the_start(ends_on: Any) -> None:
    given().when(replace(DEFINE, ends_on=ends_on), context()).then_refused(DatesInverted, "/ends_on")


@pytest.mark.parametrize("field", ["sponsored", "sponsor_approves_plans", "sponsor_accepts_changes"])
def test_a_program_whose_sponsor_has_a_part_names_one(field: str) -> None:
    nobody: dict[str, Any] = {"sponsored": False, "sponsor_ids": (), "sponsor_approves_plans": False, "sponsor_accepts_changes": False}
    given().when(replace(DEFINE, **nobody | {field: True}), context()).then_refused(SponsorRequired, "/sponsor_ids")


def test_refuses_a_sponsor_without_the_role() -> None:
    given().when(DEFINE, context(sponsor_roles_held=False)).then_refused(NotASponsor, "/sponsor_ids")


def test_refuses_a_client_organization_that_was_not_added() -> None:
    command = replace(DEFINE, client_organization_id=STRANGER)
    given().when(command, context()).then_refused(ClientOrganizationUnknown, "/client_organization_id")
    given().when(command, context(client_organization_known=True)).then(replace(DEFINED, client_organization_id=STRANGER))


def test_two_evaluation_points_of_one_code_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="a code of its own"):
        replace(DEFINE, evaluation_points=DEFINE.evaluation_points * 2)
    with pytest.raises(msgspec.ValidationError, match="unknown field `extra`"):
        msgspec.convert({"code": "mid", "kind": "interim", "anchor": "middle", "extra": 1}, EvaluationPointBody)


def test_opens_with_a_coach_in_its_pool() -> None:
    assert given(DEFINED, POOLED).when(OpenProgram(), context()).then(OPENED).is_open


def test_refuses_to_open_without_a_coach() -> None:
    given(DEFINED).when(OpenProgram(), context()).then_refused(CoachPoolEmpty)


def test_refuses_to_open_twice() -> None:
    given(DEFINED, POOLED, OPENED).when(OpenProgram(), context()).then_refused(ProgramAlreadyOpen)


def test_adds_a_coach_before_and_after_it_opened() -> None:
    command = AddCoachToPool(coach_id=STRANGER, max_engagements=2)
    added = CoachAddedToPool(coach_id=STRANGER, max_engagements=2, returns_to=None, places_kept=0)
    given(DEFINED).when(command, context()).then(added)
    assert given(DEFINED, POOLED, OPENED).when(command, context()).then(added).pool == {COACH: 3, STRANGER: 2}


def test_refuses_a_coach_twice_and_one_without_the_role() -> None:
    command = AddCoachToPool(coach_id=COACH, max_engagements=3)
    given(DEFINED, POOLED).when(command, context()).then_refused(CoachInPool, "/coach_id")
    given(DEFINED).when(command, context(coach_role_held=False)).then_refused(NotACoach, "/coach_id")


def test_enrols_with_department_and_location_as_they_are_that_day() -> None:
    command = EnrolParticipant(client_id=CLIENT, cohort="spring-2026", department="Sales", location="Leeds")
    event = ParticipantEnrolled(
        client_id=CLIENT,
        cohort="spring-2026",
        department=OfPerson("Sales", subject=CLIENT),
        location=OfPerson("Leeds", subject=CLIENT),
        returns_to=None,
    )
    given(DEFINED, POOLED, OPENED).when(command, context()).then(event)


def test_refuses_to_enrol_before_it_opened() -> None:
    given(DEFINED, POOLED).when(EnrolParticipant(client_id=CLIENT), context()).then_refused(ProgramNotOpen)


def test_refuses_to_enrol_somebody_without_the_role() -> None:
    past = (DEFINED, POOLED, OPENED)
    given(*past).when(EnrolParticipant(client_id=CLIENT), context(client_role_held=False)).then_refused(NotAClient, "/client_id")


def test_the_last_seat_is_given_once() -> None:
    past = (DEFINED, POOLED, OPENED)
    given(*past).when(EnrolParticipant(client_id=CLIENT), context()).then(ENROLLED)
    given(*past, ENROLLED).when(EnrolParticipant(client_id=CLIENT), context()).then_refused(AlreadyEnrolled, "/client_id")
    given(*past, ENROLLED).when(EnrolParticipant(client_id=STRANGER), context()).then_refused(ProgramFull)


def test_tells_other_nouns_what_they_need() -> None:
    facts = folded("program", [DEFINED, POOLED, OPENED, ENROLLED]).facts()
    assert facts.is_open
    assert facts.sponsor_approves_plans
    assert not facts.sponsor_accepts_changes
    assert facts.outcome_ids == {IDS[1], IDS[2]}
    assert facts.evaluation_points == {"mid"}
    assert facts.pool == {COACH: 3}
    assert facts.enrolled == {CLIENT}
