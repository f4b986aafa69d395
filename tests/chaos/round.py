"""One round: organizations are written to while parts are killed; then everything is settled and looked at."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median
from typing import Any

from tests.chaos.history import History, Request
from tests.chaos.house import House
from tests.chaos.killer import FOLLOWED, HEADS, Killer
from tests.chaos.writer import REPLAYED, Writer, attempt
from tests.projections.tables import tables
from tests.services.firm import Firm
from tests.waiting import soon

KINDS = ("postgres", "api", "projector", "worker", "rebuild")
WRONG = ("lost", "twice", "gap", "time", "counted", "answer", "rows", "jobs", "other")
LANES = 8
SAMPLE = 30  # of the acknowledged requests, which are sent once more
END_LEASES = "UPDATE jobs.job SET available_at = now() WHERE state = 'leased'"  # as if a minute had passed
END_PAUSES = "UPDATE jobs.job SET available_at = now() WHERE state = 'ready' AND available_at > now()"  # before what failed is tried again
LEFT = "SELECT count(*) FROM jobs.job WHERE state <> 'dead'"
DEAD = "SELECT count(*) FROM jobs.job WHERE state = 'dead'"
DONE = """
SELECT r.stream_id, count(g) FROM es.event r
  LEFT JOIN es.event g ON g.tenant_id = r.tenant_id AND g.stream_id = r.stream_id AND g.type = 'report.report_generated'
 WHERE r.type = 'report.report_requested' AND r.{} GROUP BY 1 HAVING count(g) <> 1
"""


@dataclass
class Summary:
    """What rounds came to: `took` are seconds until a kill of each kind was made up for."""

    took: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        kills = [
            f"  {kind:10} {len(took):4} kills, works again after {median(took):5.2f} s (longest {max(took):.2f})"
            for kind, took in self.took.items()
            if took
        ]
        counted = ", ".join(f"{name} {self.counts[name]}" for name in ("rounds", "requests", "acked", "refused", "in doubt", "committed"))
        wrong = ", ".join(f"{name} {self.counts[name]}" for name in WRONG)
        return "\n".join([*kills, f"  {counted} (of those in doubt)", f"  wrong: {wrong}", f"  answers: {dict(self.statuses)}"])


class Round:
    """Of a house, some organizations, and a seed of its own."""

    def __init__(self, house: House, firms: Sequence[Firm], random: Random) -> None:
        self.house = house
        self.random = random
        self.history = History(house.dsn(), firms)
        self.killer = Killer(house, self.history, random)

    async def run(self, kills: Iterable[Sequence[str]], writers: int, summary: Summary) -> list[str]:
        """Kills these one after the other, or at once where there are several; tells everything that is wrong afterwards."""
        stop = asyncio.Event()
        clients = [Writer(firm, self.history, Random(self.random.random())) for firm in self.history.firms for _ in range(writers)]
        async with asyncio.TaskGroup() as group:
            for client in clients:
                group.create_task(client.write(stop))
            try:
                for kinds in kills:
                    await self.killer.kill(*kinds)
            finally:
                stop.set()
        await soon(self.house.is_ready)
        await self.settle()
        wrong = [*self.history.wrong(), *await self.unlike()]
        self.add_to(summary, wrong)
        return wrong

    async def settle(self) -> None:
        """What nobody knows the end of is asked for again until it is known, and some of what is known."""
        known = self.history.acked()
        waiting = iter([*self.history.open(), *self.random.sample(known, min(SAMPLE, len(known)))])

        async def lane() -> None:
            for request in waiting:
                await self.ask_again(request)

        async with asyncio.TaskGroup() as group:
            for _ in range(LANES):
                group.create_task(lane())

    async def ask_again(self, request: Request) -> None:
        """Until it is answered; what was answered before is answered in the same words."""
        was_open = request.is_open
        while (told := await attempt(request, self.history)) is None:
            continue
        if not was_open and told != REPLAYED:
            self.history.faults.append(f"twice: {request.path} {request.key} was executed when it was sent again")

    async def unlike(self) -> list[str]:
        """What jobs did, and whether rows that came through everything equal those that are made of the log at once."""
        self.house.ask(END_LEASES)
        await soon(self.are_jobs_done)
        wrong = [f"jobs: {times} reports were made of {report}" for report, times in self.house.ask(DONE.format(self.history.within))]
        wrong += [f"jobs: {dead} failed for good" for (dead,) in self.house.ask(DEAD) if dead]
        await self.followed()
        lived = self.rows()
        for name in tables():
            self.house.ask(f"DELETE FROM rm.{name} WHERE {self.history.within}")
        self.house.ask(f"DELETE FROM es.checkpoint WHERE projection <> 'reactions' AND {self.history.within}")
        await self.followed()
        made = self.rows()
        return wrong + [
            f"rows: {name} has {len(set(lived[name]) ^ set(made[name]))} that differ" for name in lived if lived[name] != made[name]
        ]

    def are_jobs_done(self) -> bool:
        self.house.ask(END_PAUSES)
        return self.house.one(LEFT) == 0

    async def followed(self) -> None:
        await soon(lambda: self.house.one(FOLLOWED) >= self.house.one(HEADS))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every read model, in one order."""
        return {name: self.house.ask(f"SELECT t::text FROM rm.{name} t WHERE {self.history.within} ORDER BY 1") for name in tables()}

    def add_to(self, summary: Summary, wrong: Sequence[str]) -> None:
        for kind, took in self.killer.took.items():
            summary.took[kind] += took
        requests = self.history.requests
        summary.statuses += self.history.statuses
        summary.counts += Counter(
            {
                "rounds": 1,
                "requests": len(requests),
                "acked": len(self.history.acked()),
                "refused": sum(each.refused is not None for each in requests),
                "in doubt": sum(each.unanswered > 0 for each in requests),
                "committed": sum(each.was_committed for each in requests),
            }
        )
        named = [fault.partition(":")[0] for fault in wrong]
        summary.counts += Counter(name if name in WRONG else "other" for name in named)
