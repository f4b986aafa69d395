"""What monitoring wants to know of jobs, in Prometheus' own form and in a registry of ours.

dramatiq's own middleware would listen on every address, fork a server and empty a folder that others may use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import structlog
from prometheus_client import Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from infra.broker.link import LOST
from infra.broker.table import Table
from infra.metrics import REGISTRY

RUNS: Final = Counter("throughline_job_runs", "Runs of this process's actors, by how they ended.", ["actor", "outcome"], registry=REGISTRY)
SECONDS: Final = Histogram("throughline_job_seconds", "How long a run took.", ["actor"], registry=REGISTRY)
log = structlog.get_logger()


class Depths(Collector):
    """The table of jobs, read when somebody asks. Every worker of an installation says the same."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("throughline_jobs", "Jobs in the table.", labels=["queue", "state"])
        age = GaugeMetricFamily(
            "throughline_job_age_seconds",
            "For how long the oldest job has been due, overdue at its worker, or dead.",
            labels=["queue", "state"],
        )
        try:
            depths = self.table.depths()
        except LOST as error:
            log.warning("depths_unknown", error=type(error).__name__)
            return
        for depth in depths:
            jobs.add_metric([depth.queue, depth.state], depth.jobs)
            age.add_metric([depth.queue, depth.state], depth.seconds)
        yield jobs
        yield age
