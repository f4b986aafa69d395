"""Each read says by what it is decided who may see its rows: a look that they are held against, or why nothing of an engagement is in them.

That it says so at all is checked by mypy, and here, too, for what it cannot see.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import pytest

from services.reading.reads import Reads
from tests.architecture.tree import ROOT, parsed, sources

OF_NO_ENGAGEMENT = frozenset({"MEMBERS", "CURRENT[program]", "CURRENT[survey]", "CURRENT[report]"})
"""What a role shows or withholds."""
OPENERS = frozenset({"caught_up", "of_connection"})
"""What opens rows without asking by what they are shown: only what `Reads` is made of may."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def snapshots(tree: ast.AST) -> Iterator[ast.Call]:
    return (call for call in calls(tree) if isinstance(call.func, ast.Attribute) and call.func.attr == "snapshot")


def forgetful(tree: ast.Module) -> Iterator[int]:
    """The line of every snapshot whose rows are held against nothing, though they may be of an engagement or somebody looked for them."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)]
    for function in functions:
        looks = any(isinstance(call.func, ast.Attribute) and call.func.attr == "look" for call in calls(function))
        yield from (call.lineno for call in snapshots(function) if not is_decided(call, looks))


def is_decided(call: ast.Call, looks: bool) -> bool:
    by = next((ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "shown_by"), "")
    read = {ast.unparse(each).replace("'", "") for each in call.args[2:]}
    match by:
        case "look":
            return True
        case "Decided.BY_ROLE":
            return not looks and read <= OF_NO_ENGAGEMENT
        case "Decided.PAST":
            return "inquiry" in ast.unparse(call.func)
    return False


def test_every_read_says_by_what_its_rows_are_shown() -> None:
    found = [path for path in sources(ROOT, "services") if path.name != "reads.py" and list(snapshots(parsed(path)))]
    assert len(found) > 30
    assert [f"{path.relative_to(ROOT)}:{line}" for path in found for line in forgetful(parsed(path))] == []


def test_nobody_can_leave_it_out() -> None:
    assert inspect.signature(Reads.snapshot).parameters["shown_by"].default is inspect.Parameter.empty


def test_rows_are_opened_by_nothing_else() -> None:
    files = [path for path in sources(ROOT, "services") if any(ast.unparse(call.func) in OPENERS for call in calls(parsed(path)))]
    assert {str(path.relative_to(ROOT)) for path in files} == {"services/reading/reads.py", "services/reading/following.py"}


@pytest.mark.parametrize(
    "planted",
    [
        "reads.snapshot(request, actor, CURRENT['plan'])",
        "reads.snapshot(request, actor, CURRENT['plan'], shown_by=None)",
        "reads.snapshot(request, actor, CURRENT['plan'], shown_by=Decided.BY_ROLE)",
        "reads.snapshot(request, actor, CURRENT['plan'], shown_by=Decided.PAST)",
        "reads.snapshot(request, (await reads.look(actor, 'list_people')).actor, MEMBERS, shown_by=Decided.BY_ROLE)",
    ],
)
def test_a_read_that_forgets_it_is_seen(planted: str) -> None:
    assert list(forgetful(ast.parse(f"async def planted():\n    async with {planted} as (rows, _):\n        pass"))) == [2]
