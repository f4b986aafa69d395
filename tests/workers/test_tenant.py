"""`throughline tenant`, about an organization that there is: suspended, reinstated, helped to an administrator, and its quota."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.workers.shell import FOUNDED, Shell
from workers.cli.exit import Exit

WHY = ("--reason", "The invoice of January is open.")


@pytest.fixture
def slug(office: Shell) -> str:
    slug = f"firm-{uuid4().hex[:12]}"
    assert office("tenant", "create", "--slug", slug, *FOUNDED).code == Exit.OK
    return slug


def told(office: Shell, *arguments: str) -> dict[str, Any]:
    done = office("tenant", *arguments, "--json")
    assert done.code == Exit.OK, done
    found: dict[str, Any] = done.json()
    return found


def refused(office: Shell, *arguments: str) -> str:
    done = office("tenant", *arguments)
    assert done.code != Exit.OK
    return done.output + done.errors


def test_is_suspended_once_and_goes_on(office: Shell, slug: str) -> None:
    assert told(office, "suspend", slug, *WHY, "--until", "2199-01-01")["position"] > 1
    assert "suspended already" in refused(office, "suspend", slug, *WHY)
    told(office, "reinstate", slug, *WHY)
    assert "is not suspended" in refused(office, "reinstate", slug, *WHY)


def test_says_what_is_wrong_with_a_reason_and_a_day(office: Shell, slug: str) -> None:
    assert "at least ten characters" in refused(office, "suspend", slug, "--reason", "short")
    assert "must lie ahead" in refused(office, "suspend", slug, *WHY, "--until", "2020-01-01")
    assert "No organization is called" in refused(office, "suspend", "nowhere", *WHY)


def test_gets_an_administrator_while_it_is_suspended_too(office: Shell, slug: str) -> None:
    told(office, "suspend", slug, *WHY)
    made = told(office, "admin", slug, "--name", "Otto Way", "--email", "otto@example.org")
    assert made["key"].startswith("tl_")
    assert "has that role in that scope already" in refused(office, "admin", slug, "--person", made["person_id"])
    assert "Give either" in refused(office, "admin", slug)


def test_keeps_what_it_may_use(office: Shell, slug: str) -> None:
    before = told(office, "quota", slug)
    assert (before["people"], before["engagements"], before["storage_mb"]) == (None, None, None)
    told(office, "quota", slug, "--people", "20", "--storage-mb", "500")
    held = told(office, "quota", slug, "--requests-per-minute", "90", "--people", "0")
    assert held == {**before, "storage_mb": 500, "requests_per_minute": 90}
