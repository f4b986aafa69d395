"""Defining objectives, the client's input, and what an objective may be linked to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.errors import ItemUnknown, NotPermitted, OccurredAtOutOfRange
from domain.errors.engagement import NotAParty
from domain.errors.plan import ChangeMustBeProposed, MeasureMissing, ScaleInvalid, WrongUnit
from domain.plan.commands import DefineObjective, RecordClientInput
from domain.plan.commands.part import BandBody, BaselineBody, LinksBody
from domain.plan.events import ClientInputRecorded, ObjectiveDefined
from domain.plan.smart.verdict import Features, Lint, SmartCode
from domain.plan.terms import Links, ObjectiveTerms
from domain.values import OfClient
from tests.domain.planning import (
    MILESTONE,
    NEED,
    OBJECTIVE,
    OUTCOME,
    STRATEGY,
    UNKNOWN,
    active,
    adopted,
    by,
    defined,
    drafted,
    measured,
    milestone,
    program,
    smart,
)
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, days, given


def test_an_objective_may_begin_as_a_title_alone() -> None:
    terms = ObjectiveTerms(
        title=OfClient("I want to improve my leadership skills"),
        why=None,
        language="en",
        outcome_area=None,
        measure=None,
        baseline=None,
        baseline_by=None,
        target=None,
        due_on=None,
        weight=1,
        confidence=None,
        confidence_comment=None,
        links=Links(),
    )
    blocking = (SmartCode.VAGUE_VERB, SmartCode.NO_MEASURE, SmartCode.NO_CONFIDENCE, SmartCode.NOT_LINKED, SmartCode.NO_DUE)
    skipped = ("M2", "M3", "M4", "M5", "M6", "M7", "A1", "R2", "T2", "T3", "T4")
    lint = Lint(
        ruleset="smart-lint@1",
        language="en",
        features=Features(vague_verb=True, subjective_term=False, too_short=False),
        blocking=blocking,
        warnings=(),
        not_applicable=tuple(SmartCode(code) for code in skipped),
    )
    expected = ObjectiveDefined(objective_id=IDS[0], terms=terms, defined_by="client", lint=lint, change_id=None)
    given(drafted()).when(DefineObjective(title="I want to improve my leadership skills"), by(CLIENT)).then(expected)


def test_a_smart_objective_holds_everything_and_fails_nothing() -> None:
    (event,) = given(drafted()).when(smart(), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert (event.lint.blocking, event.lint.warnings) == ((), ())
    assert event.terms.measure is not None
    assert event.terms.measure.name == OfClient("Team members who would work with me again")


def test_an_objective_speaks_the_plans_language_unless_it_says_its_own() -> None:
    (event,) = given(drafted(language="de")).when(smart(), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert (event.terms.language, event.lint.features.vague_verb) == ("de", None)
    (event,) = given(drafted(language="de")).when(smart(language="en"), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert event.lint.features.vague_verb is False


@pytest.mark.parametrize("blank", ["", " \n "])
def test_blank_words_are_none(blank: str) -> None:
    (event,) = given(drafted()).when(smart(why=blank, confidence=2, confidence_comment=blank), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert (event.terms.why, event.terms.confidence_comment) == (None, None)
    assert event.lint.blocking == ("A2", "R1")


def test_a_fourth_objective_may_be_written_down_in_a_draft() -> None:
    past = [defined(objective_id=IDS[number]) for number in range(1, 4)]
    (event,) = given(drafted(), *past).when(smart(), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)


def test_an_agreed_plan_gets_an_objective_only_by_proposal() -> None:
    given(*active(defined())).when(smart(), by(CLIENT)).then_refused(ChangeMustBeProposed)


def test_only_parties_write_a_plan() -> None:
    given(drafted()).when(smart(), by(STRANGER)).then_refused(NotAParty)


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"measure": None}, MeasureMissing, "/measure"),
        ({"measure": None, "baseline": None}, MeasureMissing, "/measure"),
        ({"measure": measured(kind="scale", scope=BandBody(low=Decimal(1), high=Decimal(5)))}, WrongUnit, "/target"),
        ({"measure": measured(kind="yes_no"), "target": Decimal(1)}, WrongUnit, "/baseline/value"),
        ({"measure": measured(scope=BandBody(low=Decimal(5), high=Decimal(1)))}, ScaleInvalid, "/measure"),
        ({"measure": measured(band=BandBody(low=Decimal(5), high=Decimal(1)))}, ScaleInvalid, "/measure"),
        ({"baseline": BaselineBody(value=Decimal(40), at=date(2026, 3, 3))}, OccurredAtOutOfRange, "/baseline/at"),
        ({"links": LinksBody(need_id=UNKNOWN)}, ItemUnknown, "/links/need_id"),
        ({"links": LinksBody(sponsor_outcome_id=UNKNOWN)}, ItemUnknown, "/links/sponsor_outcome_id"),
    ],
)
def test_what_cannot_be_meant_is_refused(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(drafted()).when(smart(**changes), by(CLIENT, program=program(), needs=frozenset({NEED}))).then_refused(refusal, pointer)


def test_an_outcome_needs_a_program_that_wants_it() -> None:
    command = smart(links=LinksBody(sponsor_outcome_id=OUTCOME))
    given(drafted()).when(command, by(CLIENT)).then_refused(ItemUnknown, "/links/sponsor_outcome_id")


def test_links_to_a_need_and_an_outcome_stand_for_the_clients_reason() -> None:
    command = smart(why=None, links=LinksBody(need_id=NEED, sponsor_outcome_id=OUTCOME))
    (event,) = given(drafted()).when(command, by(CLIENT, program=program(), needs=frozenset({NEED}))).events()
    assert isinstance(event, ObjectiveDefined)
    assert event.lint.blocking == ()


def test_a_need_is_taken_at_its_word_where_nobody_looked_needs_up() -> None:
    (event,) = given(drafted()).when(smart(links=LinksBody(need_id=UNKNOWN)), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert event.terms.links.need_id == UNKNOWN


def test_due_dates_are_judged_by_the_engagements_end() -> None:
    (event,) = given(drafted()).when(smart(due_on=days(181)), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert (event.lint.blocking, event.lint.warnings) == (("T3",), ("T4",))


@pytest.mark.parametrize(("actor", "quoted"), [(CLIENT, False), (COACH, True)])
def test_the_client_speaks_or_the_coach_quotes_them(actor: Any, quoted: bool) -> None:
    command = RecordClientInput(about="objective", about_id=OBJECTIVE, stance="objects", text="Too much at once")
    expected = ClientInputRecorded(
        about="objective", about_id=OBJECTIVE, stance="objects", text=OfClient("Too much at once"), quoted=quoted
    )
    given(drafted(), defined()).when(command, by(actor)).then(expected)


def test_a_sponsor_does_not_speak_for_the_client() -> None:
    command = RecordClientInput(about="plan", stance="agrees", text="They like it")
    given(drafted()).when(command, by(SPONSOR)).then_refused(NotPermitted)


INPUT: list[tuple[Any, Any]] = [
    ("objective", OBJECTIVE),
    ("strategy", STRATEGY),
    ("timeline", MILESTONE),
    ("timeline", None),
    ("plan", None),
]


@pytest.mark.parametrize(("about", "about_id"), INPUT)
def test_input_is_about_something_in_the_plan(about: Any, about_id: Any) -> None:
    command = RecordClientInput(about=about, about_id=about_id, stance="agrees", text="Fine")
    (event,) = given(*active(defined(), adopted(), milestone())).when(command, by(CLIENT)).events()
    assert isinstance(event, ClientInputRecorded)
    assert event.about_id == about_id


@pytest.mark.parametrize(
    ("about", "about_id"), [("objective", None), ("strategy", None), ("objective", STRATEGY), ("timeline", UNKNOWN), ("plan", OBJECTIVE)]
)
def test_input_about_nothing_in_the_plan_is_refused(about: Any, about_id: Any) -> None:
    command = RecordClientInput(about=about, about_id=about_id, stance="agrees", text="Fine")
    given(drafted(), defined(), adopted()).when(command, by(CLIENT)).then_refused(ItemUnknown, "/about_id")


def test_a_milestone_before_the_due_date_is_a_checkpoint() -> None:
    past = [drafted(), defined(smart(due_on=days(90))), milestone(days(20))]
    (event,) = given(*past).when(smart(due_on=days(90)), by(CLIENT)).events()
    assert isinstance(event, ObjectiveDefined)
    assert event.lint.warnings == ("T4",), "another objective's milestone is none"
