"""What verifying may not be stopped by."""

from __future__ import annotations

from tests.database import Database, ask
from tests.workers.verify.conftest import Verifying


async def test_a_server_that_ends_idle_transactions_does_not_end_it(told: Database, verify: Verifying) -> None:
    """The transaction that all parts share the snapshot of waits for them, and with a million events that takes minutes."""
    ask(told.dsn("admin"), f"ALTER DATABASE {told.name} SET idle_in_transaction_session_timeout = '5ms'")
    ask(told.dsn("admin"), f"ALTER DATABASE {told.name} SET statement_timeout = '5s'")
    verdict = await verify()
    assert verdict.is_whole, [each.text for each in verdict.differences]
