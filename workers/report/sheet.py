"""What a PDF says: a report's content in words, as the template sets it. All of it is text, and none of it is markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from services.pages.fraction import fraction
from services.pages.indicator import flagged
from services.pages.words import NO_BREAK, SENTENCES, amount, count, day, number, words
from services.plan.attainment import AttainmentAnswer
from services.wording.spoken import say, spoken
from workers.report.change import ledger_sheet
from workers.report.content import (
    ChangeLedger,
    ClientProgress,
    Content,
    EvaluationPart,
    HelpPart,
    IndicatorPart,
    MilestonePart,
    ObjectivePart,
    ProgramReport,
    last_day,
)
from workers.report.title import days_told, omissions, said, title_of

Sheet = dict[str, Any]
FOLDER: Final = Path(__file__).parent / "template"
SAID: Final = frozenset(text for file in FOLDER.glob("*.typ") for text in re.findall(r"\bsay\(\"([^\"]+)\"", file.read_text()))
"""What the templates say by themselves, in English."""


def sheet(content: Content, charts: Mapping[str, str]) -> Sheet:
    match content:
        case ClientProgress():
            own = client_sheet(content, charts)
        case ProgramReport():
            own = program_sheet(content)
        case ChangeLedger():
            own = ledger_sheet(content)
    return {
        **own,
        "language": spoken().code,
        "words": {english: spoken().told(english) for english in SAID},
        "organization": content.organization,
        "indicators": [indicator(one) for one in content.indicators],
        "left_out": omissions(content.left_out),
        "left_out_codes": [one.what for one in content.left_out],
        "charts": dict(charts),
        "footer": footer(content),
    }


def footer(content: Content) -> str:
    known = {"day": day(content.as_of), "template": content.template_version}
    if isinstance(content.as_of_position, int):
        return say("As of {day}, from position {position} of the log · template {template}", position=content.as_of_position, **known)
    return say("As of {day} · template {template}", **known)


def client_sheet(content: ClientProgress, charts: Mapping[str, str]) -> Sheet:
    facts = [
        (say("Program"), content.program or ""),
        (say("Coach"), said(content.coach)),
        (say("Sponsor"), said(content.sponsor)),
        (
            say("Coaching"),
            say("{stage}, from {begin} to {end}", stage=words(content.stage), begin=day(content.starts_on), end=day(content.planned_end)),
        ),
        (say("Attainment index"), attainment(content.attainment) if content.attainment else ""),
        *days_told(content),
    ]
    return {
        "kind": say("Progress report"),
        "title": said(content.client) or say("A client"),
        "facts": [fact for fact in facts if fact[1]],
        "last_day": day(last_day(content)),
        "objectives": [objective(one, f"objective_{one.number}" in charts, missing(one, content)) for one in content.objectives],
        "milestones": [milestone(one) for one in content.milestones],
        "evaluations": [evaluation(one) for one in content.evaluations],
        "wins": [{"on": day(one.on), "what": said(one.what)} for one in content.wins],
    }


def attainment(given: AttainmentAnswer) -> str:
    """With what it is made of: how many objectives, on which versions of their scales."""
    index = given.concluded
    if index.score is None or index.change is None:
        return say("No data: no objective is judged on its scale yet.")
    versions = ", ".join(sorted({str(goal.scale_version) for goal in index.goals}))
    return say(
        "{score}, {change} from the start; 50 is as expected ({objectives}, scale version {versions}; an index, not a norm)",
        score=number(index.score, 1),
        change=number(index.change, 1),
        objectives=count(index.n, "objective"),
        versions=versions,
    )


def missing(one: ObjectivePart, content: ClientProgress) -> str:
    """Why an objective has no chart."""
    if any(each.what == "milestones" for each in content.left_out):
        return say("No chart: single measurements are not for a sponsor.")
    if not one.measurements:
        return say("No chart: nothing was measured up to {day}.", day=day(last_day(content)))
    return say("No chart: it was measured only once, and its baseline is not known.")


def objective(one: ObjectivePart, has_chart: bool, why_none: str) -> Sheet:
    unit = one.measure.unit if one.measure else None
    return {
        "number": one.number,
        "title": said(one.title) or say("(no title)"),
        "due": day(one.due_on),
        "measure": said(one.measure.name) if one.measure else "",
        "baseline": amount(one.baseline.value, unit) if one.baseline else "–",
        "latest": amount(one.measurements[-1].value, unit) if one.measurements else "–",
        "target": target(one, unit),
        "progress": f"{number(one.progress * 100, 0)} %" if one.progress is not None else say("No data"),
        "outcome": words(one.outcome) if one.outcome else say("Open"),
        "chart": f"objective_{one.number}" if has_chart else "",
        "why_no_chart": "" if has_chart else why_none,
    }


def target(one: ObjectivePart, unit: str | None) -> str:
    """What is to be reached, or what a maintained value is to stay inside."""
    if one.measure is not None and one.measure.band is not None:
        return say("{low} to {high}", low=number(one.measure.band.low), high=amount(one.measure.band.high, unit))
    return amount(one.target, unit) if one.target is not None else "–"


def milestone(one: MilestonePart) -> Sheet:
    return {
        "number": str(one.number),
        "objective": str(one.objective or "–"),
        "title": said(one.title),
        "original": day(one.original_due),
        "now": day(one.due_on),
        "moved": f"{one.times_moved}×" if one.times_moved else "–",
        "state": say("Reached {day}", day=day(one.reached_on)) if one.reached_on else words(one.state),
    }


def evaluation(one: EvaluationPart) -> Sheet:
    judgements = [
        {"who": words(each.evaluator), "mark": say("{mark} of 5", mark=each.effectiveness), "summary": said(each.summary)}
        for each in one.judgements
    ]
    return {"title": f"{words(one.kind)} ({words(one.point)})", "due": day(one.due_on), "judgements": judgements}


def indicator(one: IndicatorPart) -> Sheet:
    value = say("Suppressed") if one.suppressed else say("No data") if one.value is None else amount(one.value, one.unit)
    made_of = "; ".join(part for part in (counted(one), flagged(one.mix)) if part)
    return {"title": title_of(one.name), "value": value, "made_of": made_of, "n": "–" if one.n is None else number(one.n)}


def counted(one: IndicatorPart) -> str:
    """What it is made of, in the board's own words, and the interval of a rate."""
    if one.numerator is None or one.denominator is None:
        return ""
    said_so = fraction(one.name, one.numerator, one.denominator)
    if one.low is None or one.high is None:
        return said_so
    interval = say("95 % interval {low} to {high} %", low=number(one.low, 0), high=number(one.high, 0)).replace(" ", NO_BREAK)
    return f"{said_so}; {interval}"


def program_sheet(content: ProgramReport) -> Sheet:
    facts = [
        (say("Runs"), say("{begin} to {end}", begin=day(content.starts_on), end=day(content.ends_on))),
        (say("Enrolled clients"), "" if content.enrolled is None else number(content.enrolled)),
        (say("Engagements"), "" if content.engagements is None else number(content.engagements)),
        (say("Smallest group shown"), "" if content.floor is None else count(content.floor, "client")),
        *days_told(content),
    ]
    return {
        "kind": say("Program report"),
        "title": content.program,
        "facts": [fact for fact in facts if fact[1]],
        "last_day": day(last_day(content)),
        "needs_help": [needs_help(one) for one in content.needs_help],
        "tells_help": content.floor is None,
    }


def needs_help(one: HelpPart) -> Sheet:
    reasons = [SENTENCES[reason.code][1](reason) for reason in one.reasons]
    return {"client": said(one.client), "coach": said(one.coach), "reasons": reasons}
