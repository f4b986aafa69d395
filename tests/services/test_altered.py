"""Whether history was altered is answered also where it was altered so that nothing else can read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from uuid_utils.compat import uuid7

from services.audit.question.table import QUESTIONS
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.services.test_as_of import head, rename
from tests.services.test_execution import active

ALTERED = {
    "a payload that is no JSON any more": ("SET payload = set_byte(payload, 0, 0)", "payload_altered"),
    "a payload that lost its fields, with its hash": ("SET payload = '{}', payload_hash = sha256('{}')", "payload_unreadable"),
    "who acted is no JSON any more": ("SET meta = set_byte(meta, 0, 0)", "meta_altered"),
    "who acted says nothing, with its hash": ("SET meta = '{}', meta_hash = sha256('{}')", "meta_unreadable"),
    "somebody else acted": ("SET meta = convert_to(replace(convert_from(meta, 'UTF8'), 'coach', 'couch'), 'UTF8')", "meta_altered"),
}
BROKEN = {
    "a payload that is no JSON any more": "UPDATE es.event SET payload = set_byte(payload, 0, 0)",
    "a payload of another shape": "UPDATE es.event SET payload = '{\"a\": [1]}', payload_hash = sha256('{\"a\": [1]}')",
    "who acted is no JSON any more": "UPDATE es.event SET meta = set_byte(meta, 0, 0)",
    "a row that is missing": "DELETE FROM es.event",
}
AGAIN = "INSERT INTO es.event VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
ASKED = [one for one in QUESTIONS if one.find is not None]


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
            connection.execute(AGAIN, row)


@contextmanager
def broken(house: Database, stream: str, statement: str) -> Iterator[None]:
    """A stream whose first event cannot be read meanwhile. Afterwards it can again: other tests read the whole log, too."""
    first = "WHERE stream_id = %s AND version = 1"
    with psycopg.connect(house.dsn("admin"), autocommit=True) as connection:
        (row,) = connection.execute(f"SELECT * FROM es.event {first}", [stream]).fetchall()
        connection.execute(f"{statement} {first}", [stream])
        yield
        connection.execute(f"DELETE FROM es.event {first}", [stream])
        connection.execute(AGAIN, row)


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


@pytest.mark.parametrize("statement", BROKEN.values(), ids=BROKEN)
async def test_every_question_is_answered_about_a_broken_plan(planned: Firm, house: Database, statement: str) -> None:
    """With what is wrong as a finding, or with a refusal that names the event; never with an error of ours."""
    await planned.runner.catch_up()
    plan = planned.ids["plan"]
    place = {one["version"]: one["position"] for one in (await planned.seen("auditor", f"/v1/plans/{plan}/timeline"))["items"]}
    with broken(house, plan, statement):
        for question in ASKED:
            for about in {"", *(f"about={planned.ids[noun]}" for noun in question.about if noun != "report" and noun in planned.ids)}:
                if question.number == 7:
                    about = f"about={planned.ids['client']}"
                answer = await planned.get("auditor", f"{question.path}?{about}")
                if question.needs_about and not about:
                    continue
                told = answer.json()
                if answer.status_code == 409:
                    assert (told["code"], told["facts"]["stream"]) == ("log_unreadable", plan)
                    assert told["facts"]["position"] in place.values()
                else:
                    assert answer.status_code == 200, answer.text
                    assert question.number in {8, 9, 15} or names_it(told, plan), (question.slug, about, told)


def names_it(told: dict[str, Any], plan: str) -> bool:
    """Whether a finding that stands out names the event that is broken, or the gap where it was."""
    return any(one["kind"] == "positions_missing" or one["facts"].get("stream") == plan for one in told["findings"] if one["stands_out"])


@pytest.mark.parametrize("noun", ["organization", "auditor"])
async def test_a_broken_event_that_every_answer_needs_is_named_in_a_refusal(planned: Firm, house: Database, noun: str) -> None:
    await planned.runner.catch_up()
    stream = planned.ids.get(noun, str(planned.tenant))
    ask(house.dsn("admin"), f"UPDATE es.event SET payload = set_byte(payload, 0, 0) WHERE stream_id = '{stream}' AND version = 1")
    for question in ASKED:
        about = "" if not question.needs_about else f"about={planned.ids['plan' if 'plan' in question.about else 'client']}"
        answer = await planned.get("auditor", f"{question.path}?{about}")
        assert (answer.status_code, answer.json()["code"]) == (409, "log_unreadable")
        assert (answer.json()["facts"]["stream"], answer.json()["facts"]["version"]) == (stream, 1)


async def test_what_was_altered_and_can_be_read_is_judged_and_marked(planned: Firm, house: Database) -> None:
    await planned.runner.catch_up()
    plan = planned.ids["plan"]
    ask(house.dsn("admin"), f"UPDATE es.event SET payload = payload || ' ' WHERE stream_id = '{plan}' AND version = 2")
    answer = await planned.seen("auditor", f"/v1/audit/signed-content?about={plan}")
    assert [one["facts"]["version"] for one in answer["findings"] if one["kind"] == "told_of_altered"] == [2]
    assert len([one for one in answer["findings"] if one["kind"] == "signed_this_content"]) == 3


OF_ANOTHER = "UPDATE es.event SET payload = convert_to(replace(convert_from(payload, 'UTF8'), 'OLD', 'NEW'), 'UTF8')"


@pytest.mark.parametrize("statement", [*BROKEN.values(), OF_ANOTHER], ids=[*BROKEN, "an id of nothing"])
async def test_what_is_read_of_a_broken_plan_is_refused_with_the_event_that_is_broken(
    planned: Firm, house: Database, statement: str
) -> None:
    """Also as pages, and where something is to be done to it; the rows that are read without the log are as they were."""
    await rename(planned, "Lead")
    plan, position = planned.ids["plan"], await head(planned)
    told = (await planned.seen("auditor", f"/v1/plans/{plan}/timeline"))["items"]
    statement = statement.replace("OLD", planned.ids["Meet"]).replace("NEW", str(uuid7()))
    ask(house.dsn("admin"), f"{statement} WHERE stream_id = '{plan}' AND version = 2")
    for path in (f"as-of?position={position}", f"diff?from=position:1&to=position:{position}"):
        answer = await planned.get("auditor", f"/v1/plans/{plan}/{path}")
        assert answer.status_code == 409, (path, answer.text)
        named = answer.json().get("facts", {"stream": plan})["stream"]  # a search does not know which event it missed
        assert (answer.json()["code"], named) == ("log_unreadable", plan)
    for path in (f"/plans/{plan}?as_of=position:{position}", f"/plans/{plan}/compare?from=position:1"):
        answer = await planned.get("auditor", path, Accept="text/html")
        assert (answer.status_code, "somebody changed the log" in answer.text) == (409, True)
    answer = await planned.post("coach", f"/v1/plans/{plan}/propose-plan", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "log_unreadable")
    assert (await planned.seen("auditor", f"/v1/plans/{plan}/timeline"))["items"] == told


async def test_a_question_names_whose_events_do_not_fit_together(planned: Firm, house: Database) -> None:
    await rename(planned, "Lead")
    await active(planned)
    plan = planned.ids["plan"]
    statement = OF_ANOTHER.replace("OLD", planned.ids["Meet"]).replace("NEW", str(uuid7()))
    ask(house.dsn("admin"), f"{statement} WHERE stream_id = '{plan}' AND version = 2")
    for question in ASKED:
        if not question.needs_about:
            answer = await planned.get("auditor", question.path)
            assert answer.status_code == 200, (question.slug, answer.text)
    told = (await planned.seen("auditor", "/v1/audit/lowered-targets"))["findings"]
    assert [one["kind"] for one in told if one["stands_out"]] == ["told_of_altered", "does_not_fit"]
