"""What every generated client does: it drives a real server, whose rows follow meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from tests.services.firm import Firm

BIN: Final = Path(sys.executable).parent
PLACES: Final = os.pathsep.join((os.environ["PATH"], str(Path.home() / ".local/bin")))


async def ran(folder: Path, *command: Any, **more: str) -> str:
    """What a program said, when it succeeds; the tests' own loop goes on answering meanwhile."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{PLACES}"} | more
    running = await asyncio.create_subprocess_exec(
        *map(str, command), cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await running.communicate()
    assert running.returncode == 0, output.decode()
    return output.decode()


async def driven(firm: Firm, address: str, folder: Path, *command: Any, **more: str) -> str:
    """The same of a journey: a program that is given the address, and the key and the id of a person in each role as JSON."""
    told = asyncio.create_task(ran(folder, *command, address, json.dumps(firm.keys), json.dumps(firm.ids), **more))
    while not told.done():
        await firm.runner.catch_up()
        await asyncio.wait([told], timeout=0.1)
    return (await told).strip()
