"""Labels: short names in any script, which are somebody's words unless they are machine words."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.errors.plan import MeasureHasData, WrongUnit
from domain.plan.commands import DefineObjective, MeasureProgress, ProposeChange, RefineObjective
from domain.plan.commands.refinement import RefineMeasure
from domain.plan.context import PlanContext
from domain.plan.events import ChangeProposed
from domain.program.commands import EnrolParticipant
from domain.values import Label, LabelOfClient, OfClient, is_same_label, label_of_client, personal_values, spelled
from tests.domain.planning import OBJECTIVE, active, by, defined, measured, smart
from tests.domain.spec import CLIENT, STRANGER, folded, given
from tests.domain.test_program import DEFINED as PROGRAM
from tests.domain.test_program import OPENED, POOLED, context

OPEN = (msgspec.structs.replace(PROGRAM, capacity=9), POOLED, OPENED)
SEALED = 'sealed client "Gespräche"'


@pytest.mark.parametrize(
    "good", ["Frühjahr", "Gespräche", "autumn-2026", "春季", "फ़रवरी", "م٣", "Team @ Berlin", "a" * 64, "€", " 3. Kohorte "]
)
def test_a_label_is_a_short_name_in_any_script(good: str) -> None:
    assert msgspec.convert(good, Label) == good


@pytest.mark.parametrize(
    "bad", ["", "   ", "a" * 65, "one\ntwo", "one\n", "tab\there", "\x7f", "\u202egnirps", "a\u2066b", "a\u2028b", "\ufeffa", 7]
)
def test_a_label_holds_nothing_that_deceives(bad: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(bad, Label)


def test_a_label_is_kept_composed_and_trimmed_and_compared_without_case() -> None:
    apart = unicodedata.normalize("NFD", "  Frühjahr   2027 ")
    assert spelled(apart) == "Frühjahr 2027"
    assert is_same_label(apart, "FRÜHJAHR 2027")
    assert not is_same_label("Frühjahr", "Herbst")


def test_a_machine_word_stands_in_the_clear_and_other_words_are_the_client_s() -> None:
    assert (label_of_client("percent").sealed, label_of_client("percent").is_public) == ("percent", True)
    for words in ("Gespräche", "Anna Müller", "Percent", "two words"):
        label = label_of_client(words)
        assert isinstance(label, OfClient)
        assert (label.sealed, label.is_public, personal_values([label])) == (None, False, [label])
    assert (personal_values([label_of_client("percent")]), label_of_client(None)) == ([], None)
    assert not LabelOfClient[str]("percent", sealed=SEALED).is_public


def with_unit(unit: str) -> DefineObjective:
    return smart(measure=measured(unit=unit))


def knowing(**changes: Any) -> PlanContext:
    return by(CLIENT, labels={SEALED: "Gespräche"}, **changes)


def test_a_value_in_the_unit_of_the_measure_however_it_is_written() -> None:
    past = active(defined(with_unit("Gespräche")))
    assert folded("plan", past).objectives[OBJECTIVE].terms.measure.unit == LabelOfClient[str](sealed=SEALED)
    value = MeasureProgress(objective_id=OBJECTIVE, value=Decimal(55), source="survey", unit="GESPRÄCHE ")
    assert given(*past).when(value, knowing()).events()
    refusal = given(*past).when(msgspec.structs.replace(value, unit="Treffen"), knowing()).then_refused(WrongUnit, "/unit")
    assert refusal.facts == {"unit": "Gespräche"}


def test_what_was_measured_keeps_its_unit_and_not_its_spelling() -> None:
    value = MeasureProgress(objective_id=OBJECTIVE, value=Decimal(55), source="survey")
    past = active(defined(with_unit("Gespräche")))
    past = [*past, *given(*past).when(value, knowing()).events()]

    def changed(unit: str) -> ProposeChange:
        refinement = RefineMeasure(to=measured(unit=unit), seen=2)
        return ProposeChange(change=RefineObjective(objective_id=OBJECTIVE, refinement=refinement, reason_code="scope"))

    assert any(isinstance(one, ChangeProposed) for one in given(*past).when(changed("gespräche"), knowing()).events())
    given(*past).when(changed("Treffen"), knowing()).then_refused(MeasureHasData)


def test_who_joins_a_cohort_spells_it_as_those_before() -> None:
    joined = given(*OPEN).when(EnrolParticipant(client_id=CLIENT, cohort=" Frühjahr "), context()).events()
    (other,) = given(*OPEN, *joined).when(EnrolParticipant(client_id=STRANGER, cohort="FRÜHJAHR"), context()).events()
    assert [one.cohort for one in (*joined, other)] == ["Frühjahr", "Frühjahr"]
