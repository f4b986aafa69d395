"""What a body may not say: a field that its schema does not have, in the body itself or in any part of it, is refused where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec.structs import fields

from infra.settings import Settings
from services.entry.body import decode
from services.errors import Unreadable
from services.wiring import create_app

EXTRA = "is_admin"
Wrap = Callable[[Any], Any]


def bodies(app: Litestar) -> list[type[msgspec.Struct]]:
    """What can be sent, by the routes that take it."""
    handlers = [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    return sorted({one.opt["command"] for one in handlers if "command" in one.opt}, key=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def kinds() -> list[type[msgspec.Struct]]:
    return bodies(create_app(Settings.from_env({})))


def planted(kind: Any, at: str = "", wrap: Wrap = lambda raw: raw, *, outermost: bool = False) -> Iterator[tuple[str, Any]]:
    """A body with the extra field in each struct that the type may hold, and the pointer that has to be told."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        config = kind.__struct_config__
        tag = {} if outermost or config.tag is None else {str(config.tag_field): config.tag}
        yield f"{at}/{EXTRA}", wrap({**tag, EXTRA: True})
        for field in fields(kind):
            yield from planted(field.type, f"{at}/{field.encode_name}", within(wrap, tag, field.encode_name))
    elif get_origin(kind) in (list, tuple, set, frozenset):
        yield from planted(get_args(kind)[0], f"{at}/0", lambda raw: wrap([raw]))
    else:
        for option in get_args(kind):
            yield from planted(option, at, wrap)


def within(wrap: Wrap, tag: dict[str, Any], name: str) -> Wrap:
    return lambda raw: wrap({**tag, name: raw})


def test_a_field_that_there_is_not_is_refused_wherever_it_stands(kinds: list[type[msgspec.Struct]]) -> None:
    found = set()
    for kind in kinds:
        for pointer, body in planted(kind, outermost=True):
            with pytest.raises(Unreadable) as refused:
                decode(kind, msgspec.json.encode(body))
            told = {(fault.pointer, fault.code) for fault in refused.value.faults}
            assert (pointer, "unknown_field") in told, (kind, body, told)
            found.add(pointer)
    assert (len(kinds) > 35, len(found) > 20) == (True, True)
    assert {"/measure/is_admin", "/change/measure/is_admin", "/items/0/is_admin", "/levels/0/is_admin"} <= found
