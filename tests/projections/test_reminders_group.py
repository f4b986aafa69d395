"""Whom of a group reminders go to: each who is in it and has signed, of what is their own, and nobody who has left."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from domain.engagement.events import AgreementDrafted, AgreementSigned, Signatory
from domain.plan.events import ActionCommitted
from domain.session.events import SessionCompleted, SessionRated
from domain.values import OfClient
from tests.projections.history import BERLIN, CLIENT, COACH, ENGAGEMENT, History, activated, defined
from tests.projections.meeting import booked, held, session
from tests.projections.promise import committed
from tests.projections.test_kpi_group import BEN, group, left
from tests.projections.test_reminders_due import TERMS, ZONES, facts_of
from workers.reminder.rule import firings

AROUND = ZONES | {BEN: BERLIN}


def signed(history: History, *people: UUID, on: str = "2026-01-11") -> History:
    for person in people:
        event = AgreementSigned(party="client", agreement_version=1, digest="ab" * 32, method="click")
        history.on(on, event, stream=ENGAGEMENT, actor=person)
    return history


def told(history: History, rule: str) -> list[UUID]:
    """Whom, in the order of their reminders, each once."""
    return list(dict.fromkeys(one.key.recipient_id for one in firings(facts_of(history), TERMS, AROUND) if one.key.rule == rule))


def met(history: History, number: int, on: str, *there: UUID) -> History:
    came = SessionCompleted(minutes=60, pro_bono=False, participants=len(there), steps=(), attended=there)
    return booked(history, number, on).on(on, came, stream=session(number))


def rated(history: History, number: int, on: str, by: UUID) -> History:
    event = SessionRated(instrument="stars", instrument_version=1, scores=OfClient({"stars": 5}), comment=None)
    return history.on(on, event, stream=session(number), actor=by)


def promised(history: History, owner: UUID) -> History:
    action: ActionCommitted = replace(committed("2026-03-01"), owner=owner)
    return history.on("2026-02-02", action)


def test_of_a_session_ahead_each_is_reminded_who_is_in_the_group_and_has_signed() -> None:
    assert set(told(booked(signed(group(), BEN), 1, "2026-01-20", on="2026-01-12"), "session_ahead")) == {CLIENT, COACH, BEN}
    assert BEN not in told(booked(group(), 1, "2026-01-20", on="2026-01-12"), "session_ahead")
    assert BEN not in told(left(booked(signed(group(), BEN), 1, "2026-01-20", on="2026-01-12"), "2026-01-15"), "session_ahead")


def test_each_who_was_there_is_asked_how_it_was_until_they_have_said_it() -> None:
    both = met(signed(group(), BEN), 1, "2026-01-20", CLIENT, BEN)
    assert set(told(both, "session_unrated")) == {CLIENT, BEN}
    assert told(rated(both, 1, "2026-01-20", CLIENT), "session_unrated") == [BEN]
    assert told(rated(both, 1, "2026-01-21", BEN), "session_unrated") == []
    assert told(met(signed(group(), BEN), 1, "2026-01-20", CLIENT), "session_unrated") == [CLIENT], "Ben was not there"
    assert told(left(met(signed(group(), BEN), 1, "2026-01-20", CLIENT, BEN), "2026-01-20"), "session_unrated") == [CLIENT]


def test_where_nobody_said_who_came_everybody_is_asked() -> None:
    assert set(told(held(signed(group(), BEN), 1, "2026-01-20"), "session_unrated")) == {CLIENT, BEN}


def test_who_promised_something_is_reminded_of_it_and_once_they_left_the_coach_is() -> None:
    history = signed(group(), BEN).on("2026-01-12", defined(by="coach")).on("2026-02-01", activated("2026-02-01"))
    mine = promised(history, BEN)
    assert told(mine, "action_due") == [BEN]
    assert told(left(mine, "2026-02-10"), "action_due") == [COACH]


def test_each_who_has_not_signed_is_reminded_to() -> None:
    parties = (
        Signatory(party="client", person_id=CLIENT),
        Signatory(party="client", person_id=BEN),
        Signatory(party="coach", person_id=COACH),
    )
    history = group()
    last = next(fed.event for fed in reversed(history.feds) if isinstance(fed.event, AgreementDrafted))
    drafted = history.on("2026-01-11", replace(last, parties=parties), stream=ENGAGEMENT)
    assert set(told(drafted, "agreement_unsigned")) == {CLIENT, BEN, COACH}
    assert set(told(signed(drafted, CLIENT, on="2026-01-12"), "agreement_unsigned")) == {BEN, COACH}
    assert set(told(left(drafted, "2026-01-12"), "agreement_unsigned")) == {COACH}
