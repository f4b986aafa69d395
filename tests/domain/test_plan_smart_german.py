"""The lint in German: where its words stand, with their endings, and the known misses."""

from __future__ import annotations

from typing import Any

import pytest

from domain.plan.smart.text import features_of
from domain.plan.smart.words import KNOWN_MISSES_GERMAN
from tests.domain.test_plan_smart import UNMEASURED, linted


@pytest.mark.parametrize(
    ("title", "vague"),
    [
        ("Ich möchte meine Vorträge verbessern", True),
        ("ICH WILL an meiner Ruhe ARBEITEN", True),
        ("Versuchen, früher nach Hause zu gehen", True),
        ("Ich möchte in Besprechungen besser werden", True),
        ("Mein Ziel ist es, mich weiterzuentwickeln", True),
        ("Jede Woche ein Gespräch mit allen im Team führen", False),
        ("Die verbessern wollen, zu Wort kommen lassen", False),
    ],
)
def test_a_german_verb_is_read_where_it_may_stand(title: str, vague: bool) -> None:
    assert features_of(title, "de-ch", "smart-lint@2").vague_verb is vague


@pytest.mark.parametrize(
    ("title", "subjective"),
    [("Ein größeres Team leiten als heute", True), ("Eine GUTE Rede halten im Mai", True), ("Das Gutachten im Mai abgeben", False)],
)
def test_german_terms_match_with_their_endings(title: str, subjective: bool) -> None:
    assert features_of(title, "de", "smart-lint@2").subjective_term is subjective


@pytest.mark.parametrize("miss", KNOWN_MISSES_GERMAN, ids=lambda miss: miss.title)
def test_each_published_german_miss_is_still_one(miss: Any) -> None:
    verdict = linted(miss.title, language="de", ruleset="smart-lint@2", **UNMEASURED)
    assert (miss.code in verdict.blocking) is miss.fails
