"""How far behind the log each of its followers is, as a metric: the projections, and the follower that makes jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import structlog
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from infra.broker.link import LOST, Links
from infra.sql import load
from projections.catalogue import PROJECTIONS
from projections.checkpoint import Follower
from workers.reacting import Reacting

SQL: Final = load(__file__)
FOLLOWERS: Final[tuple[Follower, ...]] = (*PROJECTIONS, Reacting())
NOWHERE: Final = {"events": 0, "seconds": 0, "parked": 0, "followed": 0, "unknown": 0}
"""A follower's row while there is no organization."""
log = structlog.get_logger()


class Lags(Collector):
    """The checkpoints, read when somebody asks. The organization that is furthest behind counts, and no organization is named.

    How many events a second are taken in is the rate of `throughline_followed_events_total`; it begins anew with a generation.
    """

    def __init__(self, links: Links) -> None:
        self.links = links

    def collect(self) -> Iterator[Metric]:
        events = GaugeMetricFamily("throughline_lag_events", "Events that a follower has still to take in, at most.", labels=["follower"])
        seconds = GaugeMetricFamily(
            "throughline_lag_seconds", "For how long the next event has waited for a follower, at most.", labels=["follower"]
        )
        parked = GaugeMetricFamily(
            "throughline_parked", "Organizations that a follower has stopped at, since an event cannot be taken in.", labels=["follower"]
        )
        followed = CounterMetricFamily("throughline_followed_events", "Events that a follower has taken in.", labels=["follower"])
        unknown = GaugeMetricFamily(
            "throughline_unknown_events", "Events that a follower passed by, since a newer release wrote them.", labels=["follower"]
        )
        names, versions = [one.name for one in FOLLOWERS], [one.version for one in FOLLOWERS]
        try:
            rows = {row["follower"]: row for row in self.links.run(SQL.lags, names=names, versions=versions)}
        except LOST as error:
            log.warning("lags_unknown", error=type(error).__name__)
            return
        for name in names:
            row = rows.get(name, NOWHERE)
            events.add_metric([name], row["events"])
            seconds.add_metric([name], row["seconds"])
            parked.add_metric([name], row["parked"])
            followed.add_metric([name], row["followed"])
            unknown.add_metric([name], row["unknown"])
        yield from (events, seconds, parked, followed, unknown)
