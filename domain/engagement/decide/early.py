"""Deciding when coaching ends before its end: at once, or with the day up to which notice is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.engagement.commands import EndAfterNotice, EndEngagementEarly, WithdrawEngagementNotice
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import BEFORE, course_of, given_back, require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import Ender, EngagementEndedEarly, EngagementNoticeGiven, EngagementNoticeWithdrawn
from domain.engagement.state import EngagementState
from domain.errors.engagement import EngagementNotActive, FutureSessionsExist, NoticeGivenAlready, NoticeNotGiven, NoticeTooShort
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.glossary import ENDED
from domain.rules import require_reason
from domain.values import of_author


@decide.on(EndEngagementEarly)
def end_early(state: EngagementState, command: EndEngagementEarly, context: EngagementContext) -> Sequence[Event]:
    """Also while it rests. What was agreed stays as it is."""
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.stage in BEFORE:
        raise EngagementNotActive("Its coaching has not begun: cancel the engagement.", state=state.stage)
    ender = ender_of(state, context.actor, context.today)
    ends_on = _last_day(state, command, ender, context.today)
    if ends_on > context.today:
        return (_notice(state, command, ender, ends_on, context),)
    course = course_of(context)
    if course.future_sessions:
        raise FutureSessionsExist(sessions=course.future_sessions)
    return (
        EngagementEndedEarly(
            **given_back(state, context),
            sessions_held=course.sessions_held,
            ended_by=ender,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(WithdrawEngagementNotice)
def withdraw_notice(state: EngagementState, command: WithdrawEngagementNotice, context: EngagementContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if state.notice is None:
        raise NoticeNotGiven
    return (EngagementNoticeWithdrawn(ends_on=state.notice.ends_on, reason_code=command.reason_code, reason=of_author(command.reason)),)


@decide.on(EndAfterNotice)
def end_after_notice(state: EngagementState, command: EndAfterNotice, context: EngagementContext) -> Sequence[Event]:
    """With the day that was said, however much later it is noted. Nothing, where that was changed or taken back, or it is over."""
    notice = state.notice
    if state.stage in ENDED or notice is None or notice.ends_on != command.ends_on or context.today <= notice.ends_on:
        return ()
    return (
        EngagementEndedEarly(
            **given_back(state, context) | {"closed_on": notice.ends_on},
            sessions_held=course_of(context).sessions_held,
            ended_by=notice.given_by,
            reason_code=notice.reason_code,
            reason=None,  # the words are those of who gave notice, and stand there
        ),
    )


def _last_day(state: EngagementState, command: EndEngagementEarly, ender: Ender, today: date) -> date:
    """Earlier than a day that was said before, or nothing new is said."""
    earliest = earliest_end(state, ender, today)
    ends_on = earliest if command.ends_on is None else command.ends_on
    if ends_on < today:
        raise DatesInverted("The last day must not lie in the past.", pointer="/ends_on")
    if ends_on < earliest:
        raise NoticeTooShort(pointer="/ends_on", earliest=earliest)
    if ends_on > earliest and state.planned_end is not None and ends_on > state.planned_end:
        said = "The coaching is planned to end before that day: choose the planned end, or a day before it."
        raise DatesInverted(said, pointer="/ends_on", planned_end=state.planned_end)
    if state.notice is not None and ends_on >= state.notice.ends_on:
        raise NoticeGivenAlready(ends_on=state.notice.ends_on)
    return ends_on


def _notice(
    state: EngagementState, command: EndEngagementEarly, ender: Ender, ends_on: date, context: EngagementContext
) -> EngagementNoticeGiven:
    return EngagementNoticeGiven(
        engagement_id=state.id,
        ends_on=ends_on,
        given_on=context.today,
        given_by=ender,
        notice_days=0 if state.agreement is None else state.agreement.terms.termination_days,
        next_session_no=course_of(context).next_session_no,
        reason_code=command.reason_code,
        reason=of_author(command.reason),
    )


def ender_of(state: EngagementState, person: UUID, today: date) -> Ender:
    """As whom this person ends it: as a party, or as who runs the organization."""
    return state.facts(today).parties.get(person, "organization")


def earliest_end(state: EngagementState, ender: Ender, today: date) -> date:
    """The first day that can be its last one: a party keeps the days of notice, up to the planned end at most."""
    if ender == "organization" or state.agreement is None:
        return today
    noticed = today + timedelta(days=state.agreement.terms.termination_days)
    return noticed if state.planned_end is None else max(today, min(noticed, state.planned_end))
