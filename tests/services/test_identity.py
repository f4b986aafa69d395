"""The ids of a command: each by its place, made once, and never more than there are."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.command.identity import IDS, Ids


def test_an_id_is_made_when_it_is_asked_for_and_stays_the_same() -> None:
    asked: list[int] = []

    def make(place: int) -> UUID:
        asked.append(place)
        return UUID(int=len(asked))

    ids = Ids(make)
    assert (ids[3], ids[-1], ids[3], ids[IDS - 1]) == (UUID(int=1), UUID(int=2), UUID(int=1), UUID(int=2))
    assert asked == [3, IDS - 1]
    assert len(set(ids)) == len(ids) == len(asked) == IDS
    assert ids[1:] == tuple(ids)[1:]


def test_there_is_none_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        Ids(lambda place: UUID(int=place))[IDS]
