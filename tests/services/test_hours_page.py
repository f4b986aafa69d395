"""The page of a coach's hours: what counts, each level with its progress in words, the log, and the form that hands it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.services.firm import Firm
from tests.services.test_credential_log import consent, logged
from tests.services.test_session_page import browser

__all__ = ["logged"]


async def test_a_coach_reads_their_hours_and_hands_the_log_in(logged: Firm, address: str) -> None:
    async with browser(logged, address, "coach") as coach:
        page = await coach.shown("/hours")
        assert "1.08 hours count, in 2 sessions: 0.75 paid and 0.33 pro bono" in page.words
        assert "Hours of coaching: 100 h 1.08 h" in page.words
        assert "People coached: 35 (figure not verified: ask ICF)" in page.words
        assert "A client who is not listed" in page.words
        assert "Person client" not in page.words
        assert [one.attributes["value"] for one in page.all("progress")][:2] == ["65", "45"]

        await consent(logged, "grant")
        assert "Person client client@example.org" in (await coach.shown("/hours")).words

        answer = await coach.client.post("/hours", data={"of": "icf"})
        assert answer.headers["location"] == "/hours?of=icf&done=yes"
        assert "The log is handed in." in (await coach.shown("/hours?of=icf&done=yes")).words
        file = await coach.client.get("/hours/log.csv")
        assert file.headers["content-type"].startswith("text/csv")
        assert b"Person client,client@example.org,yes" in file.content

        assert "Supervision, each year: 4 h 0 h" in (await coach.shown("/hours?of=emcc")).words
        await logged.runner.catch_up()
        told = {
            "of": "emcc",
            "what": "develop",
            "kind": "supervision",
            "held_on": str(datetime.now(UTC).date() - timedelta(days=30)),
            "minutes": "90",
        }
        again = await coach.client.post("/hours", data={**told, "minutes": "many"})
        assert (again.status_code, "A whole number" in again.text) == (400, True)
        answer = await coach.client.post("/hours", data=told)
        assert answer.headers["location"] == "/hours?of=emcc&done=develop"
        page = await coach.shown("/hours?of=emcc&done=develop")
        assert "It is recorded." in page.words
        assert "Supervision, each year: 4 h 1.5 h" in page.words
        assert (await coach.client.get("/hours?of=none")).status_code == 400


async def test_nobody_but_a_coach_has_such_a_page(logged: Firm, address: str) -> None:
    async with browser(logged, address, "client") as client:
        assert (await client.client.get("/hours")).status_code == 403
        assert "/hours" not in (await client.shown("/sessions")).addresses
