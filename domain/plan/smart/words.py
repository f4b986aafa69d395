"""The word lists of `smart-lint`, published as data. A language that has none makes S1 and S2 not applicable.

Words match whole and without regard to case; punctuation and hyphens separate words. One version gives the same answer to the same
title for ever, so a language is added, as a list is changed, in a new version: under the first one a German title stays unread.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.values import Code

Words = tuple[str, ...]


class WordList(NamedTuple):
    """Phrases of one language, each as its words in lower case.

    `prefixes` stand before the verb and say nothing, `vague_verbs` promise no outcome, `subjective_terms` mean something
    else to everybody. `verb_last` tells whether the main verb may as well be the last word: I want my talks to improve.
    """

    prefixes: tuple[Words, ...]
    vague_verbs: tuple[Words, ...]
    subjective_terms: frozenset[str]
    verb_last: bool = False


class Miss(NamedTuple):
    """A title that the lists judge wrongly, and how: published, so that nobody takes the lint for more than it is."""

    title: str
    code: str
    fails: bool
    because: str


def phrases(*texts: str) -> tuple[Words, ...]:
    """Longest first, so that `be better` is found before `be`."""
    return tuple(sorted((tuple(text.casefold().split()) for text in texts), key=len, reverse=True))


def inflected(*stems: str) -> frozenset[str]:
    """German adjectives with their endings."""
    return frozenset(f"{stem}{ending}".casefold() for stem in stems for ending in ("", "e", "em", "en", "er", "es"))


ENGLISH: Final = WordList(
    prefixes=phrases("i want to", "i will", "to", "be able to"),
    vague_verbs=phrases("improve", "enhance", "be better", "work on", "develop", "learn more", "grow", "try"),
    subjective_terms=frozenset({"bigger", "better", "faster", "successful", "effective", "more", "less", "good"}),
)

GERMAN: Final = WordList(
    prefixes=phrases("ich möchte", "ich will", "ich werde", "mein Ziel ist", "mein Ziel ist es", "in der Lage sein", "zu"),
    vague_verbs=phrases(
        *("verbessern", "zu verbessern", "optimieren", "zu optimieren", "besser werden", "besser sein", "arbeiten", "zu arbeiten"),
        *("entwickeln", "weiterentwickeln", "zu entwickeln", "weiterzuentwickeln", "mehr lernen", "dazulernen", "wachsen", "zu wachsen"),
        *("versuchen", "zu versuchen", "ausprobieren"),
    ),
    subjective_terms=inflected("größer", "besser", "schneller", "erfolgreich", "effektiv", "gut") | {"mehr", "weniger"},
    verb_last=True,
)

LISTS: Final[dict[Code, dict[str, WordList]]] = {
    "smart-lint@1": {"en": ENGLISH},
    "smart-lint@2": {"en": ENGLISH, "de": GERMAN},
}
"""By the version of the ruleset and the language."""

KNOWN_MISSES: Final[tuple[Miss, ...]] = (
    Miss("Become a stronger public speaker", "S1", False, "become is not on the list, though it promises as little"),
    Miss("We want to improve our meetings", "S1", False, "only the first person singular is stripped, so that the verb read is we"),
    Miss("Optimise how I run meetings", "S1", False, "verbs that are not on the list pass"),
    Miss("Develop the budget model for 2030", "S1", True, "develop can mean to make a concrete thing"),
    Miss("Try ten sales calls with the new script", "S1", True, "try can mean a counted experiment"),
    Miss("Give a great keynote at the summit", "S2", False, "great and most other adjectives are not on the list"),
    Miss("Hold more than 20 feedback talks", "S2", True, "more is concrete beside a number"),
    Miss("Publish our cost-effective buying guide", "S2", True, "a hyphen separates words, so that effective is read alone"),
    Miss("Lead the Better Work programme", "S2", True, "a name is read like any other words"),
)

KNOWN_MISSES_GERMAN: Final[tuple[Miss, ...]] = (
    Miss("Die Kommunikation im Team stärken", "S1", False, "verbs that are not on the list pass"),
    Miss("Verbesserung der Zusammenarbeit im Team", "S1", False, "a noun made of a verb is no verb"),
    Miss("Bis Mai das Haushaltsmodell für 2030 entwickeln", "S1", True, "entwickeln can mean to make a concrete thing"),
    Miss("Das Team gut durch den Umzug führen", "S2", True, "gut is read alone, whatever it belongs to"),
)
