"""Contents of reports, as rich or as poor as a test wants them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.plan.terms import Baseline
from domain.report.events import Suppression
from projections.kpi.help import Reason
from projections.kpi.series import Month
from projections.kpi.value import Share
from services.plan.objective import MeasureAnswer
from tests.domain.spec import uuid
from workers.report.content import (
    ClientProgress,
    EvaluationPart,
    HelpPart,
    IndicatorPart,
    JudgementPart,
    MilestonePart,
    ObjectivePart,
    Point,
    ProgramReport,
    WinPart,
)

AS_OF = date(2026, 5, 31)
LONG = "Lead the weekly meeting so that everybody is heard, and nobody leaves it without knowing what was decided and by whom " * 2
NAMES = (
    "smart_rate",
    "days_to_smart",
    "baseline_coverage",
    "objective_progress",
    "on_time_milestones",
    "on_original_date",
    "schedule_drift",
    "adjustment_rate",
    "replan_ratio",
    "action_follow_through",
    "action_throughput",
    "client_authored_share",
    "client_approved_share",
    "review_adherence",
    "evaluation_timeliness",
    "engagement_index",
    "session_completion",
    "days_between_sessions",
    "days_without_next_session",
    "days_to_first_session",
    "days_to_plan",
    "engagement_completion",
    "consent_health",
    "session_stars",
    "session_srs",
    "session_srs_low",
    "alliance",
    "alliance_goal",
    "alliance_task",
    "alliance_bond",
    "alliance_change",
    "nps",
)
UNITS = {
    "engagement_index": "ratio",
    "days_between_sessions": "days",
    "days_without_next_session": "days",
    "days_to_first_session": "days",
    "days_to_plan": "days",
    "session_stars": "stars",
    "session_srs": "points",
    "alliance": "points",
    "alliance_goal": "points",
    "alliance_task": "points",
    "alliance_bond": "points",
    "alliance_change": "points",
    "nps": "points",
    "days_to_smart": "days",
    "schedule_drift": "days",
    "adjustment_rate": "ratio",
    "replan_ratio": "per_30_days",
    "action_throughput": "per_30_days",
}
MEDIANS = {"days_to_smart", "days_between_sessions", "days_without_next_session", "days_to_first_session", "days_to_plan"}
RATES = set(NAMES) - set(UNITS) - {"objective_progress"}


def indicator(name: str, *, suppressed: bool = False) -> IndicatorPart:
    hit, n = Decimal(7), Decimal(12)
    value = (100 * hit / n).quantize(Decimal("0.0001")) if name not in UNITS else Decimal("3.5")
    shown: dict[str, Any] = {"value": value, "n": 12, "clients": 6, "numerator": hit, "denominator": n, "low": None, "high": None}
    if name in RATES:
        shown |= {"low": Decimal("31.95"), "high": Decimal("80.67")}
    if name in MEDIANS:
        shown |= {"numerator": None, "denominator": None}
    if suppressed:
        shown = dict.fromkeys(shown)
    return IndicatorPart(
        kpi=1,
        name=name,
        unit=UNITS.get(name, "percent"),
        mix={"reason_code": (Share("capacity", 3),)} if not suppressed else {},
        ruleset="kpi@1",
        suppressed="below_floor" if suppressed else None,
        **shown,
    )


def objective(number: int, title: str = "Meet each person of the team once a fortnight", points: int = 6) -> ObjectivePart:
    measure = MeasureAnswer(
        name="One-to-ones held", kind="numeric", unit="count", direction="increase", scope=None, band=None, source="calendar"
    )
    values = tuple(Point(on=AS_OF - timedelta(days=14 * (points - n)), value=Decimal(2 + n * number)) for n in range(points))
    return ObjectivePart(
        number=number,
        title=title,
        due_on=AS_OF + timedelta(days=60),
        measure=measure,
        baseline=Baseline(value=Decimal(2), at=date(2026, 1, 2), source="calendar"),
        target=Decimal(12),
        progress=Decimal(number) / 4 if points else None,
        measurements=values,
        outcome=None,
        level=None,
    )


def milestone(number: int, title: str = "Half way") -> MilestonePart:
    original = date(2026, 2, 1) + timedelta(days=11 * number)
    moved = number % 3
    due = original + timedelta(days=9 * moved)
    reached = due - timedelta(days=2) if due < AS_OF and number % 2 else None
    return MilestonePart(
        number=number,
        objective=1 + number % 3,
        title=title,
        original_due=original,
        due_on=due,
        times_moved=moved,
        reached_on=reached,
        state="reached" if reached else "missed" if due < AS_OF else "open",
    )


def client_progress(**changes: Any) -> ClientProgress:
    """A client with a full plan."""
    summary = JudgementPart(evaluator="client", effectiveness=4, summary="It is quieter in our meetings, and we decide more.")
    usual: dict[str, Any] = {
        "period": "to_date",
        "as_of": AS_OF,
        "as_of_position": 812,
        "organization": "Northlight Coaching",
        "program": "Leading with clarity",
        "client": "Zoë Łukasiewicz",
        "coach": "Дарья Ковалёва",
        "sponsor": "Νίκος Παπαδόπουλος",
        "stage": "active",
        "starts_on": date(2026, 1, 1),
        "planned_end": date(2026, 12, 31),
        "objectives": tuple(objective(number) for number in (1, 2, 3)),
        "milestones": tuple(milestone(number) for number in range(1, 8)),
        "indicators": tuple(indicator(name) for name in NAMES),
        "evaluations": (EvaluationPart(kind="interim", point="half", due_on=date(2026, 4, 1), judgements=(summary,)),),
        "wins": (WinPart(on=date(2026, 4, 2), what="Asked before answering"),),
        "left_out": (),
    }
    return ClientProgress(**usual | changes)


def program_report(**changes: Any) -> ProgramReport:
    """A program as its manager sees it."""
    reasons = (
        Reason("no_measurement", Decimal(34), "days", Decimal(21), (uuid(7),)),
        Reason("slow_pace", Decimal("0.31"), "ratio", Decimal("0.5"), (uuid(8),)),
    )
    usual: dict[str, Any] = {
        "period": "2026-05",
        "as_of": AS_OF,
        "as_of_position": 812,
        "organization": "Northlight Coaching",
        "program": "Leading with clarity",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "enrolled": 60,
        "engagements": 58,
        "floor": None,
        "indicators": tuple(indicator(name) for name in NAMES),
        "months": tuple(Month(f"2026-{n:02}", due=n * 3, on_time=n * 2, adjustments=n, measurements=9 * n) for n in range(1, 6)),
        "needs_help": tuple(
            HelpPart(engagement_id=uuid(n), client=f"Client number {n}", coach="Дарья Ковалёва", reasons=reasons) for n in range(1, 40)
        ),
        "left_out": (),
    }
    return ProgramReport(**usual | changes)


def withheld(*codes: str) -> tuple[Suppression, ...]:
    return tuple(Suppression(what=code, reason="consent_missing") for code in codes)
