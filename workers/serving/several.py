"""The API on granian, as several processes that share a port: asked to end, all of them drain first."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import structlog
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.common import AbstractWorker
from litestar import Litestar

from infra import heap
from infra.launcher.process import end_with
from infra.logging import configure
from infra.metrics import serve
from infra.pressure import Pressure
from infra.settings import Settings
from services.wiring import create_app, pool_of
from workers.serving.connection import LARGEST_HEAD
from workers.serving.listener import turn_away
from workers.serving.single import GRACE_SECONDS

LOG: Final = structlog.get_logger()
DRAIN: Final = signal.SIGUSR1
"""By which the first process tells the others to drain."""
ARRIVAL_SECONDS: Final = 2.0
"""For a request on its way through a connection that has just been made, in processes that learn of the end one after the other. With half
a second, a busy machine cut three off."""
LOGGED: Final[dict[str, Any]] = {"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}}
"""Its words go where all others go."""


def run(settings: Settings, processes: int) -> None:
    """Until the first process is asked to end, and all have drained. One that dies is replaced."""
    server = Server(
        "throughline",
        settings.host,
        settings.port,
        interface=Interfaces.ASGI,
        workers=processes,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=settings.idle_seconds * 1000, max_buffer_size=LARGEST_HEAD),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGED,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )
    server.drain_seconds = settings.drain_seconds
    server.serve(target_loader=partial(application, settings, os.getpid()), wrap_loader=False)


class Server(Granian):  # type: ignore[misc, valid-type]  # which of two classes it is depends on the interpreter
    """One whose processes go on for some seconds after it was asked to end."""

    drain_seconds: float
    draining = False

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """The first signal begins the draining, the second ends all there and then."""
        if self.draining:
            for worker in self.wrks:
                worker.kill()
            os._exit(128 + signal.SIGTERM)
        self.draining = True
        for worker in self.wrks:
            os.kill(worker.inner.pid, DRAIN)
        threading.Timer(self.drain_seconds + ARRIVAL_SECONDS, super().signal_handler_interrupt).start()

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """A terminal that was closed asks us to end, too."""
        self.signal_handler_interrupt()

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Callable[[int], Any]) -> AbstractWorker:
        made: AbstractWorker = super()._spawn_worker(idx, target, partial(callback_loader, idx))
        return made


def application(settings: Settings, parent: int, number: int) -> Litestar:
    """The API in a process of its own, the `number`th from 0 on. It ends with the first one, and what a terminal says to that is not its."""
    os.setpgrp()
    end_with(parent, signal.SIGTERM)
    configure("api", settings.log_level)
    app = create_app(settings)

    def drain(*_: object) -> None:
        app.state.drain.begin()
        threading.Timer(settings.drain_seconds, turn_away, (settings.port,)).start()

    signal.signal(DRAIN, drain)
    if settings.api_metrics_port is not None:
        serve("THROUGHLINE_API_METRICS_PORT", settings.api_metrics_port + number, Pressure(lambda: pool_of(app)))
    heap.keep()
    return app
