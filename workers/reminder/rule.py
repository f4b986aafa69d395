"""The rules of reminders, as a table: on which day or event each hangs, how many days from it, and to whom it goes.

A rule stops by itself: what is done, moved or withdrawn is no anchor any more (`projections/reminder/follow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.engagement.alignment import SHARES
from domain.reminder.commands import DedupeKeyBody
from projections.pause import after, rested
from projections.reminder.facts import Due, Facts
from workers.reminder.anchor import Anchor, Terms, on_day
from workers.reminder.session import GAP_DAYS, rating_low, session_ahead, session_missing, session_still_missing, session_unrated
from workers.reminder.slot import Quiet, awake, dated, is_stale, prompt


class Rule(NamedTuple):
    """`offsets` are days from the anchor, before it negative; a rule about an event has 0 only."""

    code: str
    anchors: Callable[[Facts, Terms], Iterator[Anchor]]
    offsets: tuple[int, ...] = (0,)


class Firing(Struct, frozen=True):
    """One reminder: what it is, when it goes out, and from when on there is no point in it, if ever.

    One about a person, and not an engagement, has none.
    """

    engagement_id: UUID | None
    key: DedupeKeyBody
    due_at: datetime
    until: datetime | None = None

    def is_stale(self, now: datetime) -> bool:
        return is_stale(self.due_at, now) or (self.until is not None and self.until <= now)


def agreement_unsigned(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    if facts.agreement is not None:
        drafted, unsigned = facts.agreement.drafted, facts.agreement.unsigned
        people = tuple(signatory.person_id for signatory in unsigned)
        yield Anchor(facts.engagement_id, str(drafted.version), terms.day(facts.agreement.at), drafted.since, people)


def alignment_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Of three sides only: where nobody sponsors the coaching, client and coach align in their sessions."""
    if facts.begun is None or facts.ends is None or facts.sponsor_id is None:
        return
    whole = (facts.ends.on - facts.begun.on).days
    for kind, share in SHARES.items():
        if kind not in facts.aligned:
            due = Due(facts.begun.on + timedelta(days=whole * share // 100), facts.ends.since)
            yield on_day(facts.engagement_id, due, facts.coach_id)


def engagement_overdue(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """It stays open after its planned end: it counts as active, and is billed, until somebody closes it."""
    if facts.ends is not None:
        yield on_day(facts.engagement_id, facts.ends, facts.manager_id)


def action_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Of what a former coach had promised, or who left the group, the coach of today is reminded."""
    for action_id, action in facts.actions.items():
        yield on_day(action_id, action.due, facts.coach_id if action.owner in facts.former | facts.gone else action.owner)


def milestone_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    for milestone_id, milestone in facts.milestones.items():
        if facts.activated is not None and not facts.objectives[milestone.objective_id].closed:
            yield on_day(milestone_id, milestone.due, facts.client_id, facts.coach_id)


def review_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """The day that the last review set, or before the first one the organization's cadence after activation."""
    if facts.plan_id is None or facts.activated_on is None or all(one.closed for one in facts.objectives.values()):
        return
    first = Due(after(facts.pauses, facts.activated_on.on, terms.cadence_days), facts.activated_on.since)
    yield on_day(facts.plan_id, facts.review or first, facts.client_id, facts.coach_id)


def evaluation_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """When the coaching is over, only of what lasts; its coach does not judge any more."""
    for evaluation_id, evaluation in facts.evaluations.items():
        if not facts.over or evaluation.follows:
            judging = [party for party in evaluation.waiting if party != "coach" or not facts.over]
            yield on_day(evaluation_id, evaluation.due, *(facts.person(party) for party in judging))


def self_assessment_due(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Weekly while it can be answered."""
    for assessment_id, waits in facts.self_assessments.items():
        closed_at = datetime.combine(waits.closes_on + timedelta(days=1), time(), terms.zone)
        anchor = on_day(assessment_id, Due(waits.opens_on, waits.since), facts.client_id)
        yield anchor._replace(until=closed_at)


def objective_unmeasured(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Counts from the last value; before there is one, from when the objective came into an active plan. A pause puts it off."""
    for objective_id, objective in facts.objectives.items():
        if facts.activated is None or facts.activated_on is None or objective.closed or not objective.measurable:
            continue
        later = objective.defined > facts.activated
        first = Due(terms.day(objective.defined), objective.since) if later else facts.activated_on
        last = objective.measured or first
        counts = last.on + timedelta(days=rested(facts.pauses, last.on, date.max))
        yield on_day(objective_id, last, facts.client_id)._replace(day=counts)


def baseline_missing(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """From when it got its measure, also while the plan is a draft: without a value to begin from it cannot come into force."""
    for objective_id, objective in facts.objectives.items():
        if objective.baseless is not None and not objective.closed:
            day = terms.day(objective.baseless)
            counts = day + timedelta(days=rested(facts.pauses, day, date.max))
            yield on_day(objective_id, Due(day, objective.baseless), facts.client_id)._replace(day=counts)


def consent_expiring(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """To whose consent it is, once for all that ends on one day."""
    for by, day in sorted({(one.by, one.until.on) for one in facts.consents}):
        stands = [one.until.since for one in facts.consents if (one.by, one.until.on) == (by, day)]
        told = [at for at in stands if at is not None]
        yield on_day(facts.engagement_id, Due(day, max(told, default=None)), by)


def objective_drifting(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    for objective_id, objective in facts.objectives.items():
        if objective.drift is not None and not objective.closed:
            yield Anchor(objective_id, str(objective.drift.version), None, objective.drift.since, (facts.coach_id,))


def small_win(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    for item_id, win in facts.wins.items():
        yield Anchor(item_id, str(win.version), None, win.since, (facts.client_id,))


EVALUATION_DUE: Final = Rule("evaluation_due", evaluation_due, (-7, 0, 7))
RULES: Final = (
    Rule("agreement_unsigned", agreement_unsigned, (2, 5, 10)),
    Rule("alignment_due", alignment_due, (0, 7)),
    Rule("engagement_overdue", engagement_overdue, (1, 14)),
    Rule("action_due", action_due, (-2, 0, 1, 7)),
    Rule("milestone_due", milestone_due, (-7, 0, 3)),
    Rule("review_due", review_due, (0, 3)),
    EVALUATION_DUE,
    Rule("self_assessment_due", self_assessment_due, (7, 14, 21)),
    Rule("objective_unmeasured", objective_unmeasured, (21,)),
    Rule("objective_drifting", objective_drifting),
    Rule("baseline_missing", baseline_missing, (7, 14)),
    Rule("consent_expiring", consent_expiring, (-14,)),
    Rule("small_win", small_win),
    Rule("session_ahead", session_ahead, (-1,)),
    Rule("session_missing", session_missing, (GAP_DAYS,)),
    Rule("session_missing", session_still_missing, (GAP_DAYS + 7,)),
    Rule("session_unrated", session_unrated),
    Rule("rating_low", rating_low),
)


def firings(facts: Facts, terms: Terms, zones: Mapping[UUID, ZoneInfo]) -> Iterator[Firing]:
    """Every reminder that stands, past and to come, for those whose zone is given. Not one whose time was over before it was asked for.

    Nobody is reminded while the engagement rests, nor later of what fell due meanwhile: what has to be said then has a new day.
    When it is over nobody is reminded any more but of the evaluations that follow it; a coach who left is not at all.
    """
    if not facts.over and facts.pauses and facts.pauses[-1].until is None:
        return
    for rule in (EVALUATION_DUE,) if facts.over else RULES:
        for anchor in rule.anchors(facts, terms):
            for recipient in anchor.recipients:
                if anchor.since is None or recipient is None or recipient not in zones or recipient in facts.former | facts.gone:
                    continue
                for offset in rule.offsets:
                    due_at = slot(anchor, anchor.since, offset, zones[recipient], terms.quiet)
                    if due_at > begun(anchor.since, recipient, facts) and not any(pause.holds(terms.day(due_at)) for pause in facts.pauses):
                        yield fires(rule.code, anchor, recipient, offset, due_at, facts.engagement_id)


def fires(code: str, anchor: Anchor, recipient: UUID, offset: int, due_at: datetime, engagement: UUID | None = None) -> Firing:
    key = DedupeKeyBody(rule=code, subject_id=anchor.subject_id, recipient_id=recipient, anchor=anchor.value, offset_days=offset)
    return Firing(engagement, key, due_at, anchor.until)


def begun(since: datetime, recipient: UUID, facts: Facts) -> datetime:
    """Of what a coach finds who takes over nothing goes out any more that the former one was to be reminded of."""
    return max(since, facts.coach_since) if recipient == facts.coach_id and facts.coach_since is not None else since


def slot(anchor: Anchor, since: datetime, offset: int, zone: ZoneInfo, quiet: Quiet) -> datetime:
    if anchor.at is not None:
        return awake(anchor.at, zone, quiet)
    if anchor.day is None:
        return prompt(since, zone, quiet)
    return dated(anchor.day + timedelta(days=offset), zone, quiet)
