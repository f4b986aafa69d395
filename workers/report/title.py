"""What indicators and sections are called in a report."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.report.events import Suppression
from projections.kpi.period import Period
from services.pages.indicator import MEANINGS
from services.pages.words import day, period, words
from services.reading.view import GONE, Hidden, Text
from services.report.audience import SINGLE
from services.wording.spoken import say
from workers.report.content import Content, last_day

OTHERS: Final = {
    "days_to_smart": "Days until SMART",
    "client_approved_share": "Approved by the client",
    "days_without_next_session": "Days without a next session",
    "session_srs_low": "Low session ratings (SRS)",
    "alliance_goal": "Alliance: goals",
    "alliance_task": "Alliance: tasks",
    "alliance_bond": "Alliance: bond",
    "alliance_change": "Alliance: change since the first",
}

SECTIONS: Final = {
    "objective_titles": "titles and due dates of objectives",
    "progress": "progress of objectives",
    "attainment": "attainment of objectives",
    "evaluation_summary": "evaluations",
    "milestones": "milestones",
    "indicators": "indicators of one engagement",
    "wins": "wins",
    "needs_help": "single engagements",
    "months": "counts of single months",
    "mix": "how often each reason occurs",
    "enrolled": "how many clients are enrolled",
    "names": "names of people",
}
WORDS: Final = {
    "objective_titles": "titles of objectives",
    "progress": "names of measures",
    "evaluation_summary": "summaries of evaluations",
    "reasons": "reasons in words",
    "words_before": "words of before the coach of today came",
}
"""What people wrote in a section; the other sections hold no words."""
REASONS: Final = {
    "below_floor": "would tell of single people, or of too few",
    "complementary": "would tell what another number hides",
    "difference": "would tell what has changed for too few people",
    "not_for_role": "not for the role of every reader",
    "consent_missing": "the client's consent does not let every reader see it",
}
INSIDE: Final = frozenset(SINGLE["client_progress"])
"""Sections that are for nobody outside of the engagement."""


def title_of(name: str) -> str:
    return say(MEANINGS[name].title) if name in MEANINGS else say(OTHERS[name]) if name in OTHERS else words(name)


def said(text: Text | None) -> str:
    """A text, or what stands in its place."""
    match text:
        case None:
            return ""
        case Hidden():
            return say("(erased)") if text == GONE else say("(withheld)")
    return text


def omission(one: Suppression, others: set[str]) -> str | None:
    """One sentence; none for the words of something that is left out as a whole, or that has none."""
    what, _, words_of = one.what.partition(".")
    if words_of:
        told = what in WORDS and what not in others
        return say("{section}: not every reader may see what people wrote.", section=say(WORDS[what])) if told else None
    name = say(SECTIONS[what]) if what in SECTIONS else title_of(what)
    if what in INSIDE:
        return say("{section}: not for a sponsor, whatever the consent.", section=name)
    return say("{section}: {reason}.", section=name, reason=say(REASONS[one.reason]))


def omissions(found: tuple[Suppression, ...]) -> list[str]:
    codes = {one.what for one in found}
    sentences = [sentence for one in found if (sentence := omission(one, codes)) is not None]
    return [sentence[:1].upper() + sentence[1:] for sentence in sentences]


def days_told(content: Content) -> list[tuple[str, str]]:
    """The period with its days, up to the last that counts, and apart from it the day for which the report was asked."""
    told = Period.of(content.period)
    whole = period(content.period)
    if told.first != date.min:
        whole = say("{period} ({begin} to {end})", period=whole, begin=day(told.first), end=day(last_day(content)))
    return [(say("Period"), whole), (say("As of"), day(content.as_of))]
