"""What happens because it is time: each rule, the actor that is sent a job, and for whom.

An actor with `each` gets the id of one organization a job, of those that the statement finds; one without gets nothing. It
has to bear being run twice, and later than planned: what fell due while no worker ran is done once, when one runs again.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from dramatiq import Actor

from infra.sql import Statement, load
from workers.assessment.actor import tend_assessments
from workers.housekeeping import forget_commands, forget_request_counts
from workers.mail_link.actor import forget_mail_links
from workers.milestone import miss_milestones
from workers.noticed import end_after_notice
from workers.person.actor import look_for_erasures
from workers.reminder.actor import look_for_reminders
from workers.report.due import request_monthly
from workers.report.sweep import sweep_reports
from workers.survey.actor import tend_surveys

SQL: Final = load(__file__)


class Daily(NamedTuple):
    """Every day at a time of day, UTC. What is due at somebody's local time is data, and found by a frequent rule."""

    at: time

    def after(self, moment: datetime) -> datetime:
        """The first time after a moment."""
        today = datetime.combine(moment.astimezone(UTC), self.at, UTC)
        return today if today > moment else today + timedelta(days=1)


class Every(NamedTuple):
    """At every whole multiple of a period, counted from midnight UTC of 1 January 1970."""

    period: timedelta

    def after(self, moment: datetime) -> datetime:
        """The first time after a moment."""
        begin = datetime(1970, 1, 1, tzinfo=UTC)
        return begin + ((moment - begin) // self.period + 1) * self.period


class Monthly(NamedTuple):
    """Once a month, on a day that every month has, at a time of day, UTC."""

    day: int
    at: time

    def after(self, moment: datetime) -> datetime:
        """The first time after a moment."""
        local = moment.astimezone(UTC)
        this = datetime.combine(local.date().replace(day=self.day), self.at, UTC)
        following = (this.replace(day=1) + timedelta(days=31)).replace(day=self.day)
        return this if this > moment else following


class Entry(NamedTuple):
    """A line of the schedule. It is known by its actor's name, so an actor stands in one line only."""

    rule: Daily | Every | Monthly
    actor: Actor[..., Any]
    each: Statement | None = None


SCHEDULE: Final = (
    Entry(Daily(time(3, 10)), forget_commands, each=SQL.tenants),
    Entry(Daily(time(3, 50)), forget_request_counts),
    Entry(Every(timedelta(hours=1)), forget_mail_links),
    Entry(Daily(time(3, 30)), look_for_erasures, each=SQL.tenants),
    Entry(Daily(time(4, 10)), sweep_reports, each=SQL.tenants),
    Entry(Every(timedelta(minutes=15)), look_for_reminders, each=SQL.tenants),  # an hour begins at such a time in every zone
    Entry(Every(timedelta(minutes=15)), miss_milestones, each=SQL.tenants),  # so does a day
    Entry(Every(timedelta(minutes=15)), end_after_notice, each=SQL.tenants),
    Entry(Every(timedelta(minutes=15)), tend_assessments, each=SQL.tenants),  # so does a closing day
    Entry(Every(timedelta(minutes=15)), tend_surveys, each=SQL.tenants),
    Entry(Monthly(2, time(5)), request_monthly, each=SQL.tenants),  # by then the month has ended in every zone
)
