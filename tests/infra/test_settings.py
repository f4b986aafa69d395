"""What the environment may say, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.settings import VARIABLES, Misconfigured, Settings, Variable

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


SECRET = [variable for variable in VARIABLES if variable.secret]


def test_whatever_may_hold_a_password_is_a_secret() -> None:
    assert {variable.name for variable in VARIABLES if variable.name.endswith("_URL")} - {one.name for one in SECRET} == {"THROUGHLINE_URL"}


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "dsn"
    kept.write_text(f"{DSN}\n")
    given = {"DATABASE_URL_FILE": str(kept), "THROUGHLINE_KEY_FILE": "/keys/kek"}
    assert Settings.from_env(given).database_url == DSN
    assert {variable.source(given) for variable in SECRET} == {str(kept), "default"}


@pytest.mark.parametrize("variable", SECRET, ids=lambda variable: variable.name)
def test_a_file_of_a_secret_that_is_none_is_named_with_what_is_wrong(variable: Variable, tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty", tmp_path / "binary"
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe")
    for path, said in ((empty, "is empty"), (binary, "not UTF-8"), (tmp_path / "nowhere", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(Misconfigured, match=f"^{variable.name}: {variable.of_file} names .*{said}"):
            Settings.from_env({variable.of_file: str(path)})


def test_a_secret_that_is_said_twice_is_refused_without_being_repeated(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL: is set, and DATABASE_URL_FILE too") as refused:
        Settings.from_env({"DATABASE_URL": DSN, "DATABASE_URL_FILE": str(tmp_path / "dsn")})
    assert "secret" not in str(refused.value)
