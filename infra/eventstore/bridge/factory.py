"""Which recorder the library gets, and for which tenant of which database."""

from __future__ import annotations

from types import TracebackType
from typing import Final, TypeVar
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    InfrastructureFactoryError,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic

from infra.eventstore.bridge.recorder import (
    BridgeAggregateRecorder,
    BridgeApplicationRecorder,
    BridgeProcessRecorder,
    BridgeRecorder,
    BridgeSnapshotRecorder,
    BridgeTrackingRecorder,
)
from infra.eventstore.bridge.session import Session

R = TypeVar("R", bound=BridgeRecorder)


class BridgeFactory(InfrastructureFactory[BridgeTrackingRecorder]):
    """Recorders over one session. The tables are made by `throughline migrate`, so `CREATE_TABLE` says nothing here."""

    DATABASE_URL: Final = "DATABASE_URL"
    BRIDGE_TENANT: Final = "BRIDGE_TENANT"

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.session = Session(self.required(self.DATABASE_URL), self.tenant())

    def required(self, name: str) -> str:
        value = self.env.get(name)
        if not value:
            raise OSError(f"{name} is not set: the bridge needs the database ({self.DATABASE_URL}) and the tenant ({self.BRIDGE_TENANT})")
        return value

    def tenant(self) -> UUID:
        value = self.required(self.BRIDGE_TENANT)
        try:
            return UUID(value)
        except ValueError as error:
            raise OSError(f"{self.BRIDGE_TENANT} is the tenant's id, a UUID, and not {value!r}") from error

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        if purpose == "events":
            return BridgeAggregateRecorder(self.session, self.env.name)
        if purpose == "snapshots":
            return BridgeSnapshotRecorder(self.session, self.env.name)
        raise InfrastructureFactoryError(f"the bridge records events and snapshots, not {purpose}")

    def application_recorder(self) -> BridgeApplicationRecorder:
        return self.made(BridgeApplicationRecorder, self.APPLICATION_RECORDER_TOPIC)

    def tracking_recorder(self, tracking_recorder_class: type[BridgeTrackingRecorder] | None = None) -> BridgeTrackingRecorder:
        return self.made(BridgeTrackingRecorder, self.TRACKING_RECORDER_TOPIC, tracking_recorder_class)

    def process_recorder(self) -> BridgeProcessRecorder:
        return self.made(BridgeProcessRecorder, self.PROCESS_RECORDER_TOPIC)

    def made(self, kind: type[R], topic: str, given: type[R] | None = None) -> R:
        """A recorder of `kind`, or of the class given, or of the one that the environment names under `topic`."""
        named = self.env.get(topic)
        chosen = given or (resolve_topic(named) if named else kind)
        if not issubclass(chosen, kind):
            raise InfrastructureFactoryError(f"{chosen.__name__} is no {kind.__name__}")
        return chosen(self.session, self.env.name)

    def close(self) -> None:
        self.session.close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        self.close()
