"""An event that cannot be read, on an installation that runs: one organization waits, all are told, and it follows again once mended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.chaos.house import House
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS, soon, until
from tests.workers.installation import free_port
from workers.cli.exit import Exit

METRICS = "THROUGHLINE_METRICS_PORT"
PARKED = "SELECT count(*) FROM es.checkpoint WHERE retry_at = 'infinity' AND tenant_id {} '{}'"
LEFT = "SELECT count(*) FROM es.checkpoint WHERE failures > 0"


class Watched(House):
    """One whose log is among its words."""

    errors = subprocess.STDOUT


@pytest.fixture
def watched(home: Path) -> Iterator[House]:
    """One that answers, and whose worker says how it is."""
    started = Watched(home, **{METRICS: str(free_port())})
    try:
        until(started.is_ready)
        yield started
    finally:
        started.end()


@pytest.mark.soak
async def test_a_damaged_event_parks_its_organization_until_it_is_mended(watched: House) -> None:
    async with watched.client() as client, watched.found_firms(client, 2) as (one, other):
        projector = await soon(lambda: watched.child("projector"))
        os.kill(projector, signal.SIGSTOP)
        made = await registered(one)
        at = f"tenant_id = '{one.tenant}' AND position = {made[1]}"
        ((payload,),) = watched.ask(f"SELECT encode(payload, 'hex') FROM es.event WHERE {at}")
        watched.ask(f"UPDATE es.event SET payload = 'damaged' WHERE {at}")
        os.kill(projector, signal.SIGCONT)
        await soon(lambda: watched.one(PARKED.format("=", one.tenant)))
        await soon(lambda: is_alerted(watched.said, one.tenant, made[1]))
        require_told(watched, one.tenant, made[1])
        assert await seen(one, made) == 503
        assert await seen(other, await registered(other)) == 200
        assert watched.one(PARKED.format("<>", one.tenant)) == 0

        watched.ask(f"UPDATE es.event SET payload = decode('{payload}', 'hex') WHERE {at}")
        assert f"of {one.tenant} is tried again." in watched.call("projections", "unpark").output
        await soon(lambda: not watched.one(LEFT))
        assert await seen(one, made) == 200
        await soon(lambda: set(parked(watched).values()) == {0})
        assert watched.call("doctor").code == watched.call("verify").code == Exit.OK


def is_alerted(said: list[str], tenant: UUID, position: int) -> bool:
    """Whether the log names what was parked."""
    alerts = [line for line in (json.loads(text) for text in said if text.startswith("{")) if line["event"] == "projection_parked"]
    return any((line["level"], line["tenant_id"], line["position"]) == ("error", str(tenant), position) for line in alerts)


def require_told(house: House, tenant: UUID, position: int) -> None:
    """By the metric, the doctor and the list: which read model, of whom, in front of what."""
    assert sum(parked(house).values()) > 0
    doctor = house.call("doctor")
    assert doctor.code == Exit.FAILED
    assert f"of {tenant} after {position - 1}: " in doctor.output
    assert "`throughline projections unpark`" in doctor.output
    assert f"of {tenant} after {position - 1}: " in house.call("projections", "list").output


def parked(house: House) -> dict[str, float]:
    """In how many organizations each follower is, as monitoring sees it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{house.environment[METRICS]}/metrics", timeout=PATIENCE_SECONDS) as answer:
        lines = answer.read().decode().splitlines()
    return {line.split()[0]: float(line.split()[1]) for line in lines if line.startswith("throughline_parked{")}


async def registered(firm: Firm) -> tuple[str, int]:
    """A new person's id, and the position of their event."""
    name = uuid4().hex
    made = await firm.done("admin", "/v1/people", {"name": name, "email": f"{name}@example.org"})
    return made["id"], made["position"]


async def seen(firm: Firm, made: tuple[str, int]) -> int:
    """How somebody who waits for that position is answered."""
    answer = await firm.get("admin", f"/v1/people/{made[0]}", Throughline_Min_Position=str(made[1]))
    assert answer.status_code == 200 or "retry-after" in answer.headers
    return answer.status_code
