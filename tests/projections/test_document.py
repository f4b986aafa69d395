"""Where the sealed values of a document were sealed: it may be made of several streams."""

from __future__ import annotations

from uuid import UUID

from domain.session.events import SessionRated
from domain.values import OfClient
from projections.document import folded_in
from projections.kpi_board import KPI_BOARD
from tests.projections.history import ENGAGEMENT, History
from tests.projections.meeting import begun, booked, held, session


def rated(number: int) -> SessionRated:
    return SessionRated(instrument="stars", instrument_version=1, scores=OfClient(sealed=f"sealed in {number}"), comment=None)


def places(history: History) -> dict[str, tuple[UUID, UUID]]:
    """Of each sealed value that comes into the document of the history's engagement: the stream and the realm."""
    events = [fed for fed in history.feds if KPI_BOARD.key(fed) == ENGAGEMENT]
    (folded,) = folded_in(KPI_BOARD, ENGAGEMENT, None, events)
    return {at.text: (at.stream, at.realm) for at in folded.came}


def test_a_value_is_opened_in_the_stream_whose_event_brought_it() -> None:
    history = held(held(begun(History()), 1, "2026-02-02"), 2, "2026-02-16")
    history.on("2026-02-02", rated(1), stream=session(1)).on("2026-02-16", rated(2), stream=session(2))
    assert places(booked(history, 3, "2026-03-02")) == {
        "sealed in 1": (session(1), ENGAGEMENT),
        "sealed in 2": (session(2), ENGAGEMENT),
    }
