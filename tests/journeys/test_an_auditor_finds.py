"""With nothing but an API key, an auditor asks the questions of an audit and finds everything that was planted in a history."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from infra import postgres
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from tests.database import Database
from tests.journeys.house import House
from tests.journeys.planted import DAYS, Planted, Planting
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import surroundings, throughline
from workers.demo.cast import ADMIN
from workers.demo.story import Clock, Playing
from workers.founding import found

Answer = dict[str, Any]

FOUND = {
    "milestone-moves": {"milestone_moved_late", "milestone_moved_often", "milestone_withdrawn_late"},
    "known-and-said": {"said_later"},
    "lowered-targets": {"target_lowered_after_results", "measure_replaced_after_results"},
    "client-part": {"changed_without_client", "gate_overridden", "change_decided_late", "change_pending_long"},
    "agreement-in-force": {"coaching_before_agreement"},
    "reproducible-report": {"indicator_counts_others", "file_missing"},
    "small-groups": {"small_group_told", "difference_tells"},
    "improper-reads": {"read_without_right"},
    "altered-history": {"payload_altered", "value_corrected", "entry_withdrawn"},
    "promised-evaluations": {"evaluation_late", "evaluation_missing", "evaluation_dated_back"},
    "reminder-effect": {"reminder_without_effect"},
    "stalled-objectives": {"stalled_and_nobody_acted"},
}
"""Question -> the kinds of what stands out in the history, and nothing else does."""


OF_ENGAGEMENTS = FOUND.keys() - {"reproducible-report", "small-groups", "altered-history"}
"""Questions whose answer rests on what was spoilt, and says so."""


class Auditor(NamedTuple):
    """What an auditor has, and what was planted, which they do not know."""

    http: httpx.AsyncClient
    position: int
    planted: Planted

    async def reads(self, path: str) -> Answer:
        answer = await self.http.get(path, headers={"Throughline-Min-Position": str(self.position)})
        assert answer.status_code == 200, answer.text
        told: Answer = answer.json()
        return told

    async def asks(self, slug: str, query: str = "") -> Answer:
        return await self.reads(f"/v1/audit/{slug}?{query}")


@pytest.fixture(scope="session")
async def auditor(house: House, house_database: Database, provider: FileKeyProvider) -> AsyncIterator[Auditor]:
    pool = await postgres.pool(house_database.dsn("app"), size=2)
    clock = Clock(utc_now().date() - timedelta(days=DAYS))
    commands = Commands(Store(pool, Vault(provider)), Directory(pool), clock)
    keys, tenant = Keys(pool, utc_now), uuid7()
    firm = RegisterOrganization(name="Brackwater", slug="brackwater", time_zone="Europe/Berlin")
    founded = await found(commands, keys, tenant, firm, RegisterPerson(name=ADMIN.name, email=ADMIN.email), channel="import")
    teller = Playing(commands, keys, clock, tenant)
    teller.introduce(ADMIN, founded.admin_id, founded.key)
    planted = await Planting(teller).plant()
    key = {one.who.split()[0]: one.key for one in teller.shown}
    position = await dated_back(house, planted, key["Lena"], key["Tomasz"])
    await pool.close()
    spoil(house_database, planted)
    async with httpx.AsyncClient(
        base_url=house.address, timeout=PATIENCE_SECONDS, headers={"Authorization": f"Bearer {key['Ruth']}"}
    ) as http:
        yield Auditor(http, position, planted)


async def dated_back(house: House, planted: Planted, client: str, sponsor: str) -> int:
    """What client and sponsor report today of weeks ago; the position of the last of it."""
    measured = {"objective_id": str(planted.objective), "value": "7", "source": "office"}
    judged = {"plan_version": 1, "effectiveness": 5}
    async with httpx.AsyncClient(base_url=house.address, timeout=PATIENCE_SECONDS) as http:
        for path, body, key, day in (
            (f"/v1/evaluations/{planted.sponsors}/record-evaluation", judged, sponsor, 50),
            (f"/v1/plans/{planted.plan}/measure-progress", measured, client, 74),
        ):
            at = f"{planted.start + timedelta(days=day)}T10:00:00Z"
            answer = await http.post(path, json={**body, "occurred_at": at}, headers={"Authorization": f"Bearer {key}"})
            assert answer.status_code == 200, answer.text
    return int(answer.json()["position"])


def spoil(database: Database, planted: Planted) -> None:
    """What was measured is made better by somebody who may write into the tables."""
    with psycopg.connect(database.dsn("admin"), autocommit=True) as connection:
        changed = connection.execute(
            "UPDATE es.event SET payload = convert_to(replace(convert_from(payload, 'UTF8'), '\"value\":\"61\"', '\"value\":\"91\"'), 'UTF8') "
            "WHERE stream_id = %s AND convert_from(payload, 'UTF8') LIKE '%%\"value\":\"61\"%%'",
            [planted.plan],
        )
        assert changed.rowcount == 1


def standing_out(answer: Answer) -> list[Answer]:
    found = [one for one in answer["findings"] if one["stands_out"]]
    assert len(found) == answer["standing_out"]
    return found


def facts(answer: Answer, kind: str) -> Answer:
    """Those of the only finding of a kind."""
    (one,) = [one["facts"] for one in answer["findings"] if one["kind"] == kind]
    found: Answer = one
    return found


@pytest.mark.parametrize("slug", FOUND)
async def test_the_auditor_finds_what_was_planted_and_nothing_else(auditor: Auditor, slug: str) -> None:
    answer = await auditor.asks(slug)
    marked = {"told_of_altered"} if slug in OF_ENGAGEMENTS else set()
    assert {one["kind"] for one in standing_out(answer)} == FOUND[slug] | marked


async def test_each_finding_names_what_was_done(auditor: Auditor) -> None:
    planted, people = auditor.planted, auditor.planted.contracted.people
    late = facts(await auditor.asks("milestone-moves"), "milestone_moved_late")
    assert (late["milestone"], late["days"], late["actor"]) == (str(planted.milestones[0]), 8, str(people["Lena"]))
    assert late["from_"] == str(planted.start + timedelta(days=20))
    lowered = facts(await auditor.asks("lowered-targets"), "target_lowered_after_results")
    assert (lowered["objective"], lowered["from_"], lowered["to"]) == (str(planted.objective), "80", "60")
    part = await auditor.asks("client-part")
    alone = [one["facts"] for one in part["findings"] if one["kind"] == "changed_without_client"]
    assert [(one["actor"], one["initiator"]) for one in alone] == [(str(people["Amir"]), "sponsor"), (str(people["Amir"]), "coach")]
    assert facts(part, "change_decided_late")["days"] == 26
    back = facts(await auditor.asks("promised-evaluations"), "evaluation_dated_back")
    assert (back["actor"], back["recorded_on"]) == (str(people["Tomasz"]), str(utc_now().astimezone(ZoneInfo("Europe/Berlin")).date()))
    left = [one["facts"].get("objective") for one in standing_out(await auditor.asks("stalled-objectives"))]
    assert str(planted.left) in left
    read = standing_out(await auditor.asks("improper-reads"))
    readers = {one["facts"]["reader"]: one["facts"]["classes"] for one in read if one["kind"] == "read_without_right"}
    assert readers == {str(people["Dana"]): "words", str(people["Tomasz"]): "progress"}
    told = facts(await auditor.asks("small-groups"), "difference_tells")
    assert (told["cell"], told["clients"]) == ("smart_rate", 1)
    corrected = facts(await auditor.asks("altered-history"), "value_corrected")
    assert (corrected["from_"], corrected["to"]) == ("55", "50")


async def test_evidence_leads_to_the_event(auditor: Auditor) -> None:
    """By the timeline that the auditor reads, in which the same event has the same place."""
    timeline = {one["position"]: one for one in (await auditor.reads(f"/v1/plans/{auditor.planted.plan}/timeline"))["items"]}
    for one in standing_out(await auditor.asks("milestone-moves", f"about={auditor.planted.plan}")):
        if one["kind"] == "told_of_altered":
            continue
        (evidence,) = one["evidence"]
        assert UUID(evidence["event_id"]) == uuid5(UUID(evidence["stream_id"]), str(evidence["version"]))
        assert timeline[evidence["position"]]["kind"] in {"plan.milestone_adjusted", "plan.milestone_withdrawn"}


async def test_what_was_signed_is_what_stands_in_the_log(auditor: Auditor) -> None:
    answer = await auditor.asks("signed-content")
    signed = [one for one in answer["findings"] if one["kind"] == "signed_this_content"]
    assert {one["kind"] for one in answer["findings"]} == {"signed_this_content", "told_of_altered"}
    assert {one["facts"]["party"] for one in signed} == {"client", "coach", "sponsor"}
    plan = f"about={auditor.planted.plan}"
    day = auditor.planted.start + timedelta(days=60)
    known = await auditor.asks("known-and-said", f"{plan}&at={day}")
    assert known["findings"] != []
    said = f"Said now, and not known on {day.day} {day:%B %Y}: "
    assert all(one["sentence"].startswith(said) for one in known["findings"] if one["kind"] != "told_of_altered")


async def test_no_answer_holds_a_name_or_a_word(auditor: Auditor) -> None:
    questions = (await auditor.reads("/v1/audit/questions"))["items"]
    asked = [one for one in questions if one["may_ask"]]
    assert len(asked) == 18
    about = {"plan": auditor.planted.plan, "person": auditor.planted.contracted.people["Lena"]}
    for one in asked:
        query = f"about={about[one['about'][0]]}" if one["needs_about"] else ""
        text = str(await auditor.asks(one["slug"], query))
        assert not [word for word in ("Lena", "Brandt", "promised day", "costs me nerves", "seen by all") if word in text]


async def test_the_operator_asks_the_same_on_the_command_line(
    auditor: Auditor, house_database: Database, provider: FileKeyProvider
) -> None:
    told = surroundings(DATABASE_URL=house_database.dsn("app"), THROUGHLINE_KEY_FILE=str(provider.path))
    for slug in ("milestone-moves", "small-groups", "altered-history"):
        command = throughline("audit", slug, "--tenant", "brackwater")
        plain, as_json = [
            await asyncio.to_thread(subprocess.run, [*command, *more], env=told, capture_output=True, text=True, check=True)
            for more in ((), ("--json",))
        ]
        answer, same = json.loads(as_json.stdout), await auditor.asks(slug)
        assert (answer["findings"], answer["standing_out"]) == (same["findings"], same["standing_out"])
        for one in standing_out(answer):
            assert f"! {one['sentence']}" in plain.stdout
            assert all(event["payload_hash"] in plain.stdout for event in one["evidence"])


async def test_twenty_things_were_planted() -> None:
    assert sum(map(len, FOUND.values())) >= 20
