"""The real application against its own OpenAPI document: a fuzzer finds nothing that the document does not say.

It sends what the document allows and what it forbids, follows what one answer holds into the next request, and looks at every
answer: no 5xx, only documented statuses, types, headers and shapes; what is allowed is taken and what is forbidden refused; without a
key, or with a wrong one, 401; and every other method 405 with what is allowed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Final

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from services.entry import attempt
from services.permission import table
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS

ROOT: Final = Path(__file__).parents[2]
ROLES: Final = ("client", "coach", "program_manager", "auditor", "admin", "integration", "sponsor")
ASKED_TOGETHER: Final = {"grant_disclosure_consent", "withdraw_disclosure_consent", "define_program", "execute_batch"}
"""Bodies whose fields have to fit together, which the document says in words only; so do the reads' parameters."""
REFUSED: Final = ["401", "403", "404", "409", "410", "412", "422", "429"]
"""How what can be read may be refused: by a rule, a right or a state."""


def may(app: Litestar) -> dict[str, frozenset[str]]:
    """Who may use each operation."""
    handlers = [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    return {str(one.operation_id): frozenset(table.MAY.get(one.opt.get("action", ""), ())) for one in handlers}


def configuration(app: Litestar, keys: dict[str, str], role: str | None) -> str:
    """Each operation as `role`, else as somebody who may use it. JSON's texts and lists are TOML's, too."""
    taken = ["2xx", "304", *REFUSED]
    lines = [
        'hooks = "tests.services.fuzzing.hooks"',
        "[parameters]",
        # a position that nothing has yet is waited for, a second each time
        '"header.Throughline-Min-Position" = "0"',
        '"header.If-Match" = "*"',
        "[checks]",
        f"positive_data_acceptance.expected-statuses = {json.dumps(taken)}",
        "# which version is changed is asked for with 428 (RFC 6585)",
        'missing_required_header.expected-statuses = ["400", "401", "403", "406", "415", "422", "428"]',
        f"negative_data_rejection.expected-statuses = {json.dumps(['400', '405', '406', '413', '415', *REFUSED])}",
    ]
    users = may(app)
    for item in app.state.document()["paths"].values():
        for method, operation in item.items():
            name = operation["operationId"]
            own = []
            if operation.get("security") != []:
                who = role or next(one for one in ROLES if one in users[name])
                own.append(f'headers.Authorization = "Bearer {keys[who]}"')
            if method == "get" or name in ASKED_TOGETHER:
                own.append(f"checks.positive_data_acceptance.expected-statuses = {json.dumps(['400', *taken])}")
            if own:
                lines += ["[[operations]]", f"include-operation-id = {json.dumps(name)}", *own]
    return "\n".join(lines)


async def fuzz(firm: Firm, app: Litestar, address: str, folder: Path, *options: str, role: str | None = None) -> None:
    """Everything is projected meanwhile, as it is in service."""
    config = folder / "schemathesis.toml"
    config.write_text(configuration(app, firm.keys, role))
    fuzzer = Path(sys.executable).with_name("schemathesis")
    running = await asyncio.create_subprocess_exec(
        *(fuzzer, "--config-file", config, "run", f"{address}/schema/openapi.json", "--checks", "all", "--no-color", "--no-shrink"),
        *(*options, "--warnings", "off", "--request-timeout", str(PATIENCE_SECONDS)),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told = asyncio.create_task(running.communicate())
    while not told.done():
        await firm.runner.catch_up()
        await asyncio.wait([told], timeout=0.2)
    output, _ = await told
    assert running.returncode == 0, output.decode()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer sends every operation a wrong key, which is more of them than one network has free; `test_guessing` shows that limit."""
    monkeypatch.setattr(attempt, "WRONG_KEY", attempt.WRONG_KEY._replace(free=100_000))


async def test_a_fuzzer_finds_nothing(planned: Firm, app: Litestar, address: str, tmp_path: Path) -> None:
    """One example of each kind for each operation, the same ones each time."""
    options = ("--phases", "examples,fuzzing,stateful", "--max-examples", "1", "--workers", "2", "--seed", "1")
    await fuzz(planned, app, address, tmp_path, *options, "--generation-deterministic")


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
async def test_a_fuzzer_finds_nothing_in_a_long_time(role: str, planned: Firm, app: Litestar, address: str, tmp_path: Path) -> None:
    """Everything asked for with one role's key, whether it may or not."""
    options = ("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "20", "--generation-database", "none")
    await fuzz(planned, app, address, tmp_path, *options, role=role)
