"""What this process tells monitoring, in Prometheus' own form and in a registry of ours, and where it answers."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, start_http_server
from prometheus_client.registry import Collector

from infra.settings import Misconfigured

REGISTRY: Final = CollectorRegistry()
POSTPONED: Final = Counter(
    "throughline_postponed",
    "What was put off because the database could not do it then, by cause: LockNotAvailableError is a wait for a lock that was "
    "given up, QueryCanceledError a slow statement, Crowded an organization that had too much under way.",
    ["cause"],
    registry=REGISTRY,
)


def serve(variable: str, port: int, *collectors: Collector) -> None:
    """Answers at http://127.0.0.1:`port`/metrics, from a thread, until the process ends. Raises `Misconfigured` when it is taken."""
    for collector in collectors:
        REGISTRY.register(collector)
    try:
        start_http_server(port, "127.0.0.1", REGISTRY)
    except OSError as error:
        raise Misconfigured(f"{variable}: 127.0.0.1:{port} cannot be had ({error.strerror}): choose another one.") from None
