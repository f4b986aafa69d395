"""Who is asked: proposed by client or coach, approved by the coach, and unchanged from the first answer on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.assessment.commands import DecideRaterNomination, NominateRater
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, require_active, require_raters, require_unclosed
from domain.assessment.events import RaterNominated, RaterNominationDecided
from domain.assessment.state import AssessmentState
from domain.errors import ItemUnknown
from domain.errors.assessment import AssessmentStarted, RaterInTwoGroups, RaterNotEligible, TooManyRaters
from domain.event import Event
from domain.glossary import RaterGroup
from domain.values import OfPerson

MOST_RATERS: Final = 50
"""So that everything about an assessment is one append when it closes, and a group of raters stays people whom the client works with."""


ABOVE: Final = frozenset[RaterGroup]({"manager", "other"})
"""The groups that the engagement's sponsor can be in: who pays for it, or stands above the client, is not mixed with peers and reports.

Who else stands above the client the product does not know: that is for the coach to see when they approve a rater.
"""


@decide.on(NominateRater)
def nominate(state: AssessmentState, command: NominateRater, context: AssessmentContext) -> Sequence[Event]:
    _require_open(state, context)
    if context.nominee.person_id in {context.engagement.client_id, context.engagement.coach_id} - {None}:
        raise RaterNotEligible(pointer="/email")
    _require_apart(context.nominee.person_id, command.group, context)
    if context.nominee.rater_id is not None:
        raise RaterInTwoGroups(pointer="/email", group=state.raters[context.nominee.rater_id].group)
    if len(state.raters) >= MOST_RATERS:
        raise TooManyRaters(most=MOST_RATERS)
    rater_id = context.nominee.person_id or context.ids[0]
    by = context.engagement.parties[context.actor]
    nominated = RaterNominated(
        rater_id=rater_id,
        group=command.group,
        nominated_by=by,
        name=OfPerson(command.name, subject=rater_id),
        email=OfPerson(command.email, subject=rater_id),
    )
    if by == "client":
        return (nominated,)
    return nominated, RaterNominationDecided(rater_id=rater_id, group=command.group, approved=True)


@decide.on(DecideRaterNomination)
def judge(state: AssessmentState, command: DecideRaterNomination, context: AssessmentContext) -> Sequence[Event]:
    _require_open(state, context)
    rater = state.raters.get(command.rater_id)
    if rater is None:
        raise ItemUnknown(pointer="/rater_id")
    group = command.group or rater.group
    if command.approved:
        _require_apart(rater.id, group, context)
    if (rater.approved, rater.group) == (command.approved, group):
        return ()
    if context.answered and (rater.approved is not None or rater.group != group):
        raise AssessmentStarted
    return (RaterNominationDecided(rater_id=rater.id, group=group, approved=command.approved),)


def _require_apart(person_id: UUID | None, group: RaterGroup, context: AssessmentContext) -> None:
    if person_id is not None and person_id == context.engagement.sponsor_id and group not in ABOVE:
        raise RaterNotEligible("The sponsor answers as the client's manager, or among others: not as a peer or a report.", pointer="/group")


def _require_open(state: AssessmentState, context: AssessmentContext) -> None:
    require_raters(state)
    require_active(context)
    require_unclosed(state)
