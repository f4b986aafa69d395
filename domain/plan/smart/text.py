"""What the lint sees in a title: three features, found by word lists alone, the same for ever for the same ruleset."""

from __future__ import annotations

import re
from typing import Final

from domain.plan.smart.verdict import Features
from domain.plan.smart.words import LISTS, WordList, Words
from domain.values import Code

FEWEST_WORDS: Final = 4
WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def features_of(title: str, language: Code, ruleset: Code) -> Features:
    """The features of a title. `language` is a tag such as en or en-gb; one without lists in that version makes two of them None."""
    words = tuple(WORD.findall(title.casefold()))
    short = len(words) < FEWEST_WORDS
    lists = LISTS[ruleset].get(language.partition("-")[0])
    if lists is None:
        return Features(vague_verb=None, subjective_term=None, too_short=short)
    told = without_prefixes(words, lists)
    vague = leading(told, lists.vague_verbs) or (trailing(told, lists.vague_verbs) if lists.verb_last else ())
    return Features(
        vague_verb=bool(vague),
        subjective_term=not lists.subjective_terms.isdisjoint(words),
        too_short=short or len(told) <= max(1, len(vague)),
    )


def without_prefixes(words: Words, lists: WordList) -> Words:
    """The words from the main verb on."""
    while prefix := leading(words, lists.prefixes):
        words = words[len(prefix) :]
    return words


def leading(words: Words, phrases: tuple[Words, ...]) -> Words:
    """The phrase that the words begin with, or no words."""
    return next((phrase for phrase in phrases if words[: len(phrase)] == phrase), ())


def trailing(words: Words, phrases: tuple[Words, ...]) -> Words:
    """The phrase that the words end with, or no words."""
    return next((phrase for phrase in phrases if words[-len(phrase) :] == phrase), ())
