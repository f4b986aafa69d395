"""Closing: what waited comes into the log, without what would tell who said it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from domain.assessment.commands import CloseAssessment
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, instrument_of, require_unclosed
from domain.assessment.events import AssessmentClosed, GroupCount, RaterFeedbackSubmitted
from domain.assessment.result.group import folded
from domain.assessment.state import AssessmentState
from domain.errors.answering import AlreadySubmitted
from domain.event import Event
from domain.glossary import RaterGroup
from domain.rules import require_reason
from domain.values import OfNobody, of_author


@decide.on(CloseAssessment)
def close(state: AssessmentState, command: CloseAssessment, context: AssessmentContext) -> Sequence[Event]:
    require_unclosed(state)
    if state.is_closed:
        raise AlreadySubmitted("The self-assessment is answered, and so closed already.")
    sizes = Counter(one.group for one in context.feedback if one.group is not None)
    counts = _counts(state, sizes)
    early = context.today <= state.closes_on
    if early and any(_is_small(state, count.group, sizes) for count in counts):
        require_reason(command.reason_code, command.reason, context.policy)
    mixed = {count.group for count in counts if count.folded}
    kept = [replace(one, group=None) if one.group in mixed else one for one in context.feedback]
    return (
        *(RaterFeedbackSubmitted(feedback=OfNobody(one), scale_version=instrument_of(state).scale_version) for one in kept),
        AssessmentClosed(
            engagement_id=state.engagement_id,
            kind=state.kind,
            closed_on=context.today,
            early=early,
            answered=len(kept),
            groups=counts,
            reminders=context.reminders,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def _is_small(state: AssessmentState, group: RaterGroup, sizes: Counter[RaterGroup]) -> bool:
    return group != "manager" and sizes[group] < state.rater_min_group


def _counts(state: AssessmentState, sizes: Counter[RaterGroup]) -> tuple[GroupCount, ...]:
    """Of each group that was asked. Of one that is too small only this is told."""
    asked = Counter(rater.group for rater in state.approved.values())
    reasons = folded(sizes, state.rater_min_group)
    groups = sorted(asked.keys() | sizes.keys())
    untold = _untold(state, asked, {group for group in groups if group in reasons or _is_small(state, group, sizes)})
    return tuple(
        GroupCount(
            group=group,
            asked=asked[group],
            answered=None if group in untold else sizes[group],
            folded=reasons.get(group),
        )
        for group in groups
    )


def _untold(state: AssessmentState, asked: Counter[RaterGroup], small: set[RaterGroup]) -> set[RaterGroup]:
    """With the groups that are too small so many others, the smallest first, that fewer than the floor are never all that is left.

    How many answered in all is known: were one person alone left over, it would tell whether they did.
    """
    untold = set(small)
    for group in sorted(asked.keys() - small, key=lambda one: (one == "manager", asked[one], one)):
        if not 0 < sum(asked[one] for one in untold) < state.rater_min_group:
            break
        untold.add(group)
    return untold
