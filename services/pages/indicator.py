"""What each indicator means, and how it is made: the words beside its number on the board."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from projections.kpi.value import Kpi
from services.pages.words import amount, count, number


class Meaning(NamedTuple):
    """`top` names what the numerator counts, `one` and `many` what the denominator counts."""

    title: str
    sentence: str
    formula: str
    top: str
    one: str
    many: str


MEANINGS: Final[dict[str, Meaning]] = {
    "smart_rate": Meaning(
        "SMART at first writing",
        "Objectives that were clear enough to be measured when they were first written down.",
        "Objectives without a blocking code at their first definition ÷ objectives defined in the period.",
        "passed at once",
        *("objective", "objectives"),
    ),
    "baseline_coverage": Meaning(
        "Baseline known",
        "Active objectives whose starting value is known. Without it nobody can show progress.",
        "Active objectives with a baseline ÷ active objectives.",
        "with a baseline",
        *("active objective", "active objectives"),
    ),
    "objective_progress": Meaning(
        "Progress of objectives",
        "How far active objectives came from their baseline to their target; 100 % is the target.",
        "Mean over measured active objectives of (latest − baseline) ÷ (target − baseline), kept between 0 and 150 %; "
        "where a value is to be maintained, the share of measurements inside its band.",
        "% in all",
        *("measured objective", "measured objectives"),
    ),
    "on_time_milestones": Meaning(
        "Milestones on time",
        "Milestones reached by the date that was agreed last.",
        "Milestones reached on or before their current due date ÷ milestones due in the period, up to today. "
        "Due in a period is what was due in it when it began, or by its first date when it was set later; what moved on counts in both.",
        "reached in time",
        *("milestone due", "milestones due"),
    ),
    "on_original_date": Meaning(
        "Milestones on their first date",
        "Milestones reached by the date that was agreed first, before any adjustment.",
        "Milestones reached on or before their original due date ÷ milestones due in the period, up to today.",
        "reached by the first date",
        *("milestone due", "milestones due"),
    ),
    "schedule_drift": Meaning(
        "Schedule drift",
        "How far milestones moved from their first date, on average; below zero is earlier.",
        "Σ (day reached, else current due date − original due date) ÷ milestones of activated plans that are not withdrawn.",
        "days in all",
        *("milestone", "milestones"),
    ),
    "adjustment_rate": Meaning(
        "Adjustments per milestone",
        "How often due dates were changed. None at all can be as telling as many.",
        "Changes of a due date after activation, in the period ÷ milestones of activated plans that are not withdrawn.",
        "changes",
        *("milestone", "milestones"),
    ),
    "client_authored_share": Meaning(
        "Changes by the client",
        "Changes of plans that clients made, initiated or proposed themselves.",
        "Plan-changing events whose author is the client ÷ plan-changing events, as applied in the period.",
        "by the client",
        *("change", "changes"),
    ),
}

BESIDE: Final = {"smart_rate": "days_to_smart", "client_authored_share": "client_approved_share"}
"""Indicators that are shown in the line below another one."""


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
    return [indicator(by_name[name], by_name.get(BESIDE.get(name, ""))) for name in MEANINGS if name in by_name]


def indicator(kpi: Kpi, beside: Kpi | None) -> Indicator:
    meaning = MEANINGS[kpi.name]
    percent = kpi.unit == "percent"
    return Indicator(
        name=kpi.name,
        number=kpi.kpi,
        meaning=meaning,
        value=None if kpi.value is None else number(kpi.value, 1 if percent else 2),
        unit={"percent": "%", "days": "days"}.get(kpi.unit, ""),
        why_none="Too few people" if kpi.suppressed else "No data",
        made_of=fraction(kpi, meaning),
        n=kpi.n,
        clients=kpi.clients,
        low=kpi.low,
        high=kpi.high,
        point=kpi.value if percent else None,
        beside=aside(beside) if beside is not None else "",
    )


def fraction(kpi: Kpi, meaning: Meaning) -> str:
    """Numerator and denominator in words: `12 of 16 milestones due reached in time`."""
    if kpi.numerator is None or kpi.denominator is None:
        return "Not shown for so few people." if kpi.suppressed else ""
    below = count(kpi.denominator, meaning.one, meaning.many)
    if not kpi.denominator:
        return f"{below} so far"
    if kpi.low is None:
        return f"{number(kpi.numerator, 1)} {meaning.top} ÷ {below}"
    return f"{number(kpi.numerator)} of {below} {meaning.top}"


def aside(kpi: Kpi) -> str:
    if kpi.value is None:
        return ""
    if kpi.name == "days_to_smart":
        return f"Median of {amount(kpi.value, kpi.unit)} from first writing to passing (n\u00a0=\u00a0{kpi.n})."
    return f"{amount(kpi.value, kpi.unit)} were made or approved by the client (n\u00a0=\u00a0{kpi.n})."
