"""Putting the application together: what must stop it from starting, and how it behaves when the database does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar, get
from msgspec.structs import replace
from structlog.testing import capture_logs

from infra.settings import Settings
from services import wiring
from services.entry.credential import new_key
from services.organization.answers import OrganizationAnswer
from services.problems import without_status
from services.reading.route import read
from services.wiring import create_app, require_actions
from tests.waiting import PATIENCE_SECONDS


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[Litestar, AsyncClient]]:
    app = create_app(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.lifespan())
        transport = ASGITransport(app, raise_app_exceptions=False)
        yield app, await stack.enter_async_context(AsyncClient(transport=transport, base_url="http://throughline.test"))


def test_a_route_without_an_action_stops_the_start_up() -> None:
    @get("/free", sync_to_thread=False)
    def free() -> str:
        return "for everyone"

    with pytest.raises(ValueError, match=r"without an action.*free"):
        require_actions(Litestar([free], openapi_config=None))


def test_a_refusal_without_a_status_stops_the_start_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "without_status", lambda: [*without_status(), "Forgotten"])
    with pytest.raises(ValueError, match="Forgotten"):
        create_app(settings)


def test_two_commands_of_one_name_stop_the_start_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read_organization() -> None:
        raise NotImplementedError

    again = read("/v1/again", "read_organization", OrganizationAnswer, "Again.")(read_organization)
    monkeypatch.setattr(wiring, "READS", (*wiring.READS, again))
    with pytest.raises(ValueError, match="read_organization"):
        create_app(settings)


async def test_without_a_database_it_lives_is_not_ready_and_says_when_to_come_back(settings: Settings) -> None:
    nowhere = replace(settings, database_url="postgresql://throughline_app@127.0.0.1:9/none")
    async with running(nowhere) as (_, client):
        assert (await client.get("/health/live")).json() == {"status": "live"}
        for path in ("/health/ready", "/v1/me"):
            answer = await client.get(path, headers={"Authorization": f"Bearer {new_key()}"})
            assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) >= 1


async def test_without_its_keys_it_is_not_ready(settings: Settings) -> None:
    """Who asks is not told which file is missing, and who reads the log is."""
    async with running(replace(settings, key_file=settings.data / "no-such-file")) as (_, client):
        with capture_logs() as logs:
            answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["code"]) == (503, "key_unavailable")
        assert "no-such-file" not in answer.text
        assert ["no-such-file" in log["said"] for log in logs if log["event"] == "request_postponed"] == [True]


async def test_an_exhausted_pool_is_told_in_time_and_health_goes_on(settings: Settings) -> None:
    async with running(replace(settings, pool_size=2)) as (app, client):
        held = [await app.state.api_keys.pool.acquire() for _ in range(2)]
        asked = [client.get("/v1/me", headers={"Authorization": f"Bearer {new_key()}"}) for _ in range(20)]
        async with asyncio.timeout(PATIENCE_SECONDS):  # nothing is given back before all are answered
            answers = await asyncio.gather(*asked, client.get("/health/live"), client.get("/health/ready"))
        assert [answer.status_code for answer in answers] == [503] * 20 + [200, 200]
        for connection in held:
            await app.state.api_keys.pool.release(connection)
        assert (await client.get("/v1/me", headers={"Authorization": f"Bearer {new_key()}"})).status_code == 401


async def test_an_error_of_ours_says_nothing_of_itself(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(settings) as (app, client):

        async def broken(key: str) -> None:
            raise RuntimeError("secret words of a client")

        monkeypatch.setattr(app.state.api_keys, "held", broken)
        answer = await client.get("/v1/me", headers={"Authorization": f"Bearer {new_key()}"})
        assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
        assert "secret" not in answer.text
