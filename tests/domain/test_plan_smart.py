"""The lint `smart-lint`: every code, the published lists, and the known misses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.plan.commands.part import BandBody, MeasureBody
from domain.plan.decide.measure import measure_from
from domain.plan.smart.lint import RULESET, lint
from domain.plan.smart.rules import RULES, SmartFacts
from domain.plan.smart.text import features_of
from domain.plan.smart.verdict import Lint, SmartCode, smart_score
from domain.plan.smart.words import KNOWN_MISSES, LISTS
from domain.plan.terms import Baseline, Links, ObjectiveTerms
from domain.ruleset import KNOWN
from domain.values import OfClient
from tests.domain.planning import NEED, OUTCOME, measured
from tests.domain.spec import TODAY, days

GOOD = "Lead the billing project team to its first release"
VAGUE = "I want to improve my leadership skills"
SUBJECTIVE = "I want to lead a successful project team in the next three months"
MEASURE = measure_from(measured())
TERMS = ObjectiveTerms(
    title=OfClient(GOOD),
    why=OfClient("I want to be trusted"),
    language="en",
    outcome_area=None,
    measure=MEASURE,
    baseline=Baseline(value=Decimal(40), at=TODAY, source="team_survey"),
    baseline_by=None,
    target=Decimal(80),
    due_on=days(40),
    weight=1,
    confidence=7,
    confidence_comment=None,
    links=Links(),
)


def linted(title: str = GOOD, **changes: Any) -> Lint:
    """The verdict on the good objective with these changes, of its terms or of the other facts."""
    outer = {name: changes.pop(name) for name in ("has_checkpoint", "beyond_limit", "client_voiced", "engagement_end") if name in changes}
    ruleset = changes.pop("ruleset", RULESET)
    facts = SmartFacts(
        terms=replace(TERMS, **changes),
        features=features_of(title, changes.get("language", "en"), ruleset),
        today=TODAY,
        engagement_end=outer.pop("engagement_end", days(180)),
        has_checkpoint=outer.pop("has_checkpoint", False),
        **outer,
    )
    return lint(facts, ruleset)


def measure(**changes: Any) -> Any:
    return measure_from(measured(**changes))


UNMEASURED: dict[str, Any] = {"measure": None, "baseline": None, "target": None}


def test_a_smart_objective_has_neither_blocking_codes_nor_warnings() -> None:
    verdict = linted()
    assert (verdict.blocking, verdict.warnings) == ((), ())
    assert (verdict.ruleset, verdict.language, smart_score(verdict)) == (RULESET, "en", 1)


def test_the_articles_vague_sentence_fails_by_its_verb_and_for_want_of_a_measure() -> None:
    assert linted(VAGUE, **UNMEASURED).blocking == ("S1", "M1")


def test_the_articles_improved_sentence_fails_until_something_says_what_successful_is() -> None:
    assert linted(SUBJECTIVE, **UNMEASURED).blocking == ("S2", "M1")
    measured_now = linted(SUBJECTIVE)
    assert (measured_now.blocking, measured_now.warnings) == ((), ("S2",))


BLOCKING: list[tuple[str, dict[str, Any]]] = [
    ("M2", {"measure": measure(unit=None)}),
    ("M2", {"measure": measure(kind="scale", unit=None)}),
    ("M3", {"baseline": None}),
    ("M3", {"baseline": Baseline(value=Decimal(40), at=TODAY, source=None)}),
    ("M3", {"baseline": None, "baseline_by": days(31)}),
    ("M3", {"baseline": None, "baseline_by": days(-1)}),
    ("M4", {"target": None}),
    ("M4", {"target": None, "measure": measure(direction="maintain")}),
    ("M5", {"target": Decimal("40.0")}),
    ("M6", {"target": Decimal(39)}),
    ("M6", {"target": Decimal(41), "measure": measure(direction="decrease")}),
    ("A1", {"beyond_limit": True}),
    ("A2", {"confidence": None}),
    ("A2", {"confidence": 3}),
    ("R1", {"why": None}),
    ("R2", {"client_voiced": False}),
    ("T1", {"due_on": None}),
    ("T2", {"due_on": days(-1)}),
    ("T3", {"due_on": days(40), "engagement_end": days(39)}),
]


@pytest.mark.parametrize(("code", "changes"), BLOCKING)
def test_each_rule_blocks_alone(code: str, changes: dict[str, Any]) -> None:
    verdict = linted(**changes)
    assert verdict.blocking == (code,)
    assert smart_score(verdict) == Decimal("0.8")


WARNING: list[tuple[str, str, dict[str, Any]]] = [
    ("S3", "Lead project team", {}),
    ("S3", "I want to lead", {}),
    ("S3", "I want to be able to work on", {}),
    ("M7", GOOD, {"measure": measure(source=None)}),
    ("T4", GOOD, {"due_on": days(46)}),
]


@pytest.mark.parametrize(("code", "title", "changes"), WARNING)
def test_some_rules_only_warn(code: str, title: str, changes: dict[str, Any]) -> None:
    verdict = linted(title, **changes)
    assert (verdict.blocking, verdict.warnings) == ((), (code,))


PASSING: list[dict[str, Any]] = [
    {"measure": measure(kind="yes_no", unit=None), "baseline": Baseline(value=Decimal(0), at=TODAY, source="a"), "target": Decimal(1)},
    {"measure": measure(kind="scale", unit=None, scope=BandBody(low=Decimal(1), high=Decimal(100)))},
    {"baseline": None, "baseline_by": days(30)},
    {"baseline": None, "baseline_by": TODAY},
    {"measure": measure(direction="maintain", band=BandBody(low=Decimal(30), high=Decimal(50))), "target": None},
    {"measure": measure(direction="maintain"), "target": Decimal(40)},
    {"measure": measure(direction="decrease"), "target": Decimal(39)},
    {"beyond_limit": False, "client_voiced": True},
    {"confidence": 3, "confidence_comment": OfClient("The project may be stopped")},
    {"confidence": 4},
    {"why": None, "links": Links(need_id=NEED)},
    {"why": None, "links": Links(sponsor_outcome_id=OUTCOME)},
    {"due_on": TODAY},
    {"due_on": days(40), "engagement_end": days(40)},
    {"due_on": days(40), "engagement_end": None},
    {"due_on": days(45)},
    {"due_on": days(46), "has_checkpoint": True},
]


@pytest.mark.parametrize("changes", PASSING)
def test_what_passes_at_the_edge(changes: dict[str, Any]) -> None:
    verdict = linted(**changes)
    assert (verdict.blocking, verdict.warnings) == ((), ())


def test_without_a_measure_its_own_rules_do_not_apply() -> None:
    assert set(linted(**UNMEASURED).not_applicable) >= {"M2", "M3", "M4", "M5", "M6", "M7"}


def test_with_an_unknown_baseline_nothing_is_compared_with_it() -> None:
    assert set(linted(baseline=None, baseline_by=days(3)).not_applicable) >= {"M5", "M6"}


def test_the_limit_and_the_clients_voice_are_not_judged_before_activation() -> None:
    assert set(linted().not_applicable) == {"A1", "R2"}


def test_a_measure_of_any_quality_lifts_a_vague_verb() -> None:
    assert "S1" not in linted(VAGUE, measure=measure(unit=None, source=None)).blocking


@pytest.mark.parametrize("language", ["de", "xx", "fr-ch"])
def test_a_language_without_lists_makes_the_wording_rules_not_applicable(language: str) -> None:
    verdict = linted("Führung verbessern und wachsen lassen", language=language, **UNMEASURED)
    assert verdict.blocking == ("M1",)
    assert {"S1", "S2"} <= set(verdict.not_applicable)


def test_a_region_uses_the_lists_of_its_language() -> None:
    assert "S1" in linted(VAGUE, language="en-gb", **UNMEASURED).blocking


@pytest.mark.parametrize(
    ("title", "vague"),
    [
        ("I want to be able to improve the team", True),
        ("I WANT TO Improve: the team", True),
        ("To work on the budget plan", True),
        ("be better at the budget plan", True),
        ("learn more about the budget plan", True),
        ("Learn the budget rules by heart", False),
        ("Improvement of the budget plan led", False),
        ("Lead the team and improve it", False),
    ],
)
def test_the_main_verb_is_read_behind_its_prefixes(title: str, vague: bool) -> None:
    assert features_of(title, "en", RULESET).vague_verb is vague


@pytest.mark.parametrize(
    ("title", "subjective"), [("Be a good listener now", True), ("Sell goods to five shops", False), ("Do MORE of it", True)]
)
def test_subjective_terms_match_as_whole_words(title: str, subjective: bool) -> None:
    assert features_of(title, "en", RULESET).subjective_term is subjective


@pytest.mark.parametrize("miss", KNOWN_MISSES, ids=lambda miss: miss.title)
def test_each_published_miss_is_still_one(miss: Any) -> None:
    assert (miss.code in linted(miss.title, **UNMEASURED).blocking) is miss.fails


def test_every_code_has_one_rule_and_says_what_it_means() -> None:
    assert [rule.code for rule in RULES] == list(SmartCode)
    assert all(rule.says for rule in RULES)


def test_every_letter_can_be_lost() -> None:
    empty: dict[str, Any] = {**UNMEASURED, "why": None, "due_on": None, "confidence": None}
    verdict = linted(VAGUE, **empty)
    assert verdict.blocking == ("S1", "M1", "A2", "R1", "T1")
    assert smart_score(verdict) == 0


@forall(st.text(max_size=80), st.sampled_from(["en", "en-us", "de"]), st.sampled_from(KNOWN["smart"]))
def test_the_same_title_always_has_the_same_features(title: str, language: str, ruleset: str) -> None:
    assert features_of(title, language, ruleset) == features_of(title, language, ruleset)
    assert features_of(title.upper(), "xx", ruleset) == features_of(title.upper(), "xx", ruleset)


numbers = st.none() | st.decimals(-1000, 1000, places=2)
measures = st.none() | st.builds(
    MeasureBody,
    name=st.just("Share"),
    kind=st.sampled_from(["numeric", "scale", "yes_no"]),
    unit=st.sampled_from([None, "percent"]),
    direction=st.sampled_from(["increase", "decrease", "maintain"]),
    source=st.sampled_from([None, "survey"]),
)


@forall(measures, numbers, numbers, st.integers(-400, 400), st.none() | st.integers(0, 10), st.sampled_from([GOOD, VAGUE, SUBJECTIVE]))
def test_each_code_is_in_at_most_one_list_and_the_verdict_is_repeatable(
    given_measure: MeasureBody | None, start: Decimal | None, target: Decimal | None, due: int, confidence: int | None, title: str
) -> None:
    changes: dict[str, Any] = {
        "measure": None if given_measure is None else measure_from(given_measure),
        "baseline": None if start is None else Baseline(value=start, at=TODAY, source="survey"),
        "target": target,
        "due_on": days(due),
        "confidence": confidence,
    }
    verdict = linted(title, **changes)
    codes = [*verdict.blocking, *verdict.warnings, *verdict.not_applicable]
    assert len(codes) == len(set(codes))
    assert verdict == linted(title, **changes)


def test_each_version_has_its_lists_and_a_language_comes_with_a_new_one() -> None:
    """What was judged under the first stays judged under it: to a German title it says that it cannot read it."""
    assert tuple(LISTS) == KNOWN["smart"]
    assert [tuple(lists) for lists in LISTS.values()] == [("en",), ("en", "de")]
    assert LISTS["smart-lint@1"]["en"] is LISTS["smart-lint@2"]["en"]
    title = "Ich möchte meine Führung verbessern"
    first, second = (linted(title, language="de", ruleset=version, **UNMEASURED) for version in KNOWN["smart"])
    assert (first.ruleset, first.blocking, first.not_applicable[:2]) == ("smart-lint@1", ("M1",), ("S1", "S2"))
    assert (second.ruleset, second.blocking) == ("smart-lint@2", ("S1", "M1"))


@pytest.mark.parametrize("version", KNOWN["smart"])
@pytest.mark.parametrize("language", ["fr", "zh", "ar", "den", "x"])
def test_a_language_without_lists_fails_neither_by_its_verb_nor_by_its_terms(version: str, language: str) -> None:
    verdict = linted("Améliorer 团队 تحسين improve better verbessern", language=language, ruleset=version, **UNMEASURED)
    assert verdict.not_applicable[:2] == ("S1", "S2")
    assert verdict.blocking == ("M1",)
