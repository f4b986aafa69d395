"""Who was written against a released document of the API goes on working with the next release.

`released/openapi.json` is the document of the last release. A change that breaks something of it fails here and says what; what is
released anew is written by `python -m tests.services.test_breaking` as part of a release, and never to make this pass.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from litestar import Litestar

from infra.settings import Settings
from services.wiring import create_app
from tests.services.breaking import Comparison

RELEASED: Final = Path(__file__).parent / "released" / "openapi.json"
WORDS: Final = ("description", "summary", "title")


def breaks(before: Any, after: Any) -> list[str]:
    return list(Comparison(before, after).breaks())


@pytest.fixture(scope="session")
def released() -> Any:
    return json.loads(RELEASED.read_text())


def test_the_api_keeps_what_was_released(app: Litestar, released: Any) -> None:
    found = breaks(released, app.state.document())
    assert found == [], "keep what was released; where a release means to change it, run: python -m tests.services.test_breaking"


def operation(document: Any, path: str, method: str = "post") -> Any:
    return document["paths"][path][method]


def schema(document: Any, name: str) -> Any:
    return document["components"]["schemas"][name]


def rename(document: Any) -> None:
    operation(document, "/v1/me", "get")["operationId"] = "read_myself"


def parameter(document: Any, name: str) -> Any:
    (found,) = [one for one in operation(document, "/v1/plans", "get")["parameters"] if one["name"] == name]
    return found


PLANTED: Final[dict[str, Callable[[Any], Any]]] = {
    "GET /v1/me: is gone": lambda d: d["paths"].pop("/v1/me"),
    "POST /v1/plans: is gone": lambda d: d["paths"]["/v1/plans"].pop("post"),
    "GET /v1/me: is called read_myself, was read_me": rename,
    "GET /health/live: needs a key now": lambda d: operation(d, "/health/live", "get").pop("security"),
    "GET /v1/plans: the query parameter limit is gone": lambda d: operation(d, "/v1/plans", "get")["parameters"].remove(
        parameter(d, "limit")
    ),
    "GET /v1/plans: the query parameter limit is required now": lambda d: parameter(d, "limit").update(required=True),
    "GET /v1/plans query limit: maximum is 100, was 200": lambda d: parameter(d, "limit")["schema"].update(maximum=100),
    "GET /v1/me 304: is not answered any more": lambda d: operation(d, "/v1/me", "get")["responses"].pop("304"),
    "GET /v1/me 200: the header ETag is gone": lambda d: operation(d, "/v1/me", "get")["responses"]["200"]["headers"].pop("ETag"),
    "GET /v1/ledger 200: text/csv is gone": lambda d: operation(d, "/v1/ledger", "get")["responses"]["200"]["content"].pop("text/csv"),
    "RegisterPerson/locale: is gone": lambda d: schema(d, "RegisterPerson")["properties"].pop("locale"),
    "RegisterPerson/locale: is required now": lambda d: schema(d, "RegisterPerson")["required"].append("locale"),
    "RegisterPerson/source: scim is not taken any more": lambda d: schema(d, "RegisterPerson")["properties"]["source"]["enum"].remove(
        "scim"
    ),
    "RegisterPerson/name: takes only Ada now": lambda d: schema(d, "RegisterPerson")["properties"]["name"].update(enum=["Ada"]),
    "RegisterPerson/name: maxLength is 20, was 200": lambda d: schema(d, "RegisterPerson")["properties"]["name"].update(maxLength=20),
    "RegisterPerson/email: pattern is ^a$, was": lambda d: schema(d, "RegisterPerson")["properties"]["email"].update(pattern="^a$"),
    "RegisterPerson/locale: null is not taken any more": lambda d: schema(d, "RegisterPerson")["properties"]["locale"]["anyOf"].pop(),
    "Done/id: is integer, was string": lambda d: schema(d, "Done")["properties"].update(id={"type": "integer"}),
    "Done/id: format is anything, was uuid": lambda d: schema(d, "Done")["properties"]["id"].pop("format"),
    "Done/version: is gone": lambda d: schema(d, "Done")["properties"].pop("version"),
    "Done/id: may be missing now": lambda d: schema(d, "Done")["required"].remove("id"),
    "HealthAnswer/status: may be slow now": lambda d: schema(d, "HealthAnswer")["properties"]["status"]["enum"].append("slow"),
    "Done/id: null is a new alternative": lambda d: schema(d, "Done")["properties"].update(
        id={"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}
    ),
}


@pytest.mark.parametrize("said", PLANTED)
def test_a_change_that_breaks_is_told(released: Any, said: str) -> None:
    changed = copy.deepcopy(released)
    PLANTED[said](changed)
    told = breaks(released, changed)
    assert [one for one in told if one.startswith(said)], told


def more(document: Any) -> None:
    document["paths"]["/v1/more"] = document["paths"]["/v1/me"]
    schema(document, "Done")["properties"]["more"] = {"type": "string"}
    schema(document, "RegisterPerson")["properties"]["more"] = {"type": "string"}
    schema(document, "RegisterPerson")["properties"]["name"]["maxLength"] = 400
    schema(document, "RegisterPerson")["properties"]["source"]["enum"].append("form")
    parameter(document, "limit")["schema"]["maximum"] = 500


def test_what_only_adds_breaks_nothing(released: Any) -> None:
    changed = copy.deepcopy(released)
    more(changed)
    assert breaks(released, changed) == []


def bare(node: Any) -> Any:
    """A part of a document without its words, which may change at any time."""
    if isinstance(node, dict):
        return {name: bare(value) for name, value in node.items() if not (name in WORDS and isinstance(value, str))}
    return [bare(one) for one in node] if isinstance(node, list) else node


def main() -> None:
    """Writes the document of this release."""
    app = create_app(Settings.from_env({}))
    RELEASED.write_text(json.dumps(bare(app.state.document()), ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
