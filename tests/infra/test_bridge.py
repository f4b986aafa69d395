"""What the bridge promises beyond the library's own cases: one order with the product, no way round it, an end to its thread."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import asyncpg
import psycopg
import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import (
    DataError,
    InfrastructureFactoryError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    StoredEvent,
    Tracking,
)

from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.bridge import BridgeFactory
from infra.eventstore.bridge.recorder import META, BridgeApplicationRecorder
from tests.database import Database

WRITERS = 16
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
 WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted"""


@pytest.fixture
def tenant() -> UUID:
    return uuid4()


@pytest.fixture
def make_factory(shared: Database, tenant: UUID) -> Iterator[Callable[..., BridgeFactory]]:
    made: list[BridgeFactory] = []

    def make(**changed: str) -> BridgeFactory:
        made.append(BridgeFactory({"DATABASE_URL": shared.dsn("bridge"), "BRIDGE_TENANT": str(tenant)} | changed))
        return made[-1]

    yield make
    for factory in made:
        factory.close()


@pytest.fixture
def recorder(make_factory: Callable[..., BridgeFactory]) -> BridgeApplicationRecorder:
    return make_factory().application_recorder()


def event(stream: UUID, number: int, topic: str = "noted") -> StoredEvent:
    return StoredEvent(stream, number, topic, b"{}")


async def product_append(shared: Database, tenant: UUID, stream: UUID, expected: int) -> int:
    connection = await asyncpg.connect(shared.dsn())
    try:
        done = await append(connection, tenant, [AppendStream(stream, expected)], [AppendEvent(1, "plan.tried", 1, None, META, b"{}")])
    finally:
        await connection.close()
    assert done.status == "ok"
    assert done.position is not None
    return done.position


async def test_both_writers_share_one_order(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    ours, theirs = uuid4(), uuid4()
    assert recorder.insert_events([event(theirs, 0), event(theirs, 1)]) == [1, 2]
    assert await product_append(shared, tenant, ours, 0) == 3
    assert recorder.insert_events([event(theirs, 2)]) == [4]
    log = [(n.id, n.originator_id, n.originator_version, n.topic) for n in recorder.select_notifications(None, 10)]
    assert log == [(1, theirs, 0, "noted"), (2, theirs, 1, "noted"), (3, ours, 1, "plan.tried"), (4, theirs, 2, "noted")]


async def test_writers_of_both_kinds_race_without_a_hole(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    recorder.insert_events([event(uuid4(), 0)])
    theirs = (asyncio.to_thread(recorder.insert_events, [event(uuid4(), 1)]) for _ in range(WRITERS))
    ours = (product_append(shared, tenant, uuid4(), 0) for _ in range(WRITERS))
    written = await asyncio.gather(*(task for pair in zip(theirs, ours, strict=True) for task in pair))
    positions = [position for answer in written for position in ([answer] if isinstance(answer, int) else answer or ())]
    assert sorted(positions) == list(range(2, 2 * WRITERS + 2))


def test_versions_stored_begin_at_1_without_holes(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    from_0, from_1 = uuid4(), uuid4()
    recorder.insert_events([event(from_0, 0), event(from_1, 1), event(from_0, 1), event(from_1, 2)])
    with psycopg.connect(shared.dsn("admin")) as admin:
        rows = admin.execute("SELECT stream_id, version FROM es.event WHERE tenant_id = %s ORDER BY position", [tenant]).fetchall()
    assert rows == [(from_0, 1), (from_1, 1), (from_0, 2), (from_1, 2)]


@pytest.mark.parametrize("numbers", [(2,), (-1,), (1, 3), (2, 1), (1, 1)])
def test_a_stream_with_a_hole_or_a_doubled_number_is_refused(recorder: BridgeApplicationRecorder, numbers: tuple[int, ...]) -> None:
    stream = uuid4()
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, number) for number in numbers])
    assert recorder.max_notification_id() is None


def test_a_stream_goes_on_without_a_hole(recorder: BridgeApplicationRecorder) -> None:
    stream = uuid4()
    recorder.insert_events([event(stream, 0)])
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, 2)])
    assert recorder.insert_events([event(stream, 1)]) == [2]


async def test_a_stream_of_the_product_is_read_and_not_written(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    recorder.insert_events([event(uuid4(), 1)])
    stream = uuid4()
    await product_append(shared, tenant, stream, 0)
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, 2)])
    assert [found.topic for found in recorder.select_events(stream)] == ["plan.tried"]


def test_an_event_of_the_product_is_not_recorded_without_its_command(recorder: BridgeApplicationRecorder) -> None:
    with pytest.raises(NotSupportedError, match="by their commands"):
        recorder.insert_events([event(uuid4(), 1, "engagement.proposed")])


def test_the_application_role_cannot_write_through_the_bridge(shared: Database, make_factory: Callable[..., BridgeFactory]) -> None:
    recorder = make_factory(DATABASE_URL=shared.dsn("app")).application_recorder()
    with pytest.raises(ProgrammingError, match="permission denied"):
        recorder.insert_events([event(uuid4(), 1)])
    assert recorder.select_events(uuid4()) == []


def test_another_tenant_sees_nothing(make_factory: Callable[..., BridgeFactory], recorder: BridgeApplicationRecorder) -> None:
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    other = make_factory(BRIDGE_TENANT=str(uuid4())).application_recorder()
    assert (other.select_events(stream), other.select_notifications(None, 10), other.max_notification_id()) == ([], [], None)


def test_an_erased_event_is_said_to_be_erased(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    stream = uuid4()
    recorder.insert_events([event(stream, 0)])
    with psycopg.connect(shared.dsn("admin")) as admin:
        admin.execute("SELECT es.erase_stream(%s, %s)", [tenant, stream])
    with pytest.raises(DataError, match=r"event 0 of .* is erased"):
        recorder.select_events(stream)


def test_tracking_is_recorded_with_the_events_or_not_at_all(make_factory: Callable[..., BridgeFactory]) -> None:
    recorder = make_factory().process_recorder()
    stream = uuid4()
    recorder.insert_events([event(stream, 1)], tracking=Tracking("upstream", 5))
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, 1)], tracking=Tracking("upstream", 6))
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, 2)], tracking=Tracking("upstream", 5))
    assert (recorder.max_tracking_id("upstream"), recorder.max_notification_id()) == (5, 1)


def test_followers_track_apart(shared: Database, tenant: UUID) -> None:
    env = {"PERSISTENCE_MODULE": "infra.eventstore.bridge", "DATABASE_URL": shared.dsn("bridge"), "BRIDGE_TENANT": str(tenant)}

    class Invoices(Application[UUID]):
        pass

    class Letters(Application[UUID]):
        pass

    with Invoices(env) as invoices, Letters(env) as letters:
        invoices.factory.tracking_recorder().insert_tracking(Tracking("upstream", 3))
        assert letters.factory.tracking_recorder().max_tracking_id("upstream") is None
        assert invoices.factory.tracking_recorder().max_tracking_id("upstream") == 3


def test_a_subscription_sees_every_event_of_many_writers_once_and_in_order(recorder: BridgeApplicationRecorder) -> None:
    def write(_: int) -> None:
        stream = uuid4()
        for number in range(1, 11):
            recorder.insert_events([event(stream, number)])

    with recorder.subscribe() as subscription, ThreadPoolExecutor(WRITERS) as writers:
        written = list(writers.map(write, range(WRITERS)))
        seen = [next(subscription) for _ in range(10 * len(written))]
    assert [n.id for n in seen] == list(range(1, 10 * WRITERS + 1))


def test_one_of_many_writers_wins(recorder: BridgeApplicationRecorder) -> None:
    stream = uuid4()

    def won(_: int) -> bool:
        try:
            return recorder.insert_events([event(stream, 1)]) is not None
        except IntegrityError:
            return False

    with ThreadPoolExecutor(WRITERS) as writers:
        assert list(writers.map(won, range(WRITERS))).count(True) == 1


def test_a_subscription_ends_with_the_error_of_a_closed_bridge(make_factory: Callable[..., BridgeFactory]) -> None:
    factory = make_factory()
    with factory.application_recorder().subscribe() as subscription:
        factory.close()
        with pytest.raises(InterfaceError, match="closed"):
            next(subscription)


def test_a_closed_bridge_says_so_and_its_thread_has_ended(make_factory: Callable[..., BridgeFactory]) -> None:
    with make_factory() as factory:
        recorder = factory.application_recorder()
        recorder.insert_events([event(uuid4(), 1)])
    factory.close()
    with pytest.raises(InterfaceError, match="closed"):
        recorder.max_notification_id()
    assert not recorder.session.background.thread.is_alive()


def test_a_forgotten_application_ends_its_thread(shared: Database, tenant: UUID) -> None:
    env = {"PERSISTENCE_MODULE": "infra.eventstore.bridge", "DATABASE_URL": shared.dsn("bridge"), "BRIDGE_TENANT": str(tenant)}
    application = Application[UUID](env)
    application.save(Aggregate())
    assert isinstance(application.factory, BridgeFactory)
    thread = application.factory.session.background.thread
    assert thread.is_alive()
    del application
    gc.collect()
    assert not thread.is_alive()


def test_closing_leaves_nobody_waiting(shared: Database, tenant: UUID, recorder: BridgeApplicationRecorder) -> None:
    """More writers than connections stand before the tenant's lock when the bridge is closed: each gets an answer."""
    streams = [uuid4() for _ in range(WRITERS)]
    with psycopg.connect(shared.dsn("admin"), autocommit=True) as admin, ThreadPoolExecutor(WRITERS + 1) as crowd:
        admin.execute("SELECT pg_advisory_lock(hashtextextended(%s::text, 0))", [tenant])
        answers = [crowd.submit(recorder.insert_events, [event(stream, 1)]) for stream in streams]
        while admin.execute(WAITING).fetchone() != (10,):  # as many as there are connections
            assert not any(answer.done() for answer in answers)
        closed = crowd.submit(recorder.session.close)
        while recorder.session.background.is_open:
            assert not closed.done()
        admin.execute("SELECT pg_advisory_unlock_all()")
        closed.result()
    assert sorted(position for answer in answers for position in answer.result() or []) == list(range(1, WRITERS + 1))


def test_a_server_that_is_away_is_an_operational_error(make_factory: Callable[..., BridgeFactory]) -> None:
    recorder = make_factory(DATABASE_URL="postgresql://throughline_bridge@/none?host=/nowhere").application_recorder()
    with pytest.raises(OperationalError):
        recorder.max_notification_id()


@pytest.mark.parametrize("missing", ["DATABASE_URL", "BRIDGE_TENANT"])
def test_a_missing_setting_is_named(make_factory: Callable[..., BridgeFactory], missing: str) -> None:
    with pytest.raises(OSError, match=f"{missing} is not set"):
        make_factory(**{missing: ""})


def test_a_tenant_that_is_no_uuid_is_named(make_factory: Callable[..., BridgeFactory]) -> None:
    with pytest.raises(OSError, match="BRIDGE_TENANT is the tenant's id"):
        make_factory(BRIDGE_TENANT="aurora")


def test_a_recorder_of_another_kind_or_purpose_is_refused(make_factory: Callable[..., BridgeFactory]) -> None:
    factory = make_factory(APPLICATION_RECORDER_TOPIC="eventsourcing.popo:POPOApplicationRecorder")
    with pytest.raises(InfrastructureFactoryError, match="POPOApplicationRecorder is no BridgeApplicationRecorder"):
        factory.application_recorder()
    with pytest.raises(InfrastructureFactoryError, match="not reminders"):
        factory.aggregate_recorder(purpose="reminders")
