"""The rules of reminders about sessions: that one is near, that none is booked, and that one was rated low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta
from typing import Final

from domain.session.rating import INSTRUMENTS
from domain.values import Code
from projections.pause import rested
from projections.reminder.facts import Facts, Met
from workers.reminder.anchor import Anchor, Terms

DAY: Final = timedelta(days=1)
GAP_DAYS: Final = 14
"""After the last session, before the coach is reminded that none is booked."""


def session_ahead(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """A day before it; not of one that was booked, or moved, later than that. One that is moved has another time, and so another anchor."""
    for session_id, booked in facts.booked.items():
        at = booked.starts_at - DAY
        if booked.since is not None and booked.since < at:
            value = f"{booked.starts_at.astimezone(UTC):%Y-%m-%dt%H.%Mz}"
            yield Anchor(
                session_id, value, None, booked.since, (facts.client_id, facts.coach_id, *facts.members), at=at, until=booked.starts_at
            )


def last_session(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """The day of the last session, also of one that is still booked; none where no agreed session is left. A pause puts it off.

    When one is called off too late to keep to the days from there, the coach is reminded on the next day.
    """
    if facts.met is None or (facts.agreed is not None and facts.used >= facts.agreed):
        return
    last = max([facts.met, *(Met(id, one.starts_at, one.since) for id, one in facts.booked.items())], key=lambda one: one.at)
    day, since = terms.day(last.at), last.since
    if (off := facts.called_off) is not None and (freed := terms.day(off.at) - timedelta(days=GAP_DAYS - 1)) > day:
        day, since = freed, off.since
    counts = day + timedelta(days=rested(facts.pauses, day, date.max))
    yield Anchor(last.session_id, day.isoformat(), counts, since, ())


def session_missing(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    return (anchor._replace(recipients=(facts.coach_id,)) for anchor in last_session(facts, terms))


def session_still_missing(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Where a week after the coach was reminded still none is booked."""
    return (anchor._replace(recipients=(facts.client_id,)) for anchor in last_session(facts, terms))


def session_unrated(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Once after each session that took place, to the client, and of a group to each who was there, who has rated it by no instrument."""
    for session_id, held in facts.held.items():
        yield Anchor(session_id, terms.day(held.at).isoformat(), None, held.since, tuple(sorted(held.unrated)))


def rating_low(facts: Facts, terms: Terms) -> Iterator[Anchor]:
    """Only to the coach: how the two work together is for the two to talk about."""
    before: dict[Code, Mapping[str, int]] = {}
    for rating in facts.ratings:
        if rating.scores.is_erased:
            continue
        instrument, scores = INSTRUMENTS[rating.instrument, rating.instrument_version], rating.scores.plain()
        if instrument.asks_to_talk(scores, before.get(rating.instrument)):
            yield Anchor(rating.session_id, str(rating.rated.version), None, rating.rated.since, (facts.coach_id,))
        before[rating.instrument] = scores
