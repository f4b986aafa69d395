"""Whether history was altered is answered also where it was altered so that nothing else can read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.database import Database, ask
from tests.services.firm import Firm

ALTERED = {
    "a payload that is no JSON any more": ("SET payload = set_byte(payload, 0, 0)", "payload_altered"),
    "a payload that lost its fields, with its hash": ("SET payload = '{}', payload_hash = sha256('{}')", "payload_unreadable"),
}


async def found(firm: Firm, query: str = "") -> list[dict[str, Any]]:
    answer = await firm.get("auditor", f"/v1/audit/altered-history?{query}")
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["findings"] if one["stands_out"]]


@contextmanager
def removed(house: Database, stream: str, since: int) -> Iterator[list[int]]:
    """The positions of a stream's events that are missing meanwhile. They come back, for the projector reads this log, too."""
    with psycopg.connect(house.dsn("admin"), autocommit=True) as connection:
        gone = connection.execute(
            "DELETE FROM es.event WHERE stream_id = %s AND version >= %s RETURNING position, event.*", [stream, since]
        ).fetchall()
        yield sorted(position for position, *_ in gone)
        for _, *row in gone:
            connection.execute("INSERT INTO es.event VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", row)


@pytest.mark.parametrize(("statement", "kind"), ALTERED.values(), ids=ALTERED)
async def test_a_payload_that_cannot_be_read_is_named(planned: Firm, house: Database, statement: str, kind: str) -> None:
    await planned.runner.catch_up()
    plan = planned.ids["plan"]
    assert await found(planned) == []
    ask(house.dsn("admin"), f"UPDATE es.event {statement} WHERE stream_id = '{plan}' AND version = 2")
    for query in ("", f"about={plan}"):
        (one,) = await found(planned, query)
        assert (one["kind"], one["facts"]["stream"], one["facts"]["version"]) == (kind, plan, 2)
        assert [event["version"] for event in one["evidence"]] == [2]


async def test_events_that_were_removed_are_named_by_their_positions(planned: Firm, house: Database) -> None:
    await planned.runner.catch_up()
    assert await found(planned) == []  # which is noted, so that the log goes on behind the plan
    with removed(house, planned.ids["plan"], 1) as positions:
        missing = [one["facts"] for one in await found(planned)]
    assert missing == [{"first": positions[0], "last": positions[-1]}]


async def test_the_end_of_the_log_is_missed_too(planned: Firm, house: Database) -> None:
    await planned.runner.catch_up()
    with removed(house, planned.ids["plan"], 2) as positions:
        (one,) = await found(planned)
    assert (one["kind"], one["facts"]) == ("positions_missing", {"first": positions[0], "last": positions[-1]})
    assert one["evidence"] == []
