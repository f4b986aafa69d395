"""How much of a pool is in use, and how many wait for it, as metrics. No organization is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from infra.postgres import Pool


class Pressure(Collector):
    """Read when somebody asks. `pool` answers None before there is one."""

    def __init__(self, pool: Callable[[], Pool | None]) -> None:
        self.pool = pool

    def collect(self) -> Iterator[Metric]:
        pool = self.pool()
        if pool is None:
            return
        size, idle = pool.get_size(), pool.get_idle_size()
        connections = GaugeMetricFamily("throughline_pool_connections", "Connections to the database.", labels=["state"])
        for state, number in (("used", size - idle), ("idle", idle), ("unopened", pool.get_max_size() - size)):
            connections.add_metric([state], number)
        yield connections
        if (gate := pool.gate) is not None:
            yield GaugeMetricFamily("throughline_pool_waiting", "Who waits for a connection as its organization's.", value=gate.waiting)
            yield GaugeMetricFamily("throughline_pool_organizations", "Organizations that hold a connection.", value=len(gate.held))
            yield CounterMetricFamily(
                "throughline_pool_refused", "Who got no connection, because its organization had enough.", gate.refused
            )
