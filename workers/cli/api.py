"""`throughline api`."""

from __future__ import annotations

import asyncio
from typing import Final

import click
import structlog
from msgspec.structs import replace

from infra.keys import FileKeyProvider
from infra.logging import configure
from infra.metrics import serve
from infra.pressure import Pressure
from infra.settings import Settings
from services.wiring import create_app, pool_of
from workers.embedded import database_url
from workers.entrance import await_entrance
from workers.port import listening
from workers.serving import single

LOG: Final = structlog.get_logger()
MOST_PROCESSES: Final = 64


@click.command()
@click.option("--server", type=click.Choice(["uvicorn", "granian"]), default="uvicorn", show_default=True, help="What speaks HTTP.")
@click.option(
    "--processes",
    type=click.IntRange(1, MOST_PROCESSES),
    default=1,
    show_default=True,
    help="How many processes share the port, with granian: about as many as there are processors. Each has a pool of its own, "
    "and metrics of its own, at THROUGHLINE_API_METRICS_PORT and the ports after it.",
)
def api(server: str, processes: int) -> None:
    """Answer HTTP on THROUGHLINE_HOST and THROUGHLINE_PORT.

    Waits for the database when it is away, ends with code 6 when its schema is another release's, and with code 3 when the key file
    is another installation's. Run more of them behind a proxy to scale. DATABASE_URL names the role throughline_app.

    Asked to end, it first says at /health/ready that it is not ready (503), answers whatever still comes in the
    THROUGHLINE_DRAIN_SECONDS, then all that it has begun, and ends with code 0. Asked twice, it ends at once.
    """
    if processes > 1 and server != "granian":
        raise click.UsageError("uvicorn is one process: say --server granian, or start several behind a proxy.")
    settings = Settings.from_env()
    configure("api", settings.log_level)
    settings = replace(settings, database_url=database_url(settings, "app"))
    provider = FileKeyProvider(settings.key_file)
    provider.check()
    with listening(settings.host, settings.port) as socket:
        asyncio.run(await_entrance(str(settings.database_url), "throughline_app", keys=provider))
        LOG.info("api_started", host=settings.host, port=settings.port, server=server, processes=processes)
        if server == "uvicorn":
            app = create_app(settings)
            if settings.api_metrics_port is not None:
                serve("THROUGHLINE_API_METRICS_PORT", settings.api_metrics_port, Pressure(lambda: pool_of(app)))
            return single.run(app, settings, socket)
    from workers.serving import several  # with granian, which a start with uvicorn need not wait for

    return several.run(settings, processes)
