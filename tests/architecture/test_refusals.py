"""A refusal that nothing raises is a promise that nothing keeps."""

from __future__ import annotations

import ast

import pytest

from domain.errors import Refusal
from services.problems import subclasses
from tests.architecture.tree import parsed, sources

LISTS = ("services/problems.py", "domain/errors/")
"""Where refusals stand because they exist, and not because they are raised."""


def raised() -> set[str]:
    """The names that the product uses; that an import is used, the linter sees to."""
    trees = [parsed(path) for path in sources() if not any(place in path.as_posix() for place in LISTS)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


USED = raised()


@pytest.mark.parametrize("kind", sorted(set(subclasses(Refusal)), key=lambda kind: kind.__name__))
def test_a_refusal_is_raised_somewhere(kind: type[Refusal]) -> None:
    if kind.__module__.startswith(("domain.", "infra.", "projections.", "services.")):
        assert kind.__name__ in USED


def test_one_that_is_raised_nowhere_is_seen() -> None:
    assert "PlanForgotten" not in USED
