"""Reminders of an organization that is suspended: none goes out, each is noted, and none comes in a heap afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from domain.organization.commands import ReinstateOrganization, SuspendOrganization
from domain.plan.commands import CommitAction
from domain.values import NIL
from services.actor import OPERATOR, Actor
from tests.database import Database
from tests.workers.reminder.office import Office
from tests.workers.reminder.sink import Sink
from tests.workers.reminder.test_reminding import DUE, MORNING, outcomes

WHY = "The invoice of January is open."


async def test_what_falls_due_meanwhile_is_left_out_and_what_falls_due_later_goes_out(
    office: Office, look: Callable[[], Awaitable[int]], sink: Sink, database: Database
) -> None:
    client, coach = await office.enter("mira", "client", None), await office.enter("amir", "coach", None)
    engaged = await office.engage(client, coach)
    for due in (DUE, DUE + timedelta(days=7)):
        await office.made(client, CommitAction(text="Call Ben", owner=client, due_on=due), engaged.plan)
    operator = Actor(office.tenant, NIL, OPERATOR, NIL)
    await office.commands.execute(operator, SuspendOrganization(reason=WHY), office.tenant)
    office.clock.now = MORNING
    await look()
    assert (sink.mails, outcomes(database)) == ([], ["planned", "suppressed"])
    await office.commands.execute(operator, ReinstateOrganization(reason=WHY), office.tenant)
    office.clock.now = MORNING + timedelta(hours=1)
    await look()
    assert (sink.mails, outcomes(database)) == ([], ["planned", "suppressed"])
    office.clock.now = MORNING + timedelta(days=7)
    await look()
    assert len(sink.mails) == 1
