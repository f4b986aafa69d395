"""What can follow an answer: the links of the OpenAPI document, from the id that an operation answers to the operations that take it.

What was made is read, and changed by every command that it takes; what a command made inside of it is named in the bodies of those
that are about such an item; what was changed is read again; and what a list holds is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from domain.nouns import NOUNS

Paths: TypeAlias = Mapping[str, Mapping[str, dict[str, Any]]]

MADE: Final = "$response.body#/id"
INSIDE: Final = "$response.body#/item_id"
FIRST: Final = "$response.body#/items/0/id"
COLLECTION: Final = re.compile(r"/v1/[a-z-]+")
BEGUN: Final[Mapping[str, str]] = {noun.plural: f"{name}_id" for name, noun in NOUNS.items()}
"""What the bodies that are about it call the id of what was begun, by the name of its collection."""
INNER: Final[Mapping[str, str]] = {
    "adopt_strategy": "strategy_id",
    "commit_action": "action_id",
    "define_objective": "objective_id",
    "propose_change": "change_id",
    "set_milestone": "milestone_id",
}
"""The same of what a command makes inside of a stream."""


def link(paths: Paths) -> None:
    """Puts the links into the successes of all operations."""
    for path, item in paths.items():
        for operation in item.values():
            if found := dict(links(path, operation, paths)):
                success(operation)["links"] = found


def links(path: str, operation: dict[str, Any], paths: Paths) -> Iterator[tuple[str, dict[str, Any]]]:
    """By the id of the operation that each leads to."""
    collection = COLLECTION.match(path)
    if collection is None or (one := f"{collection[0]}/{{id}}") not in paths:
        return
    name, answer = operation["operationId"], shown(operation)
    if (reading := paths[one].get("get")) is not None:
        if path == collection[0] and "items" in answer:
            yield to(reading, FIRST, "Read the first of them.")
        if "requestBody" in operation and "id" in answer:
            yield to(reading, MADE, "Read it; `Throughline-Position` sent as `Throughline-Min-Position` shows what was done.")
    if "201" in operation["responses"] and path == collection[0]:
        for other in taking(one, paths):
            yield to(other, MADE, "Go on with what was made.")
        yield from naming(
            BEGUN.get(collection[0].removeprefix("/v1/"), ""), MADE, (item["post"] for item in paths.values() if "post" in item)
        )
    if name in INNER:
        yield from naming(INNER[name], INSIDE, taking(one, paths), MADE)


def taking(one: str, paths: Paths) -> Iterator[dict[str, Any]]:
    """What can be done with one thing of a collection."""
    return (item["post"] for path, item in paths.items() if path.startswith(f"{one}/") and "post" in item)


def naming(field: str, made: str, operations: Iterable[dict[str, Any]], within: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those whose body names what was made in a field, with their example as the rest of the body."""
    for operation in operations:
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", {})
        if field in body:
            yield to(operation, within, "Go on with what was made.", {**body, field: made})


def to(operation: dict[str, Any], id: str | None, words: str, body: Any = None) -> tuple[str, dict[str, Any]]:
    found = {"operationId": operation["operationId"], "description": words}
    found |= {"parameters": {"id": id}} if id else {}
    return found["operationId"], found | ({"requestBody": body} if body is not None else {})


def success(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    return found


def shown(operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of an operation's answer, as its example has them."""
    found: dict[str, Any] = success(operation)["content"].get("application/json", {}).get("example", {})
    return found
