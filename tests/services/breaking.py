"""What a new OpenAPI document breaks for who was written against an earlier one.

A request may come to take more and never less; an answer may come to hold more and never less. Whoever reads an answer is told to
ignore fields that they do not know, so a new one breaks nothing; a new value of an enumeration in an answer does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, get_args

from domain.values import Code, Label

Way = Literal["request", "answer"]
LEAST: Final = ("minimum", "minLength", "minItems")
MOST: Final = ("maximum", "maxLength", "maxItems")
NAMED: Final = tuple(get_args(kind)[1].pattern.removesuffix(r"(?!\n)") for kind in (Code, Label))
"""What was a machine word may be named in any script now: every word of before is taken, and told, as it was."""


class Comparison:
    """Of two documents, the earlier and the later."""

    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.before = before
        self.after = after
        self.seen: set[tuple[str, str, str]] = set()

    def breaks(self) -> Iterator[str]:
        """Each with its place, in words."""
        for path, item in self.before["paths"].items():
            for method, operation in item.items():
                later = self.after["paths"].get(path, {}).get(method)
                if later is None:
                    yield f"{method.upper()} {path}: is gone"
                else:
                    yield from self.operation(f"{method.upper()} {path}", operation, later)

    def operation(self, at: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{at}: is called {new['operationId']}, was {old['operationId']}"
        if old.get("security") == [] and new.get("security") != []:
            yield f"{at}: needs a key now"
        yield from self.parameters(at, old["parameters"], new["parameters"])
        if "requestBody" in new:
            was = old.get("requestBody", {}).get("content", {}).get("application/json", {"schema": {}})
            yield from self.schemas(f"{at} body", was["schema"], new["requestBody"]["content"]["application/json"]["schema"], "request")
        for status, answer in old["responses"].items():
            yield from self.answer(f"{at} {status}", answer, new["responses"].get(status))

    def parameters(self, at: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
        known = {(one["in"], one["name"]): one for one in old}
        given = {(one["in"], one["name"]): one for one in new}
        for place, name in known.keys() - given.keys():
            yield f"{at}: the {place} parameter {name} is gone"
        for (place, name), parameter in given.items():
            before = known.get((place, name))
            if parameter["required"] and not (before and before["required"]):
                yield f"{at}: the {place} parameter {name} is required now"
            if before:
                yield from self.schemas(f"{at} {place} {name}", before["schema"], parameter["schema"], "request")

    def answer(self, at: str, old: dict[str, Any], new: dict[str, Any] | None) -> Iterator[str]:
        if new is None:
            yield f"{at}: is not answered any more"
            return
        for name in old.get("headers", {}).keys() - new.get("headers", {}).keys():
            yield f"{at}: the header {name} is gone"
        for media, content in old.get("content", {}).items():
            if media not in new.get("content", {}):
                yield f"{at}: {media} is gone"
            else:
                yield from self.schemas(at, content["schema"], new["content"][media]["schema"], "answer")

    def schemas(self, at: str, old: dict[str, Any], new: dict[str, Any], way: Way) -> Iterator[str]:
        """What is different in a way that breaks; a pair of named schemas is compared once for each way."""
        pair = (str(old.get("$ref")), str(new.get("$ref")), way)
        if "$ref" in old and "$ref" in new:
            if pair in self.seen:
                return
            self.seen.add(pair)
            at = old["$ref"].rpartition("/")[2]
        old, new = found(old, self.before), found(new, self.after)
        if "anyOf" in old or "anyOf" in new:
            yield from self.options(at, options(old), options(new), way)
            return
        if old.get("type", new.get("type")) != new.get("type", old.get("type")):
            yield f"{at}: is {new.get('type')}, was {old.get('type')}"
            return
        yield from values(at, old, new, way)
        yield from limits(at, old, new, way)
        yield from self.fields(at, old, new, way)
        for part in ("items", "additionalProperties"):
            if isinstance(old.get(part), dict) and isinstance(new.get(part), dict):
                yield from self.schemas(f"{at}/{part}", old[part], new[part], way)

    def options(self, at: str, old: list[dict[str, Any]], new: list[dict[str, Any]], way: Way) -> Iterator[str]:
        """Alternatives that a request no longer has, or that an answer did not have before."""
        known, given = {kind_of(one): one for one in old}, {kind_of(one): one for one in new}
        for kind in known.keys() - given.keys() if way == "request" else given.keys() - known.keys():
            yield f"{at}: {kind} is {'not taken any more' if way == 'request' else 'a new alternative'}"
        for kind in known.keys() & given.keys():
            yield from self.schemas(at, known[kind], given[kind], way)

    def fields(self, at: str, old: dict[str, Any], new: dict[str, Any], way: Way) -> Iterator[str]:
        known, given = old.get("properties", {}), new.get("properties", {})
        for name in known.keys() - given.keys():
            yield f"{at}/{name}: is gone"
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        if way == "request":
            yield from (f"{at}/{name}: is required now" for name in sorted(needs - needed))
        else:
            yield from (f"{at}/{name}: may be missing now" for name in sorted((needed - needs) & given.keys()))
        for name in known.keys() & given.keys():
            yield from self.schemas(f"{at}/{name}", known[name], given[name], way)


def found(schema: dict[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    named: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return named


def options(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return list(schema.get("anyOf", [schema]))


def kind_of(schema: dict[str, Any]) -> str:
    """What tells an alternative from its neighbours."""
    return str(schema.get("$ref", "").rpartition("/")[2] or schema.get("type", "anything"))


def values(at: str, old: dict[str, Any], new: dict[str, Any], way: Way) -> Iterator[str]:
    known, given = listed(old), listed(new)
    if way == "request" and given is not None:
        for value in sorted((known or set()) - given):
            yield f"{at}: {value} is not taken any more"
        if known is None and old:
            yield f"{at}: takes only {', '.join(sorted(given))} now"
    if way == "answer" and known is not None:
        for value in sorted((given or {"anything"}) - known):
            yield f"{at}: may be {value} now"


def listed(schema: dict[str, Any]) -> set[str] | None:
    """The values of an enumeration; None when there is none."""
    if "const" in schema:
        return {str(schema["const"])}
    return {str(value) for value in schema["enum"]} if "enum" in schema else None


def limits(at: str, old: dict[str, Any], new: dict[str, Any], way: Way) -> Iterator[str]:
    """A request's may become wider, an answer's narrower."""
    wide, narrow = (new, old) if way == "request" else (old, new)
    for name in (*LEAST, *MOST):
        if name in wide and (name not in narrow or (wide[name] > narrow[name] if name in LEAST else wide[name] < narrow[name])):
            yield f"{at}: {name} is {new.get(name, 'without limit')}, was {old.get(name, 'without limit')}"
    for name in ("pattern", "format"):
        if name in wide and wide[name] != narrow.get(name) and (old.get(name), new.get(name)) != NAMED:
            yield f"{at}: {name} is {new.get(name, 'anything')}, was {old.get(name, 'anything')}"
