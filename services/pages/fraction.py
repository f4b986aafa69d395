"""What an indicator is made of, as people say it: `12 of 16 milestones due reached in time`."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from services.pages.words import count, number, shifted
from services.wording.spoken import say


class Wording(NamedTuple):
    """`one` and `many` name what the denominator counts: `below`. Of the numerator a sentence says the number, `top`,
    how many `times` it happened, or how many days `later`; a mean has no sum that would mean anything.
    """

    sentence: str
    one: str
    many: str


WORDINGS: Final[dict[str, Wording]] = {
    "smart_rate": Wording("{top} of {below} passed at once", "objective", "objectives"),
    "baseline_coverage": Wording("{top} of {below} with a baseline", "active objective", "active objectives"),
    "attainment_score": Wording("Mean of {below}", "plan", "plans"),
    "attainment_change": Wording("Mean of {below}", "plan", "plans"),
    "objective_progress": Wording("Mean of {below}", "measured objective", "measured objectives"),
    "on_time_milestones": Wording("{top} of {below} reached in time", "milestone due", "milestones due"),
    "on_original_date": Wording("{top} of {below} reached by the first date", "milestone due", "milestones due"),
    "schedule_drift": Wording("{later} in all, over {below}", "milestone", "milestones"),
    "adjustment_rate": Wording("Due dates changed {times}, over {below}", "milestone", "milestones"),
    "replan_ratio": Wording("Changed {times} in {below}", "active day", "active days"),
    "action_follow_through": Wording("{top} of {below} kept in time", "action due", "actions due"),
    "action_throughput": Wording("{top} done in {below}", "active day", "active days"),
    "client_authored_share": Wording("{top} of {below} by the client", "change", "changes"),
    "client_approved_share": Wording("{top} of {below} made or approved by the client", "change", "changes"),
    "review_adherence": Wording("{top} of {below} within the cadence", "interval", "intervals"),
    "evaluation_timeliness": Wording("{top} of {below} in time", "evaluation due", "evaluations due"),
    "engagement_index": Wording("Mean of {below}", "engagement", "engagements"),
    "session_completion": Wording("{top} of {below} took place", "session", "sessions"),
    "engagement_completion": Wording("{top} of {below} completed", "engagement that ended", "engagements that ended"),
    "consent_health": Wording("{top} of {below} with a consent", "sponsored engagement", "sponsored engagements"),
    "session_stars": Wording("Mean of {below}", "rating", "ratings"),
    "session_srs": Wording("Mean of {below}", "rating", "ratings"),
    "session_srs_low": Wording("{top} of {below} at 36 points or fewer", "rating", "ratings"),
    "alliance": Wording("Mean of {below}", "engagement", "engagements"),
    "alliance_goal": Wording("Mean of {below}", "engagement", "engagements"),
    "alliance_task": Wording("Mean of {below}", "engagement", "engagements"),
    "alliance_bond": Wording("Mean of {below}", "engagement", "engagements"),
    "alliance_change": Wording("Mean of {below}", "engagement", "engagements"),
    "gain_360": Wording("Mean of {below}", "client", "clients"),
    "self_other_gap": Wording("Mean of {below}", "client", "clients"),
    "response_rate": Wording("{top} of {below} answered", "rater", "raters"),
    "survey_response_rate": Wording("{top} of {below} answered", "person asked", "people asked"),
    "survey_nps": Wording("For less against: {top}, of {below}", "answer", "answers"),
    "survey_stars": Wording("Mean of {below}", "answer", "answers"),
    "nps": Wording("For less against: {top}, of {below}", "answer", "answers"),
}
"""Of every indicator that has a numerator: a median has none."""


def fraction(name: str, numerator: Decimal, denominator: Decimal) -> str:
    wording = WORDINGS[name]
    below = count(denominator, wording.one, wording.many)
    if not denominator:
        return say("{below} so far", below=below)
    return say(wording.sentence, top=number(numerator), times=count(numerator, "time"), later=shifted(numerator), below=below)
