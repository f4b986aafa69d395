"""How SQL may be written: whole, in the tenant's name, and in forms that a distributed database takes too."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import PACKAGES, ROOT, parsed, sources

VERB = re.compile(
    r"(?:^|;)\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|MERGE|ALTER|CREATE|DROP|GRANT|REVOKE|TRUNCATE|SET|BEGIN|COPY|LISTEN|NOTIFY|LOCK"
    r"|DECLARE|PREPARE|EXECUTE)\s"
)
QUERIES = {"execute", "executemany", "fetch", "fetchrow", "fetchval", "cursor", "prepare"}
COMPOSED = {
    ("infra/postgres.py", "transaction"): "takes no values, in one message; a snapshot's name is hexadecimal",
    ("infra/postgres.py", "bind"): "the same; a tenant is a UUID",
    ("workers/embedded.py", "make_database"): "a name has no place for a value; it is a constant",
}
"""Where SQL is put together from pieces, and why nobody can put in what they like."""
BINDS = "set_config('app.tenant_id', tenant::text, true)"
LIMITS = "set_config(name, value, false)"  # what a pool sets are limits of time
TENANTLESS = re.compile(r"\b(?:directory|jobs)\.|\bes\.projection\b|\bpublic\.migration\b")
COMMENT = re.compile(r"--[^\n]*")
BODY = re.compile(r"\$(\w*)\$(.*?)\$\1\$", re.DOTALL)
LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b")
OWN = re.compile(r"\btenant_id\s*=\s*(?:\$1|tenant)\b")
KEY = re.compile(r"\b(?:PRIMARY\s+KEY|UNIQUE|UNIQUE\s+INDEX\b.*?\bON\s+[\w.{}]+|EXCLUDE\s+USING\s+\w+)\s*\(\s*(\w+)", re.DOTALL)
COLUMN_KEY = re.compile(r"^\s*(\w+)\s+\w+[^,(]*\b(?:PRIMARY\s+KEY|UNIQUE)\b(?!\s*\()", re.MULTILINE)


def composed(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Function and line of every SQL that is put together from pieces."""
    asked = {id(node.args[0]) for node in ast.walk(tree) if is_query(node)}
    for owner in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))]:
        for node in own_nodes(owner):
            if is_made_of_pieces(node) and (id(node) in asked or any(VERB.search(text) for text in constants(node))):
                yield getattr(owner, "name", ""), node.lineno


def own_nodes(owner: ast.AST) -> Iterator[Any]:
    """What stands in a function, and not in one inside of it."""
    for child in ast.iter_child_nodes(owner):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from own_nodes(child)


def is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES and bool(node.args)


def is_made_of_pieces(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace" | "encode" as method, value=value)):
            return method != "encode" or is_made_of_pieces(value)
    return False


def constants(node: ast.AST) -> list[str]:
    return [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)]


def test_sql_is_whole() -> None:
    found = {(str(path.relative_to(ROOT)), function) for path in sources() for function, _ in composed(parsed(path))}
    assert found == COMPOSED.keys()


def statements(path: Path) -> list[str]:
    """Of a file with SQL: its statements, those inside of functions too. Of Python: the strings that are SQL."""
    if path.suffix == ".py":
        return [text for text in constants(parsed(path)) if VERB.search(text) or "set_config(" in text or "current_setting(" in text]
    text = COMMENT.sub("", path.read_text())
    bodies = [body for _, body in BODY.findall(text)]
    return [one.strip() for each in [BODY.sub("''", text), *bodies] for one in each.split(";") if one.strip()]


def binds_outside(place: str, statement: str) -> bool:
    """The tenant is bound by functions of the log, for a transaction, and by `infra.postgres` with SET LOCAL."""
    allowed = BINDS if place.startswith("infra/migrations/") else LIMITS if place == "infra/postgres.py" else None
    bound = statement.replace(allowed, "") if allowed else statement
    return "set_config" in bound or re.search(r"\bSET\s+(?:SESSION\s+)?app\.", statement) is not None


def fails_without_setting(place: str, statement: str) -> bool:
    """With one argument it is an error in a session that never had a tenant."""
    return re.search(r"current_setting\(\s*'app\.\w+'(?:::\w+)?\s*\)", statement) is not None


def locks_of_all(place: str, statement: str) -> bool:
    """Also what cannot run on a distributed table."""
    is_lock = LOCKS.search(statement) is not None and "POLICY" not in statement
    return is_lock and not OWN.search(statement) and not TENANTLESS.search(statement)


def asks_in_policy(place: str, statement: str) -> bool:
    """A policy with a subselect cannot be made on a distributed table."""
    return re.search(r"\bPOLICY\b.*\(\s*SELECT\b|\(\s*SELECT\b[^()]*\bcurrent_setting\(\s*'app\.", statement, re.DOTALL) is not None


def key_of_all(place: str, statement: str) -> bool:
    """Its refusal would tell of another tenant's row."""
    is_definition = re.match(r"(?:CREATE|ALTER)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\b", statement) is not None
    if not is_definition or TENANTLESS.search(statement):
        return False
    return any(column != "tenant_id" for column in [*KEY.findall(statement), *COLUMN_KEY.findall(statement)])


Rule = Callable[[str, str], bool]
RULES: dict[Rule, list[str]] = {
    binds_outside: [
        "SELECT set_config('app.tenant_id', $1, true)",
        "SET app.tenant_id = 'x'",
        "SET SESSION app.tenant_id = 'x'",
        "PERFORM set_config('app.tenant_id', tenant::text, false)",
        "SELECT set_config(name, value, true)",
    ],
    fails_without_setting: [
        "CREATE POLICY tenant ON es.planted USING (tenant_id = current_setting('app.tenant_id')::uuid)",
        "SELECT current_setting( 'app.tenant_id'::text )",
    ],
    locks_of_all: [
        "SELECT position FROM es.checkpoint WHERE projection = $1 FOR UPDATE",
        "SELECT 1 FROM es.tenant_head h FOR NO KEY UPDATE OF h SKIP LOCKED",
        "SELECT 1 FROM es.claim WHERE kind = $1\n  FOR SHARE",
    ],
    asks_in_policy: [
        "CREATE POLICY tenant ON es.planted USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))",
        "ALTER POLICY tenant ON es.planted\n  USING (EXISTS ( SELECT FROM es.claim))",
        "own text := (tenant_id = (SELECT current_setting('app.tenant_id', true)::uuid))",
    ],
    key_of_all: [
        "CREATE TABLE es.planted (tenant_id uuid, id uuid, PRIMARY KEY (id, tenant_id))",
        "CREATE TABLE es.planted (\n  id uuid PRIMARY KEY,\n  tenant_id uuid\n)",
        'CREATE TABLE rm.planted (\n  tenant_id uuid,\n  email text COLLATE "C" NOT NULL UNIQUE\n)',
        "CREATE UNIQUE INDEX IF NOT EXISTS planted ON {table} (email)",
        "ALTER TABLE es.snapshot ADD CONSTRAINT planted UNIQUE (stream_id)",
        "CREATE TABLE es.planted (tenant_id uuid, EXCLUDE USING gist (during WITH &&))",
    ],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_statement_keeps_the_rule(rule: Rule) -> None:
    files = [path for package in PACKAGES for pattern in ("*.sql", "*.py") for path in sorted((ROOT / package).rglob(pattern))]
    places = {path: str(path.relative_to(ROOT)) for path in files}
    assert [(places[path], one) for path in files for one in statements(path) if rule(places[path], one)] == []


@pytest.mark.parametrize(("rule", "planted"), [(rule, one) for rule, some in RULES.items() for one in some])
@pytest.mark.parametrize("place", ["infra/migrations/9999_planted.sql", "projections/planted.sql", "infra/postgres.py"])
def test_a_breach_is_seen(tmp_path: Path, rule: Rule, planted: str, place: str) -> None:
    (tmp_path / "planted.sql").write_text(f"-- planted() --\n{planted};\n")
    (tmp_path / "body.sql").write_text(f"CREATE FUNCTION es.f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  {planted};\nEND$$;\n")
    assert any(rule(place, one) for one in statements(tmp_path / "planted.sql"))
    assert rule is key_of_all or any(rule(place, one) for one in statements(tmp_path / "body.sql"))


PLANTED = [
    'connection.execute(f"DELETE FROM es.claim WHERE key = {key}")',
    'connection.fetch("SELECT * FROM es.claim WHERE key = " + key)',
    'connection.fetchval("SELECT %s" % key)',
    'connection.fetchrow("SELECT {}".format(key))',
    'query = f"SELECT * FROM es.claim WHERE key = {key}"',
    'query = "UPDATE es.claim SET key = %s" % key',
    'cursor.execute(f"GRANT {key}".encode())',
    "connection.execute(WHERE + key)",
    'connection.execute(" ".join(parts))',
]


@pytest.mark.parametrize("planted", PLANTED)
def test_sql_of_pieces_is_seen(planted: str) -> None:
    assert {function for function, _ in composed(ast.parse(f"async def asked(key):\n    {planted}"))} == {"asked"}


@pytest.mark.parametrize(
    "whole", ['connection.fetch("SELECT $1", key)', "store.execute(actor, command)", 'f"{name}: SELECT it"', '"a" + b']
)
def test_what_is_whole_or_no_sql_is_not_seen(whole: str) -> None:
    assert list(composed(ast.parse(whole))) == []
