"""What the operator does for organizations on the command line: registers them, and keeps their keys in hand."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.workers.installation import Ended, Installation
from tests.workers.shell import FOUNDED, Shell
from workers.cli.exit import Exit


def asked(installation: Installation, key: str) -> int:
    """The status with which the list of people is answered to a key."""
    address = f"http://127.0.0.1:{installation.port}/v1/people"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Authorization": f"Bearer {key}"}), timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def grant(installation: Installation, key: str, person_id: str, role: str) -> None:
    address = f"http://127.0.0.1:{installation.port}/v1/people/{person_id}/grant-membership"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address, json.dumps({"role": role}).encode(), headers), timeout=30) as answer:
        assert answer.status == 200


class TestATenant:
    def create(self, office: Shell, slug: str, *more: str) -> Ended:
        return office("tenant", "create", "--slug", slug, *FOUNDED, *more, "--json")

    def test_comes_with_an_administrators_key_that_works(self, office: Shell, installation: Installation) -> None:
        made = self.create(office, "acme")
        assert made.code == Exit.OK, made.errors
        assert asked(installation, made.json()["key"]) == 200

    def test_can_be_made_again_by_its_id_and_is_the_same(self, office: Shell) -> None:
        first = self.create(office, "again").json()
        second = self.create(office, "again", "--id", first["tenant_id"]).json()
        assert (second["tenant_id"], second["person_id"]) == (first["tenant_id"], first["person_id"])
        assert second["key"] != first["key"]

    def test_does_not_take_anothers_name(self, office: Shell) -> None:
        self.create(office, "taken")
        refused = self.create(office, "taken")
        assert refused.code == Exit.REFUSED
        assert "choose another --slug" in json.loads(refused.errors)["message"]

    def test_with_a_value_that_cannot_be_is_a_usage_error(self, office: Shell) -> None:
        refused = self.create(office, "No Slug")
        assert refused.code == Exit.USAGE
        said = json.loads(refused.errors)["message"]
        assert "--slug: Expected 2 to 40 characters" in said
        refused = self.create(office, "slug", "--admin-email", "dana")
        assert "--admin-email: Expected an address" in json.loads(refused.errors)["message"]

    def test_gets_further_keys_only_for_roles_that_are_held(self, office: Shell) -> None:
        made = self.create(office, "keys").json()
        options = ("key", "create", "--tenant", "keys", "--person", made["person_id"], "--json")
        assert office(*options, "--role", "admin").json()["key"].startswith("tl_")
        refused = office(*options, "--role", "coach")
        assert refused.code == Exit.REFUSED
        assert "does not hold the role coach" in json.loads(refused.errors)["message"]
        assert office(*options, "--role", "admin", "--until", "2020-01-01").code == Exit.USAGE
        nobody = office("key", "create", "--tenant", "keys", "--person", str(uuid4()), "--role", "admin")
        assert nobody.code == Exit.REFUSED

    def test_confines_what_machines_ask_with(self, office: Shell, installation: Installation) -> None:
        """By the rule that holds over HTTP: scopes, and an end within a year."""
        made = self.create(office, "machine").json()
        grant(installation, made["key"], made["person_id"], "integration")
        options = ("key", "create", "--tenant", "machine", "--person", made["person_id"], "--role", "integration", "--json")
        assert "name its scopes" in json.loads(office(*options).errors)["message"]
        assert office(*options, "--scope", "people:read", "--days", "400").code == Exit.REFUSED
        assert asked(installation, office(*options, "--scope", "people:read").json()["key"]) == 200
        newest = office("key", "list", "--tenant", "machine", "--json").json()["keys"][0]
        assert timedelta(days=364) < datetime.fromisoformat(newest["expires_at"]) - datetime.now(UTC) <= timedelta(days=365)

    def test_ends_all_keys_of_a_person_and_of_nobody_else(self, office: Shell, installation: Installation) -> None:
        made, other = (self.create(office, slug).json() for slug in ("leaky", "tight"))
        options = ("--person", made["person_id"], "--json")
        office("key", "create", "--tenant", "leaky", "--role", "admin", *options)
        assert office("key", "revoke", "--tenant", "tight", *options).json()["ended"] == 0
        assert asked(installation, made["key"]) == 200
        assert [office("key", "revoke", "--tenant", "leaky", *options).json()["ended"] for _ in range(2)] == [2, 0]
        assert [asked(installation, one["key"]) for one in (made, other)] == [401, 200]

    def test_keeps_keys_in_hand(self, office: Shell, installation: Installation) -> None:
        """Confined, listed, rotated and ended one by one."""
        made = self.create(office, "hand").json()
        here = ("--tenant", "hand", "--json")
        options = ("--person", made["person_id"], "--role", "admin", "--scope", "people:read", "--name", "Names", "--days", "30")
        old = office("key", "create", *here, *options).json()
        listed = office("key", "list", *here).json()["keys"]
        assert [(one["key_id"], one["name"], one["scopes"], one["state"]) for one in listed][:1] == [
            (old["key_id"], "Names", ["people:read"], "active")
        ]
        new = office("key", "rotate", *here, "--key", old["key_id"], "--overlap-hours", "0").json()
        assert [asked(installation, one["key"]) for one in (old, new)] == [401, 200]
        assert office("key", "rotate", *here, "--key", old["key_id"]).code == Exit.REFUSED
        assert [office("key", "revoke", *here, "--key", new["key_id"]).json()["ended"] for _ in range(2)] == [1, 0]
        assert asked(installation, new["key"]) == 401
        assert {one["state"] for one in office("key", "list", *here, "--ended").json()["keys"]} == {"active", "expired", "revoked"}
        assert office("key", "revoke", *here, "--key", str(uuid4())).code == Exit.REFUSED
        assert office("key", "revoke", *here).code == Exit.USAGE
