"""When client and coach meet, and how the client finds it: a session every three weeks, at an hour that is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from domain.engagement.commands import DraftAgreement
from domain.session.commands import (
    CancelSession,
    CompleteSession,
    MakeSessionAgreement,
    RateSession,
    RecordReflection,
    RecordSessionNoShow,
    ScheduleSession,
)
from domain.session.rating import INSTRUMENTS
from workers.demo.history.coaching import DAY, Coaching
from workers.demo.history.firm import Firm
from workers.demo.history.goal import NOTES
from workers.demo.history.script import Script
from workers.demo.history.size import chance

EVERY: Final = 21  # days
HOURS: Final = (8, 9, 10, 11, 13, 14, 15, 16)  # UTC: after the morning on which what is written for a day happens
PLACES: Final = EVERY // 7 * 5 * len(HOURS)
"""Hours of a coach that come back every three weeks, from Monday to Friday. Who comes after all of them are taken meets nobody."""
FOCUS: Final = ("The next talk with the team", "What keeps me from handing work over", "A meeting that went wrong", "How I begin my week")
WANTED: Final = ("A first sentence", "One thing that I do differently", "To see it from their side", "A decision")


def sessions(firm: Firm, coaching: Coaching, engaged: Script) -> Iterator[Script]:
    """As many as were agreed, one stream each, while somebody still cares."""
    client = coaching.course.client
    place = sum(other.coach == client.coach and other.number < client.number for other in firm.clients)
    agreed = next(told.command.sessions for told in engaged.told if isinstance(told.command, DraftAgreement))
    if place >= PLACES:
        return
    day = first_day(coaching.course.active, place)
    for number in range(1, agreed + 1):
        if day >= coaching.course.stops:
            return
        at = datetime.combine(day, time(HOURS[place % len(HOURS)]), UTC)
        yield Meeting(coaching, engaged.stream, number, at).script
        day += timedelta(days=EVERY)


def first_day(after: date, place: int) -> date:
    """The first of the place's days that comes later."""
    wanted = place // len(HOURS)  # 0 is the Monday of each first week of three, 14 the Friday of each third one
    days = (after + timedelta(days=number) for number in range(1, EVERY + 1))
    weeks = EVERY // 7
    return next(day for day in days if day.weekday() < 5 and (day.toordinal() - 1) // 7 % weeks * 5 + day.weekday() == wanted)


class Meeting:
    """One session, from when it is booked to how it is rated."""

    def __init__(self, coaching: Coaching, engagement: UUID, number: int, at: datetime) -> None:
        self.coaching, self.number, self.at = coaching, number, at
        self.client, self.coach = coaching.client, coaching.coach
        course = coaching.course
        self.luck = chance(coaching.planning.script.tenant, "session", course.client.number, number)
        booked = at.date() - timedelta(days=self.luck.randint(5, 12))
        self.script = Script(coaching.planning.script.tenant, f"session {course.client.number} {number}", booked)
        self.script.on(booked, self.coach, ScheduleSession(engagement_id=engagement, starts_at=at))
        self.happen(at.date())

    def happen(self, day: date) -> None:
        """Nine of ten take place; others are called off that morning, or somebody does not come."""
        turn = self.luck.random()
        if turn < 0.06:
            self.script.on(day, self.client, CancelSession(reason_code="capacity"))
        elif turn < 0.1:
            self.script.on(day + DAY, self.coach, RecordSessionNoShow(absent="client", occurred_at=self.at))
        else:
            self.hold(day)

    def hold(self, day: date) -> None:
        agreed = MakeSessionAgreement(focus=self.luck.choice(FOCUS), wanted_outcome=self.luck.choice(WANTED))
        self.script.on(day, self.client, agreed)
        done = CompleteSession(minutes=self.luck.choice((45, 60, 60, 75)), steps=("agreement", "awareness", "actions"), occurred_at=self.at)
        self.script.on(day + DAY, self.coach, done)
        if self.luck.random() < self.coaching.habit.care:
            self.rate(day + DAY)
        if self.luck.random() < 0.4:
            self.script.on(day + 2 * DAY, self.client, RecordReflection(text=self.luck.choice(NOTES), visibility="shared"))

    def rate(self, day: date) -> None:
        """Stars each time; session and alliance in turn; whether one would recommend it at first, and later once more."""
        self.score(day, "stars", 5, 4.4, 0.7)
        if self.number in (1, 4):
            self.score(day, "nps", 10, 8.4, 1.6)
        if self.number % 2:
            self.score(day, "srs", 10, 9.3, 0.8)
        else:
            self.score(day, "wai_sr", 5, 4.1 + 0.1 * self.number, 0.7)

    def score(self, day: date, instrument: str, highest: int, middle: float, spread: float) -> None:
        known = INSTRUMENTS[instrument, 1]
        points = {item: min(highest, max(known.lowest, round(self.luck.gauss(middle, spread)))) for item in sorted(known.items)}
        self.script.on(day, self.client, RateSession(instrument=instrument, scores=points))
