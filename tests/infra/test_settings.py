"""What the environment may say, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.settings import VARIABLES, Misconfigured, Settings

DSN = "postgresql://throughline_app:secret@db:5432/throughline"


def test_nothing_set_means_the_embedded_database_on_this_machine() -> None:
    settings = Settings.from_env({})
    assert settings.database_url is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.data == Path.cwd() / ".data"
    assert settings.key_file == settings.data / "keys" / "kek"


def test_a_blank_variable_is_as_good_as_none() -> None:
    assert Settings.from_env({"DATABASE_URL": " ", "THROUGHLINE_PORT": ""}) == Settings.from_env({})


def test_what_is_set_is_read() -> None:
    given = {"DATABASE_URL": DSN, "THROUGHLINE_KEY_FILE": "/keys/kek", "THROUGHLINE_PORT": "9000", "THROUGHLINE_LOG": "WARNING"}
    settings = Settings.from_env(given)
    assert (settings.database_url, settings.key_file, settings.port, settings.log_level) == (DSN, Path("/keys/kek"), 9000, "warning")


def test_a_database_of_ones_own_without_a_key_is_refused() -> None:
    """Made up silently, a key would be lost with the first container, and every personal value with it."""
    with pytest.raises(Misconfigured, match=r"THROUGHLINE_KEY_FILE.*throughline key file"):
        Settings.from_env({"DATABASE_URL": DSN})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8o80", "8080.0", "٨٠٨٠"])
def test_a_port_is_a_number_that_a_port_can_have(port: str) -> None:
    with pytest.raises(Misconfigured, match="THROUGHLINE_PORT: should be a whole number from 1 to 65535"):
        Settings.from_env({"THROUGHLINE_PORT": port})


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Misconfigured) as refused:
        Settings.from_env({"DATABASE_URL": "db:5432", "THROUGHLINE_PORT": "x", "THROUGHLINE_LOG": "loud"})
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == ["DATABASE_URL", "THROUGHLINE_PORT", "THROUGHLINE_LOG"]


def test_every_field_has_its_variable_and_every_variable_its_meaning() -> None:
    assert {variable.field for variable in VARIABLES} == set(Settings.__struct_fields__)
    assert all(variable.meaning for variable in VARIABLES)


def test_a_fault_never_repeats_a_password() -> None:
    with pytest.raises(Misconfigured) as refused:
        Settings.from_env({"DATABASE_URL": "mysql://app:hunter2@db/x"})
    assert "hunter2" not in str(refused.value)
