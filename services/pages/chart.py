"""Charts as SVG, drawn on the server from Vega-Lite dicts by a process beside this one.

The engine keeps Python's lock while it draws: 30 to 120 ms a chart, and half a second for its start. In a thread it would
stop every other answer for so long; in a process of its own it stops none.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from typing import Any, Final

import msgspec
import structlog
from markupsafe import Markup

from services.pages import drawing

LOG: Final = structlog.get_logger()
KEPT: Final = 256
"""How many drawn charts are kept; one has about 8 kB."""
LONGEST: Final = 4 * 1024 * 1024
"""Bytes of the longest drawing that is taken."""
PATIENCE: Final = 10.0
"""Seconds after which a drawing is given up, and the process ended."""


class ChartFailed(Exception):
    """The engine could not draw it: the specification is wrong, or the process ended or was too slow."""


class Charts:
    """Draws charts one at a time, and keeps the last ones. They show counts and codes only, so that they may be kept."""

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self.drawn: OrderedDict[bytes, Markup] = OrderedDict()
        self.turn = asyncio.Lock()
        self.process: Process | None = None
        self.warming: asyncio.Task[None] | None = None

    async def draw(self, spec: dict[str, Any]) -> Markup:
        """The chart as an SVG element: its texts are escaped, and it has neither links nor styles. Raises `ChartFailed`."""
        asked = msgspec.json.encode(spec)
        key = hashlib.sha256(asked).digest()
        async with self.turn:
            if key not in self.drawn:
                self.drawn[key] = Markup(await self.ask(asked))  # noqa: S704 (the engine escapes what it draws)
            self.drawn.move_to_end(key)
            if len(self.drawn) > self.kept:
                self.drawn.popitem(last=False)
            return self.drawn[key]

    def start(self) -> None:
        """Starts the engine in the background, so that the first reader does not wait for it."""
        self.warming = asyncio.create_task(self.warm())

    async def warm(self) -> None:
        try:
            await self.draw({"data": {"values": [{}]}, "mark": "point"})
        except ChartFailed as failure:
            LOG.error("charts_not_started", why=str(failure))

    async def stop(self) -> None:
        """Ends what `start` began."""
        if self.warming is not None:
            self.warming.cancel()
            await asyncio.wait([self.warming])
        await self.close()

    async def ask(self, spec: bytes) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                process = await self.running()
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(spec + b"\n")
                await process.stdin.drain()
                answer = msgspec.json.decode(await process.stdout.readline(), type=drawing.Answer)
        except (TimeoutError, OSError, ValueError) as failure:
            await self.close()
            raise ChartFailed(f"the drawing process gave no answer: {failure}") from failure
        except asyncio.CancelledError:
            await self.close()  # its late answer would be taken for that of the next chart
            raise
        if answer.svg is None:
            raise ChartFailed(answer.error)
        return answer.svg

    async def running(self) -> Process:
        if self.process is None or self.process.returncode is not None:
            command = (sys.executable, "-m", drawing.__name__)
            self.process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=LONGEST)
        return self.process

    async def close(self) -> None:
        """Ends the drawing process. A later chart starts another."""
        process, self.process = self.process, None
        if process is not None and process.returncode is None:
            process.kill()
        if process is not None:
            await process.communicate()
