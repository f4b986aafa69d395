"""Migrations: applied once, in order, and never to a database that another release left behind."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import psycopg
import pytest

from infra.launcher.cluster import Cluster
from infra.migrate import FOLDER, MigrationFailed, OtherSchema, migrate, migrations, require_same, require_version
from tests.database import Database, ask

NUMBERS = count(1)


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    """The connection string of a database in which nothing is yet."""
    name = f"empty_{next(NUMBERS)}"
    ask(cluster.dsn(), f"CREATE DATABASE {name}")
    yield cluster.dsn(database=name)
    ask(cluster.dsn(), f"DROP DATABASE {name} WITH (FORCE)")


def written(folder: Path, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts, start=1):
        (folder / f"{number:04}_step.sql").write_text(text)
    return folder


def names(dsn: str) -> list[tuple[Any, ...]]:
    return ask(dsn, "SELECT name FROM public.migration ORDER BY version")


def test_each_file_is_applied_once_and_in_order(tmp_path: Path, empty: str) -> None:
    folder = written(tmp_path, "CREATE TABLE a (n int)\n--;\nINSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)")
    assert [migration.version for migration in migrate(empty, folder)] == [1, 2]
    assert migrate(empty, folder) == []
    assert ask(empty, "SELECT n FROM a ORDER BY n") == [(1,), (2,)]


def test_statements_run_outside_of_any_transaction(tmp_path: Path, empty: str) -> None:
    migrate(empty, written(tmp_path, "CREATE TABLE a (n int)\n--;\nCREATE INDEX CONCURRENTLY a_n ON a (n)"))
    assert ask(empty, "SELECT to_regclass('a_n') IS NOT NULL") == [(True,)]


def test_a_refused_statement_is_named_and_what_came_before_is_kept(tmp_path: Path, empty: str) -> None:
    folder = written(tmp_path, "CREATE TABLE IF NOT EXISTS a (n int)", "SELECT 1\n--;\n-- why\nSELEKT 2\n--;\nSELECT 3")
    with pytest.raises(MigrationFailed, match=r"0002_step\.sql, statement 2 of 3 \(SELEKT 2\): syntax error"):
        migrate(empty, folder)
    assert names(empty) == [("0001_step.sql",)]
    (folder / "0002_step.sql").write_text("SELECT 1")
    migrate(empty, folder)
    assert names(empty) == [("0001_step.sql",), ("0002_step.sql",)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("INSERT INTO a SELECT words FROM a", 'duplicate key value violates unique constraint "a_pkey"'),
        ("ALTER TABLE a ADD CHECK (words = '')", 'check constraint "a_words_check" of relation "a" is violated by some row'),
        ("ALTER TABLE a ALTER words TYPE int USING words::int", "invalid input syntax for type integer: '...'"),
    ],
)
def test_a_refused_statement_is_told_without_what_rows_hold(tmp_path: Path, empty: str, statement: str, said: str) -> None:
    migrate(empty, written(tmp_path, "CREATE TABLE a (words text PRIMARY KEY)\n--;\nINSERT INTO a VALUES ('exhausted')"))
    (tmp_path / "0002_step.sql").write_text(statement)
    with pytest.raises(MigrationFailed) as failed:
        migrate(empty, tmp_path)
    assert str(failed.value).endswith(said)
    assert "exhausted" not in str(failed.value)


LAST = migrations()[-1].version
LATER = "INSERT INTO public.migration (version, name, checksum, oldest) VALUES ({}, 'later', '', {})"
BEFORE_THE_COLUMN = "ALTER TABLE public.migration DROP COLUMN oldest"


@pytest.mark.parametrize("oldest", ["NULL", LAST + 1, 9999])
def test_a_database_of_a_newer_release_is_refused_by_all(database: Database, oldest: object) -> None:
    ask(database.dsn("admin"), LATER.format(9998, LAST))
    ask(database.dsn("admin"), LATER.format(9999, oldest))
    with pytest.raises(OtherSchema, match=r"has migration 9999.*start the newer release"):
        migrate(database.dsn("admin"))


def test_a_newer_one_that_only_added_has_nothing_to_apply_and_is_noted_as_such(tmp_path: Path, empty: str) -> None:
    """An earlier release may be installed again: whoever does so migrates first."""
    older = written(tmp_path, "CREATE TABLE a (n int)")
    newer = written(tmp_path / "newer", "CREATE TABLE a (n int)", "-- oldest: 0001\nCREATE TABLE b (n int)", "CREATE TABLE c (n int)")
    migrate(empty, older)
    ask(empty, BEFORE_THE_COLUMN)
    assert [one.version for one in migrate(empty, newer)] == [2, 3]
    assert ask(empty, "SELECT version, oldest FROM public.migration ORDER BY version") == [(1, None), (2, 1), (3, 3)]
    with pytest.raises(OtherSchema, match="has migration 0003"):
        migrate(empty, older)
    ask(empty, "DELETE FROM public.migration WHERE version = 3")
    assert migrate(empty, older) == []


def test_an_applied_file_that_was_changed_is_refused(tmp_path: Path, empty: str) -> None:
    migrate(empty, written(tmp_path, "SELECT 1"))
    with pytest.raises(OtherSchema, match=r"0001_step\.sql was changed"):
        migrate(empty, written(tmp_path, "SELECT 2"))


@pytest.mark.parametrize("extra", ["0001_again.sql", "1_short.sql", "notes.sql"])
def test_a_file_whose_number_does_not_fit_is_refused(tmp_path: Path, extra: str) -> None:
    (written(tmp_path, "SELECT 1") / extra).write_text("SELECT 1")
    with pytest.raises(ValueError, match="migration"):
        migrations(tmp_path)


def test_two_at_once_apply_each_file_once(tmp_path: Path, empty: str) -> None:
    folder = written(tmp_path, "CREATE TABLE a (n int)", "SELECT pg_sleep(0.2)", "INSERT INTO a VALUES (1)")
    with ThreadPoolExecutor(2) as two:
        applied = [len(done) for done in two.map(lambda dsn: migrate(dsn, folder), [empty, empty])]
    assert sorted(applied) == [0, 3]
    assert ask(empty, "SELECT n FROM a") == [(1,)]


def test_every_shipped_statement_bears_being_repeated(empty: str) -> None:
    """A migration that broke half way runs again from its beginning."""
    once = migrate(empty)
    before = catalogue(empty)
    ask(empty, "DELETE FROM public.migration")
    assert migrate(empty) == once
    assert catalogue(empty) == before


def catalogue(dsn: str) -> list[tuple[Any, ...]]:
    return ask(
        dsn,
        """SELECT 'relation', oid::regclass::text, relacl::text FROM pg_class WHERE relnamespace::regnamespace::text NOT LIKE 'pg_%'
           UNION ALL SELECT 'function', oid::regprocedure::text, proacl::text FROM pg_proc WHERE pronamespace::regnamespace::text NOT LIKE 'pg_%'
           UNION ALL SELECT 'policy', polname::text || ' on ' || polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy
           UNION ALL SELECT 'constraint', conname::text || ' on ' || conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
           ORDER BY 1, 2, 3""",
    )


def test_shipped_files_hold_something() -> None:
    assert migrations(FOLDER)
    assert all(migration.statements for migration in migrations(FOLDER))


class TestAProcessThatStarts:
    async def test_accepts_its_own_schema(self, database: Database) -> None:
        connection = await asyncpg.connect(database.dsn("app"))
        await require_version(connection)
        await connection.close()

    @pytest.mark.parametrize("change", [LATER.format(9999, LAST), LATER.format(9999, 124), BEFORE_THE_COLUMN])
    async def test_accepts_what_only_was_added_to(self, database: Database, change: str) -> None:
        ask(database.dsn("admin"), change)
        connection = await asyncpg.connect(database.dsn("app"))
        await require_version(connection)
        await connection.close()

    async def test_copies_nothing_that_it_does_not_know(self, database: Database) -> None:
        connection = await asyncpg.connect(database.dsn("app"))
        await require_same(connection)
        ask(database.dsn("admin"), LATER.format(9999, LAST))
        with pytest.raises(OtherSchema, match="newer release"):
            await require_same(connection)
        await connection.close()

    @pytest.mark.parametrize(
        ("change", "cure"),
        [
            ("DELETE FROM public.migration WHERE version = (SELECT max(version) FROM public.migration)", "throughline migrate"),
            ("INSERT INTO public.migration (version, name, checksum) VALUES (9999, '', '')", "newer release"),
            ("DROP TABLE public.migration", "throughline migrate"),
            ("UPDATE public.migration SET checksum = '' WHERE version = 21", "0021_steps.sql was changed"),
        ],
    )
    async def test_refuses_another(self, database: Database, change: str, cure: str) -> None:
        ask(database.dsn("admin"), change)
        connection = await asyncpg.connect(database.dsn("app"))
        with pytest.raises(OtherSchema, match=cure):
            await require_version(connection)
        await connection.close()


def test_there_is_no_migrating_without_a_database(folder: Path) -> None:
    with pytest.raises(psycopg.OperationalError):
        migrate(f"postgresql:///x?host={folder}")
