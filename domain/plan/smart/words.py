"""The word lists of `smart-lint@1`, published as data. A language that is not here makes S1 and S2 not applicable.

Words match whole and without regard to case; punctuation and hyphens separate words.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Words = tuple[str, ...]


class WordList(NamedTuple):
    """Phrases of one language, each as its words in lower case.

    `prefixes` stand before the verb and say nothing, `vague_verbs` promise no outcome, `subjective_terms` mean something
    else to everybody.
    """

    prefixes: tuple[Words, ...]
    vague_verbs: tuple[Words, ...]
    subjective_terms: frozenset[str]


class Miss(NamedTuple):
    """A title that the lists judge wrongly, and how: published, so that nobody takes the lint for more than it is."""

    title: str
    code: str
    fails: bool
    because: str


def phrases(*texts: str) -> tuple[Words, ...]:
    """Longest first, so that `be better` is found before `be`."""
    return tuple(sorted((tuple(text.split()) for text in texts), key=len, reverse=True))


ENGLISH: Final = WordList(
    prefixes=phrases("i want to", "i will", "to", "be able to"),
    vague_verbs=phrases("improve", "enhance", "be better", "work on", "develop", "learn more", "grow", "try"),
    subjective_terms=frozenset({"bigger", "better", "faster", "successful", "effective", "more", "less", "good"}),
)

LANGUAGES: Final[dict[str, WordList]] = {"en": ENGLISH}

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
