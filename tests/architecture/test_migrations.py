"""Every migration can be run on a Citus cluster too: each rule finds a planted violation, and none in what is shipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from infra import citus
from infra.migrate import FORCE, Migration, migrations, read
from projections.catalogue import PROJECTIONS
from projections.rebuild import definitions
from tests.architecture.test_scoped import statements

COMMENT: Final = re.compile(r"--[^\n]*")
BODY: Final = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.DOTALL)
TABLE: Final = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\S+) \((.*)\)", re.DOTALL | re.IGNORECASE)
FUNCTION: Final = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION ((?:es)\.\w+)\s*\((.*?)\)\s*(RETURNS .*?)?\s*LANGUAGE", re.DOTALL)
UPDATED: Final = re.compile(r"\bUPDATE\s+((?:es|rm)\.\w+|\{table\}\w*)\b[^;]*?\bSET\b([^;]*)", re.DOTALL)
INSERTED: Final = re.compile(r"\bINSERT INTO\s+(?:(?:es|rm)\.\w+|\{table\}\w*)\b([^;]*)", re.DOTALL)
VOLATILE: Final = re.compile(r"\b(clock_timestamp|timeofday|random|gen_random_uuid|nextval|set_config)\s*\(")
IN_A_CASE: Final = re.compile(r"\b(CASE|coalesce)\b[^;]*\bnow\s*\(", re.IGNORECASE)
ON_THE_COORDINATOR: Final = ("directory.", "jobs.", "public.")
"""Tables about the installation, or read before the organization is known: they stay on the coordinator. See `infra.citus`."""
REPLACED: Final = {("0020_tenant_end.sql", "volatile update")}
"""What was released before there was a cluster to try it on, and is said again in 0075_citus.sql."""


def plain(statement: str) -> str:
    return COMMENT.sub("", statement)


def is_spread(table: str) -> bool:
    return not table.startswith(ON_THE_COORDINATOR) and table not in citus.EVERYWHERE


def several(statement: str) -> bool:
    return ";" in BODY.sub("", plain(statement)).strip().rstrip(";")


def keyed(statement: str) -> bool:
    """A key of a spread table that does not begin with the organization, or a table that has none."""
    text = plain(statement)
    for table, columns in TABLE.findall(text):
        if is_spread(table):
            lists = re.findall(r"(?:PRIMARY KEY|UNIQUE|FOREIGN KEY)\s*\((.*?)\)", columns, re.IGNORECASE)
            inline = re.findall(r"(?:^|,)\s*(\w+)\s[^,(]*?\b(?:PRIMARY KEY|UNIQUE|REFERENCES)\b(?!\s*\()", columns, re.IGNORECASE)
            firsts = [names.split(",")[0].strip() for names in lists] + inline
            if not re.search(r"\btenant_id\s+uuid\b", columns) or any(first != "tenant_id" for first in firsts):
                return True
    found = re.findall(r"CREATE UNIQUE INDEX\b.*?\bON\s+(\S+)\s*\(\s*(\w+)", text, re.DOTALL)
    found += re.findall(r"ALTER TABLE\s+(\S+).*?\bADD\b.*?\b(?:PRIMARY KEY|UNIQUE|FOREIGN KEY)\s*\(\s*(\w+)", text, re.DOTALL)
    return any(is_spread(table) and first != "tenant_id" for table, first in found)


def volatile(statement: str) -> bool:
    """Also of the table that stands on every node. The transaction's time may be set, but not chosen among others."""
    return any(VOLATILE.search(set_to) or IN_A_CASE.search(set_to) for _, set_to in UPDATED.findall(plain(statement)))


def subselect_inserted(statement: str) -> bool:
    return any(re.search(r"\bVALUES\b.*\(\s*SELECT\b", values, re.DOTALL) for values in INSERTED.findall(plain(statement)))


def copied(statement: str) -> bool:
    """Rows of arrays alone, without ON CONFLICT or RETURNING: they would be copied, which row security forbids."""
    return any(
        re.search(r"\bSELECT\b.*\bFROM\s+unnest\b", rest, re.DOTALL) and not re.search(r"\bON CONFLICT\b|\bRETURNING\b|\bJOIN\b", rest)
        for rest in INSERTED.findall(BODY.sub("", plain(statement)))
    )


def local_from_a_node(statement: str) -> bool:
    """A function that is sent to the organization's node, and asks for what only the coordinator has."""
    text = plain(statement)
    return any(
        re.match(r"\s*tenant\s+uuid\b", arguments)
        and name.removeprefix("es.") not in citus.LOCAL
        and re.search(r"\b(directory|jobs)\.\w+", text) is not None
        for name, arguments, _ in FUNCTION.findall(text)
    )


def matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda statement: compiled.search(plain(statement)) is not None


RULES: Final[dict[str, Callable[[str], bool]]] = {
    "one statement a call": several,
    "key without the organization": keyed,
    "trigger": matching(r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b"),
    "sequence": matching(r"\bCREATE\s+SEQUENCE\b|\b(small|big)?serial\b|\bAS\s+IDENTITY\b|\bnextval\b"),
    "merge": matching(r"\bMERGE\s+INTO\b"),
    "policy with a subselect": matching(r"\bCREATE\s+POLICY\b.*\(\s*SELECT\b"),
    "default of the organization": matching(r"\btenant_id\s+uuid\b[^,]*\bDEFAULT\b|\btenant_id\s+SET\s+DEFAULT\b"),
    "volatile update": volatile,
    "organization changed": matching(r"\bUPDATE\s+(es|rm)\.[^;]*\bSET\s+([^;]*,\s*)?tenant_id\s*="),
    "subselect among values": subselect_inserted,
    "copied under row security": copied,
    "local table from a node": local_from_a_node,
    "exclusion without the organization": matching(r"\bEXCLUDE\b(?!\s+USING\s+gist\s*\(\s*tenant_id\s+WITH\s+=)"),
    "materialized view": matching(r"\bCREATE\s+MATERIALIZED\b"),
}


def broken(statement: str) -> set[str]:
    return {rule for rule, breaks in RULES.items() if breaks(statement)}


def misplaced(migration: Migration) -> bool:
    """A file that forces row security, which a cluster leaves out, does nothing else; no other file does it."""
    forcing = [re.search(r"(?<!NO )\bFORCE ROW LEVEL SECURITY\b", plain(statement)) is not None for statement in migration.statements]
    return (any(forcing) or migration.name.endswith(FORCE)) and not (all(forcing) and migration.name.endswith(FORCE))


TAKING: Final = matching(
    r"\bDROP\s+(?!POLICY)|\bRENAME\b|\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE\b|\bSET\s+NOT\s+NULL\b|^\s*(DELETE|UPDATE)\b|\bREVOKE\b(?!.*\bPUBLIC\b)"
)
"""What an earlier release may still need, or write otherwise."""


def wrongly_lenient(migration: Migration, numbers: list[int]) -> bool:
    """A file that lets earlier releases run, and takes something from them, or names none that there is."""
    if migration.oldest == migration.version:
        return False
    return migration.oldest not in [number for number in numbers if number < migration.version] or any(map(TAKING, migration.statements))


def changed_columns(files: list[Migration]) -> Iterator[str]:
    """Functions that answer with other columns than before, under the same name: a session's prepared call of it would fail."""
    known: dict[tuple[str, str], str] = {}
    for migration in files:
        for statement in migration.statements:
            for name, arguments, returns in FUNCTION.findall(plain(statement)):
                answer = " ".join((returns + " ".join(re.findall(r"\bOUT \w+ \S+?(?=,|$)", arguments))).split())
                taken = " ".join(re.sub(r"\bDEFAULT\b[^,]*", "", arguments.split("OUT ")[0]).split()).rstrip(", ")
                types = ",".join(argument.split()[-1] for argument in taken.split(",") if argument.split())
                if known.setdefault((name, types), answer) != answer:
                    yield f"{migration.name}: {name}"


@pytest.mark.parametrize("migration", migrations(), ids=lambda migration: migration.name)
def test_a_migration_can_be_run_on_a_cluster(migration: Migration) -> None:
    found = {(migration.name, rule) for statement in migration.statements for rule in broken(statement)}
    assert found == {pair for pair in REPLACED if pair[0] == migration.name}
    assert not misplaced(migration)


def test_a_migration_that_lets_earlier_releases_run_only_adds() -> None:
    numbers = [migration.version for migration in migrations()]
    assert [migration.name for migration in migrations() if wrongly_lenient(migration, numbers)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("-- oldest: 0003\nCREATE TABLE a (n int)", False),
        ("ALTER TABLE a DROP COLUMN n", False),
        ("-- oldest: 0003\nALTER TABLE a DROP COLUMN n", True),
        ("-- oldest: 0003\nALTER TABLE a ALTER n TYPE text", True),
        ("-- oldest: 0003\nALTER TABLE a RENAME n TO m", True),
        ("-- oldest: 0003\nSELECT 1\n--;\nUPDATE a SET n = 1", True),
        ("-- oldest: 0004\nCREATE TABLE a (n int)", True),
        ("-- oldest: 0009\nCREATE TABLE a (n int)", True),
    ],
)
def test_one_that_takes_something_away_is_found(tmp_path: Path, text: str, wrong: bool) -> None:
    path = tmp_path / "0008_step.sql"
    path.write_text(text)
    assert wrongly_lenient(read(path), [1, 2, 3, 5, 8, 9]) is wrong


def test_no_function_answers_with_other_columns_under_its_name() -> None:
    assert list(changed_columns(migrations())) == []


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda projection: projection.name)
def test_the_tables_of_a_read_model_can_be_spread(projection: object) -> None:
    assert {rule for statement in definitions(projection, forced=True) for rule in broken(statement.text)} == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(("place", "statement"), list(statements()), ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_statement_of_the_product_can_be_run_on_a_cluster(place: str, statement: object) -> None:
    assert broken(statement.text) == set(), place  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("one statement a call", "SELECT 1; SELECT 2"),
        ("key without the organization", "CREATE TABLE es.a (tenant_id uuid, n int, PRIMARY KEY (n, tenant_id))"),
        ("key without the organization", "CREATE TABLE es.a (tenant_id uuid, n int UNIQUE)"),
        ("key without the organization", "CREATE TABLE es.a (tenant_id uuid, b uuid REFERENCES es.b)"),
        ("key without the organization", "CREATE TABLE rm.a (tenant_id uuid, n int, FOREIGN KEY (n) REFERENCES rm.b (n))"),
        ("key without the organization", "CREATE TABLE es.a (n int)"),
        ("key without the organization", "CREATE UNIQUE INDEX a_n ON es.a (n)"),
        ("key without the organization", "ALTER TABLE es.a ADD CONSTRAINT b UNIQUE (n)"),
        ("trigger", "CREATE TRIGGER t AFTER INSERT ON es.event EXECUTE FUNCTION f()"),
        ("sequence", "CREATE SEQUENCE es.s"),
        ("sequence", "CREATE TABLE es.a (tenant_id uuid, n bigserial, PRIMARY KEY (tenant_id, n))"),
        ("sequence", "CREATE TABLE es.a (tenant_id uuid, n int GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (tenant_id, n))"),
        ("merge", "MERGE INTO es.a USING b ON true WHEN MATCHED THEN DELETE"),
        ("policy with a subselect", "CREATE POLICY p ON es.a USING (tenant_id = (SELECT current_setting('a')::uuid))"),
        ("default of the organization", "CREATE TABLE es.a (tenant_id uuid DEFAULT gen_random_uuid() PRIMARY KEY)"),
        ("default of the organization", "ALTER TABLE es.a ALTER COLUMN tenant_id SET DEFAULT '0'"),
        ("volatile update", "UPDATE es.subject_key SET destroyed_at = clock_timestamp() WHERE tenant_id = $1"),
        ("volatile update", "CREATE FUNCTION es.f() RETURNS void LANGUAGE sql AS $$ UPDATE es.a SET n = random() $$"),
        ("volatile update", "UPDATE es.projection SET rebuild_began_at = coalesce(rebuild_began_at, now())"),
        ("organization changed", "UPDATE es.a SET n = 1, tenant_id = $1"),
        ("subselect among values", "INSERT INTO es.a (tenant_id, n) VALUES ($1, (SELECT 1))"),
        ("copied under row security", "INSERT INTO rm.a (tenant_id, n) SELECT $1, * FROM unnest($2::int[])"),
        ("local table from a node", "CREATE FUNCTION es.f(tenant uuid) RETURNS int LANGUAGE sql AS $$ SELECT 1 FROM jobs.job $$"),
        ("exclusion without the organization", "ALTER TABLE es.a ADD EXCLUDE USING gist (during WITH &&)"),
        ("materialized view", "CREATE MATERIALIZED VIEW es.v AS SELECT 1"),
    ],
)
def test_a_violation_is_found(rule: str, statement: str) -> None:
    assert rule in broken(statement)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("0001_a.sql", "ALTER TABLE es.a FORCE ROW LEVEL SECURITY"),
        ("0001_a_force_row_security.sql", "ALTER TABLE es.a FORCE ROW LEVEL SECURITY\n--;\nSELECT 1"),
        ("0001_a_force_row_security.sql", "SELECT 1"),
    ],
)
def test_forcing_beside_something_else_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert misplaced(read(tmp_path / name))


def test_a_function_with_other_columns_is_found(tmp_path: Path) -> None:
    made = "CREATE OR REPLACE FUNCTION es.f(tenant uuid, OUT a int) LANGUAGE sql AS 'SELECT 1'"
    (tmp_path / "0001_a.sql").write_text(made)
    (tmp_path / "0002_b.sql").write_text(made.replace("OUT a int", "OUT a int, OUT b int"))
    (tmp_path / "0003_c.sql").write_text("CREATE OR REPLACE FUNCTION es.g(tenant uuid) RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert list(changed_columns(migrations(tmp_path))) == ["0002_b.sql: es.f"]
