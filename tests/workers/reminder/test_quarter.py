"""A small firm, hour by hour: every reminder that should go out goes out once, and no other.

A month in which the clocks are changed, in America first and then in Europe, and at length the whole quarter around it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from infra.eventstore import codec
from infra.postgres import tenant_transaction
from projections.runner import Runner
from tests.workers.reminder.life import Life
from tests.workers.reminder.office import Office, instant
from tests.workers.reminder.oracle import Expected, Oracle
from tests.workers.reminder.sink import Sink
from workers.reminder.due import due
from workers.reminder.sending import Sending

CLIENTS = {"mira": "Europe/Berlin", "joel": "America/Los_Angeles", "asha": "Asia/Tokyo", "liam": "Europe/London"}
COACHES = {"amir": "Europe/Berlin", "maren": "America/New_York"}
HOUR = timedelta(hours=1)
MONTH, QUARTER = ("2026-03-02 09:00", 30), ("2026-02-02 09:00", 90)
"""From when on, and for how many days."""
ACTS_A_DAY = 2.5
AGREEMENT = (2, 5, 10)


async def populate(office: Office, oracle: Oracle, random: Random) -> list[Life]:
    coaches = [await office.enter(name, "coach", zone) for name, zone in COACHES.items()]
    clients = [await office.enter(name, "client", zone) for name, zone in CLIENTS.items()]
    zones = [*COACHES.values(), *CLIENTS.values()]
    oracle.zones.update(dict(zip([*coaches, *clients], map(ZoneInfo, zones), strict=True)))
    late = await office.enter("nobody", "client", "Europe/Berlin")
    oracle.zones[late] = ZoneInfo("Europe/Berlin")
    unsigned = await office.propose(late, coaches[0])
    await office.sign(coaches[0], unsigned)
    oracle.promise("agreement_unsigned", unsigned, AGREEMENT, [late], office.clock.now.date(), office.clock.now)
    return [Life(office, oracle, await office.engage(client, coaches[number % 2]), random) for number, client in enumerate(clients)]


async def sent(office: Office) -> list[Expected]:
    """What the log says."""
    statement = (
        "SELECT type, schema_v, payload AS body, version, occurred_at AS at, meta, payload_hash AS hash FROM es.event "
        "WHERE tenant_id = $1 AND type LIKE 'reminder.%' AND type <> 'reminder.reminder_planned'"
    )
    async with tenant_transaction(office.commands.store.pool, office.tenant) as connection:
        recorded = [codec.recorded(row) for row in await connection.fetch(statement, office.tenant)]
    assert {one.type for one in recorded} == {"reminder.reminder_sent"}
    keys = [(one.occurred_at, one.event.key) for one in recorded]
    return [(at, key.recipient_id, key.rule, key.subject_id, key.offset_days) for at, key in keys]


async def lived(office: Office, runner: Runner, sending: Sending, sink: Sink, begin: str, days: int) -> int:
    """How many reminders went out in so many days, each as the oracle says."""
    office.clock.now = instant(begin)
    random, oracle = Random(20260202), Oracle({})
    lives = await populate(office, oracle, random)
    mails: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    await runner.catch_up()
    tick = office.clock.now + HOUR
    until = tick + timedelta(days=days)
    while tick < until:
        if random.random() < ACTS_A_DAY * len(lives) / 24:
            office.clock.now = tick - timedelta(minutes=random.randrange(1, 60))
            await random.choice(lives).act()
            await runner.catch_up()
        office.clock.now = tick
        oracle.tick(tick)
        for digest in await due(office.commands, office.tenant):
            before = len(sink.mails)
            await sending.send(office.tenant, digest, tick)
            await runner.catch_up()
            (mail,) = sink.mails[before:]
            mails[tick, str(mail["To"])].append(str(mail["Subject"]))
        tick += HOUR
    assert sorted(await sent(office)) == sorted(oracle.expected)
    assert {rule for _, _, rule, _, _ in oracle.expected} == RULES
    assert one_mail_each(oracle.expected) == sum(map(len, mails.values())) == len(mails)
    return len(oracle.expected)


async def test_a_month_in_which_the_clocks_are_changed(office: Office, runner: Runner, sending: Sending, sink: Sink) -> None:
    assert await lived(office, runner, sending, sink, *MONTH) > 100


@pytest.mark.soak
async def test_a_quarter(office: Office, runner: Runner, sending: Sending, sink: Sink) -> None:
    assert await lived(office, runner, sending, sink, *QUARTER) > 300


def one_mail_each(expected: list[Expected]) -> int:
    return len({(at, person) for at, person, *_ in expected})


RULES = {
    "agreement_unsigned", "action_due", "milestone_due", "review_due", "evaluation_due", "objective_unmeasured", "objective_drifting",
    "small_win",
}  # fmt: skip
