"""The library's own test cases, run against the bridge on PostgreSQL, each test with a tenant of its own.

`CANNOT` lists what cannot pass and why; a listed case that begins to pass fails the run, and so does a case that the library
ships and that stands neither here nor there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, ClassVar, Final
from unittest import TestCase
from uuid import uuid4

import pytest
from eventsourcing.dcb import tests as tag_cases
from eventsourcing.dcb.persistence import DCBInfrastructureFactory
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactoryError,
    Tracking,
)
from eventsourcing.tests import application as application_cases
from eventsourcing.tests import persistence as cases
from eventsourcing.tests import projection as projection_cases
from eventsourcing.utils import Environment

from infra.eventstore.bridge import BridgeFactory
from infra.eventstore.bridge.recorder import (
    BridgeAggregateRecorder,
    BridgeApplicationRecorder,
    BridgeProcessRecorder,
    BridgeTrackingRecorder,
)
from tests.database import Database

TAGS: Final = "a store queried by tags needs a condition over the tags of all events, where this log's conditions are versions and claims"
CANNOT: Final[dict[type[TestCase], str]] = {
    tag_cases.DCBRecorderTestCase: TAGS,
    projection_cases.TaggedDecisionCountersProjectionTestCase: TAGS,
}
ELSEWHERE: Final[dict[type[TestCase], str]] = {
    cases.TranscoderTestCase: "tries a transcoder, and the bridge has none: it stores the bytes that the application's transcoder made",
}


class Bound(TestCase):
    """A case in an environment that binds the bridge to a new tenant, and a factory of it."""

    @pytest.fixture(autouse=True)
    def bound(self, shared: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("PERSISTENCE_MODULE", "infra.eventstore.bridge")
        monkeypatch.setenv("DATABASE_URL", shared.dsn("bridge"))
        monkeypatch.setenv("BRIDGE_TENANT", str(uuid4()))
        monkeypatch.setenv("COUNTERS_BRIDGE_TENANT", str(uuid4()))  # a projection that records events needs a log of its own
        self.factory = BridgeFactory(Environment(env=dict(os.environ)))
        yield
        self.factory.close()


class TestAggregateRecorder(Bound, cases.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory.aggregate_recorder()


class TestSnapshotRecorder(Bound, cases.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory.aggregate_recorder(purpose="snapshots")


class TestApplicationRecorder(Bound, cases.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory.application_recorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestTrackingRecorder(Bound, cases.TrackingRecorderTestCase):
    def create_recorder(self) -> BridgeTrackingRecorder:
        return self.factory.tracking_recorder()


class TestProcessRecorder(Bound, cases.ProcessRecorderTestCase):
    def create_recorder(self) -> Any:
        return self.factory.process_recorder()


class TestNotificationOrder(Bound, cases.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory.application_recorder()


class OwnTrackingRecorder(BridgeTrackingRecorder):
    pass


class TestFactory(Bound, cases.InfrastructureFactoryTestCase[BridgeFactory]):
    def setUp(self) -> None:
        self.env = Environment(env=dict(os.environ))
        super().setUp()

    def expected_factory_class(self) -> type[BridgeFactory]:
        return BridgeFactory

    def expected_aggregate_recorder_class(self) -> type[BridgeAggregateRecorder]:
        return BridgeAggregateRecorder

    def expected_application_recorder_class(self) -> type[BridgeApplicationRecorder]:
        return BridgeApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[BridgeTrackingRecorder]:
        return BridgeTrackingRecorder

    def tracking_recorder_subclass(self) -> type[BridgeTrackingRecorder]:
        return OwnTrackingRecorder

    def expected_process_recorder_class(self) -> type[BridgeProcessRecorder]:
        return BridgeProcessRecorder


class TestExampleApplication(Bound, application_cases.ExampleApplicationTestCase):
    expected_factory_topic = "infra.eventstore.bridge.factory:BridgeFactory"


class TestApplication(Bound, application_cases.ApplicationTestCase):
    @pytest.mark.filterwarnings("always:'log' is deprecated:DeprecationWarning")  # the case records the warning, if it is shown
    def test_application_log(self) -> None:
        super().test_application_log()


class CountersView(BridgeTrackingRecorder, projection_cases.EventCountersView):
    """The library's example of a view: tracking in the database, counts in memory."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.created = self.subsequent = 0

    def get_created_event_counter(self) -> int:
        return self.created

    def get_subsequent_event_counter(self) -> int:
        return self.subsequent

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self.insert_tracking(tracking)
        self.created += 1

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self.insert_tracking(tracking)
        self.subsequent += 1


class TestCountersView(Bound, projection_cases.EventCountersViewTestCase):
    def construct_event_counters_view(self) -> CountersView:
        view = self.factory.tracking_recorder(CountersView)
        assert isinstance(view, CountersView)
        return view


class TestCountersProjection(Bound, projection_cases.AggregateEventCountersProjectionTestCase):
    view_class = CountersView


class TestEventSourcedProjection(Bound, projection_cases.EventSourcedProjectionTestCase):
    pass


@pytest.mark.xfail(raises=InfrastructureFactoryError, strict=True, reason=TAGS)
class TestTagRecorder(Bound, tag_cases.DCBRecorderTestCase):
    def test_append_read(self) -> None:
        self._test_append_read(DCBInfrastructureFactory.construct(dict(os.environ)).dcb_recorder())


@pytest.mark.xfail(raises=InfrastructureFactoryError, strict=True, reason=TAGS)
class TestTagProjection(Bound, projection_cases.TaggedDecisionCountersProjectionTestCase):
    view_class = CountersView
    env: ClassVar[dict[str, str]] = {}


def test_every_case_of_the_library_is_run_or_listed() -> None:
    shipped = {
        case
        for module in (cases, application_cases, projection_cases, tag_cases)
        for case in vars(module).values()
        if isinstance(case, type) and issubclass(case, TestCase) and case.__module__ == module.__name__
    }
    bound = {kind: set(kind.__mro__) & shipped for kind in Bound.__subclasses__()}
    failing = {case for kind in (TestTagRecorder, TestTagProjection) for case in bound[kind]}
    assert failing == CANNOT.keys()
    assert set().union(*bound.values()) | ELSEWHERE.keys() == shipped
