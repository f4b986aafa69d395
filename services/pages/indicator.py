"""What each indicator means, and how it is made: the words beside its number on the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from projections.kpi.value import Kpi, Share
from services.pages.fraction import fraction
from services.pages.words import amount, count, number
from services.wording.spoken import say


class Meaning(NamedTuple):
    """What the board says beside a number: its title, what it means, and how it is reckoned."""

    title: str
    sentence: str
    formula: str


MEANINGS: Final[dict[str, Meaning]] = {
    "smart_rate": Meaning(
        "SMART at first writing",
        "Objectives that were clear enough to be measured when they were first written down.",
        "Objectives without a blocking code at their first definition ÷ objectives defined in the period.",
    ),
    "baseline_coverage": Meaning(
        "Baseline known",
        "Active objectives whose starting value is known. Without it nobody can show progress.",
        "Active objectives with a baseline ÷ active objectives.",
    ),
    "attainment_score": Meaning(
        "Attainment index (GAS)",
        "How far objectives came on their own scales; 50 is what was expected, more is better. An index, and no norm.",
        "Mean over plans of T = 50 + 10 Σwx ÷ √(0.7 Σw² + 0.3 (Σw)²), x the level reached from −2 to 2, w the weight, over objectives that "
        "are concluded on a scale. What was given up is left out. A mean is shown of five clients or more.",
    ),
    "objective_progress": Meaning(
        "Progress of objectives",
        "How far active objectives came from their baseline to their target; 100 % is the target.",
        "Mean over measured active objectives of (latest − baseline) ÷ (target − baseline), kept between 0 and 150 %; "
        "where a value is to be maintained, the share of measurements inside its band.",
    ),
    "on_time_milestones": Meaning(
        "Milestones on time",
        "Milestones reached by the date that was agreed last.",
        "Milestones reached on or before their current due date ÷ milestones due in the period, up to today. "
        "Due in a period is what was due in it when it began, or by its first date when it was set later; what moved on counts in both.",
    ),
    "on_original_date": Meaning(
        "Milestones on their first date",
        "Milestones reached by the date that was agreed first, before any adjustment.",
        "Milestones reached on or before their original due date ÷ milestones due in the period, up to today.",
    ),
    "schedule_drift": Meaning(
        "Schedule drift",
        "How far milestones moved from their first date, on average; below zero is earlier.",
        "Σ (day reached, else current due date − original due date) ÷ milestones of activated plans that are not withdrawn.",
    ),
    "adjustment_rate": Meaning(
        "Adjustments per milestone",
        "How often due dates were changed. None at all can be as telling as many.",
        "Changes of a due date after activation, in the period ÷ milestones of activated plans that are not withdrawn.",
    ),
    "replan_ratio": Meaning(
        "Plans thought over again",
        "How often agreed plans are changed in their substance. Hardly ever while a plan is behind is rigid, all the time is restless.",
        "Objectives refined and strategies revised after activation × 30 ÷ active days of all plans. Rigid: no such change for more "
        "than 60 days while the mean pace of the active objectives is below 1. Restless: more than 4 in the last 30 days.",
    ),
    "action_follow_through": Meaning(
        "Actions kept in time",
        "Promised actions that were done by the day they were promised for.",
        "Actions completed on or before their due date ÷ actions due in the period, up to today. One that was moved is late once, by "
        "the date that was in force when the period began, or its first; later it counts by its new date. Dropped before: left out.",
    ),
    "action_throughput": Meaning(
        "Actions done",
        "How much is done between sessions, whenever it was due.",
        "Actions completed after activation × 30 ÷ active days of all plans.",
    ),
    "client_authored_share": Meaning(
        "Changes by the client",
        "Changes of plans that clients made, initiated or proposed themselves.",
        "Plan-changing events whose author is the client ÷ plan-changing events, as applied in the period.",
    ),
    "review_adherence": Meaning(
        "Reviews within the cadence",
        "Plans that were looked at together as often as the organization's policy asks.",
        "Times between two reviews, the first from activation, no longer than the cadence in force at their start ÷ such times decided "
        "in the period: ended by a review, or longer than the cadence, which the open one counts as from then on.",
    ),
    "evaluation_timeliness": Meaning(
        "Evaluations in time",
        "Evaluations that every side gave around the day that was set for them.",
        "Evaluations with every judgement made and recorded within 7 days of the due date ÷ evaluations due in the period, up to today, "
        "without those whose 7 days still run. What was imported counts by the day on which it was made.",
    ),
    "engagement_index": Meaning(
        "Engagement",
        "How much clients take part in their coaching, from 0 to 1.",
        "Mean over engagements that go on of: sessions held ÷ those that the agreement foresees by then, actions kept in time, active "
        "objectives measured within the review's cadence, and whether the client wrote a reflection in the last 30 days. A part without "
        "anything to count is left out.",
    ),
    "session_completion": Meaning(
        "Sessions that took place",
        "Booked sessions to which both came.",
        "Sessions held ÷ (sessions held + missed + called off later than the agreement's notice).",
    ),
    "days_between_sessions": Meaning(
        "Days between sessions",
        "How far sessions lie apart.",
        "Median of the days from one session held to the next, without days on which the coaching rested; in the period of the later one.",
    ),
    "days_to_first_session": Meaning(
        "Days to the first session",
        "How long participants wait until their coaching begins.",
        "Median of the days from enrolment to the first session held, in the period of that session, without days of rest.",
    ),
    "days_to_plan": Meaning(
        "Days to a plan",
        "How long it takes from enrolment until a plan is in force.",
        "Median of the days from enrolment to the plan's activation, in the period of that, without days of rest.",
    ),
    "engagement_completion": Meaning(
        "Engagements completed",
        "Coaching that came to its end as agreed, of all that ended after it had begun.",
        "Engagements completed in the period ÷ engagements completed or ended early in it.",
    ),
    "consent_health": Meaning(
        "Sponsors may see results",
        "Sponsored engagements whose client lets the sponsor see something of what is reached.",
        "Sponsored engagements with a consent in force ÷ sponsored engagements under way, on the last day that counts.",
    ),
    "session_stars": Meaning("Stars", "How clients rated their sessions, from 1 to 5.", "Mean of the ratings by stars in the period."),
    "session_srs": Meaning(
        "Session rating (SRS)",
        "How clients rated relationship, goals, approach and the whole session, from 0 to 40.",
        "Mean of the sums of the four items in the period. 36 or fewer is to be talked about.",
    ),
    "alliance": Meaning(
        "Alliance (WAI-SR)",
        "How client and coach work together, from 12 to 60.",
        "Mean over engagements of the last rating in the period: the sum of twelve items.",
    ),
    "nps": Meaning(
        "Would recommend (NPS)",
        "Those who would recommend the coaching less those who would not, from −100 to 100. It compares no coaches: few answer.",
        "100 × (answers of 9 or 10 − answers of 0 to 6) ÷ answers in the period.",
    ),
    "gain_360": Meaning(
        "Seen otherwise since",
        "How much higher raters see clients in their last feedback than in the one before. Shown of five clients or more.",
        "Mean over clients of the rise of all raters' mean, over the competencies that both reports show, on the same scale.",
    ),
    "self_other_gap": Meaning(
        "Self and others apart",
        "How far clients and their raters are apart. Shown of five clients or more.",
        "Mean over clients of the distance between their own mean and that of all raters, over the competencies of the last report.",
    ),
    "response_rate": Meaning(
        "Raters who answered",
        "Raters who answered of those who were asked. Few answers hide much, for small groups are not shown.",
        "Answers ÷ raters who were asked, of the assessments that closed in the period.",
    ),
    "survey_nps": Meaning(
        "Would recommend, by survey (NPS)",
        "What clients answered to surveys without a name: those who would recommend the coaching less those who would not.",
        "100 × (answers of 9 or 10 − answers of 0 to 6) ÷ answers, of the surveys that closed in the period with enough answers to be shown.",
    ),
    "survey_stars": Meaning(
        "Stars, by survey",
        "How clients rate the coaching in surveys without a name, from 1 to 5.",
        "Mean of the answers to the surveys that closed in the period with enough answers to be shown.",
    ),
    "survey_response_rate": Meaning(
        "Surveys that were answered",
        "Answers of all who were asked by surveys.",
        "Answers ÷ people who were asked, of the surveys that closed in the period.",
    ),
}

BESIDE: Final = {
    "attainment_score": ("attainment_change",),
    "smart_rate": ("days_to_smart",),
    "client_authored_share": ("client_approved_share",),
    "days_between_sessions": ("days_without_next_session",),
    "session_srs": ("session_srs_low",),
    "alliance": ("alliance_goal", "alliance_task", "alliance_bond", "alliance_change"),
}
"""Indicators that are shown in the line below another one."""
ASIDES: Final = {
    "attainment_change": "{number} from where clients began (n\u00a0=\u00a0{n}).",
    "days_to_smart": "Median of {amount} from first writing to passing (n\u00a0=\u00a0{n}).",
    "client_approved_share": "{amount} were made or approved by the client (n\u00a0=\u00a0{n}).",
    "days_without_next_session": "Median of {amount} since the last one, where none is booked (n\u00a0=\u00a0{n}).",
    "session_srs_low": "{amount} are 36 points or fewer (n\u00a0=\u00a0{n}).",
    "alliance_goal": "Goals {number},",
    "alliance_task": "tasks {number},",
    "alliance_bond": "bond {number}, each from 4 to 20.",
    "alliance_change": "{number} since the first (n\u00a0=\u00a0{n}).",
}
"""What is said of each of these."""


FLAGS: Final = {"rigid": "Rigid", "thrash": "Restless"}
UNITS: Final = {"percent": "%", "days": "days", "per_30_days": "in 30 days", "stars": "of 5", "points": "points"}


class Indicator(NamedTuple):
    """One indicator as the board shows it. `beside` is a second number in words; `low` and `high` are percent."""

    name: str
    number: int
    meaning: Meaning
    value: str | None
    unit: str
    why_none: str
    made_of: str
    n: int | None
    clients: int | None
    low: Decimal | None
    high: Decimal | None
    point: Decimal | None
    beside: str


def indicators(kpis: tuple[Kpi, ...]) -> list[Indicator]:
    """All that have a meaning of their own, in the order of the catalogue."""
    by_name = {kpi.name: kpi for kpi in kpis}
    return [
        indicator(by_name[name], [by_name[one] for one in BESIDE.get(name, ()) if one in by_name]) for name in MEANINGS if name in by_name
    ]


def indicator(kpi: Kpi, beside: Sequence[Kpi]) -> Indicator:
    meaning = MEANINGS[kpi.name]
    percent = kpi.unit == "percent"
    return Indicator(
        name=kpi.name,
        number=kpi.kpi,
        meaning=meaning,
        value=None if kpi.value is None else number(kpi.value, 1 if percent else 2),
        unit=UNITS.get(kpi.unit, ""),
        why_none="Too few people" if kpi.suppressed else "No data",
        made_of=made_of(kpi),
        n=kpi.n,
        clients=kpi.clients,
        low=kpi.low,
        high=kpi.high,
        point=kpi.value if percent else None,
        beside=" ".join(filter(None, map(aside, beside))) or flagged(kpi.mix),
    )


def made_of(kpi: Kpi) -> str:
    """Numerator and denominator in words, or why there are none."""
    if kpi.numerator is None or kpi.denominator is None:
        return "Not shown for so few people." if kpi.suppressed else ""
    return fraction(kpi.name, kpi.numerator, kpi.denominator)


def aside(kpi: Kpi) -> str:
    """In words; nothing where there is no value."""
    if kpi.value is None:
        return ""
    return ASIDES[kpi.name].format(amount=amount(kpi.value, kpi.unit), number=number(kpi.value), n=kpi.n)


def flagged(mix: Mapping[str, tuple[Share, ...]]) -> str:
    """How many plans stand out, where an indicator flags some: `Rigid: 3 plans. Restless: 1 plan.`"""
    return " ".join(f"{say(FLAGS[share.code])}: {count(share.count, 'plan')}." for share in mix.get("flag", ()) if share.count)
