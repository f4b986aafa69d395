"""From bytes to a command, strictly: limits before parsing, then every fault with its pointer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from itertools import islice
from typing import Any, Final, NoReturn, TypeVar

import msgspec
from litestar.exceptions import InternalServerException

from services.entry.faults import escaped, faults, range_faults
from services.errors import Fault, PayloadTooLarge, Unreadable, UnsupportedMediaType

LARGEST: Final = 256 * 1024
"""Bytes of a body."""
DRAINED: Final = 16 * 1024 * 1024
"""Bytes that are read and thrown away so that a client which still sends can read its 413."""
DEEPEST: Final = 64
"""Levels of nesting."""
MOST_FAULTS: Final = 100
"""Faults in one answer; nobody reads more, and a body of nothing but faults must not grow on its way back."""

# A string (also an unfinished one, so that the scan stays linear) or a bracket.
TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)

T = TypeVar("T", bound=msgspec.Struct)


async def read_body(chunks: AsyncIterator[bytes], content_type: str, encoding: str, largest: int = LARGEST) -> bytes:
    """The body of a request. Raises `UnsupportedMediaType`, `PayloadTooLarge`, and `Unreadable` of a client that hangs up meanwhile."""
    media, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media.strip().lower() != "application/json" or charset not in {"", "utf-8"} or encoding.lower() not in {"", "identity"}:
        raise UnsupportedMediaType
    body, size = bytearray(), 0
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size <= largest:
                body += chunk
            elif size > DRAINED:
                break
    except InternalServerException:  # as the framework tells it; nobody reads the answer, and no operator has to look
        raise Unreadable([Fault("", "incomplete", "The connection ended before the body did.")]) from None
    if size > largest:
        raise PayloadTooLarge(f"The body must not be larger than {largest} bytes.")
    return bytes(body)


def decode(kind: type[T], body: bytes) -> T:
    """The body as a `kind`. Raises `Unreadable` with every fault, at any depth."""
    raw = parse(body)
    if found := [*islice(faults(kind, raw), MOST_FAULTS)]:
        raise Unreadable(found)
    try:
        value = msgspec.json.decode(body, type=kind, strict=True)
    except msgspec.MsgspecError as error:  # what only the bytes show, such as a number beyond every type
        raise Unreadable([Fault("", "not_json", f"{error}.")]) from None
    if found := [*range_faults(value)]:
        raise Unreadable(found)
    return value


def parse(body: bytes) -> Any:
    """The body as plain JSON: an object, no key twice, not nested too deeply, no number or text that JSON does not have."""
    if too_deep(body):
        refuse("too_deep", f"Nested more than {DEEPEST} levels deep.")
    try:
        raw = json.loads(body.decode("utf-8"), object_pairs_hook=unique, parse_constant=not_json)
        require_whole_characters(raw)
    except UnicodeDecodeError:
        refuse("not_utf8", "The body is not UTF-8.")
    except UnicodeEncodeError:
        refuse("not_json", "A text holds half of a character.")
    except json.JSONDecodeError as error:
        refuse("not_json", f"{error.msg} at line {error.lineno}, column {error.colno}.")
    except ValueError:  # of an integer beyond any that Python converts
        refuse("not_json", "A number has too many digits.")
    if not isinstance(raw, dict):
        refuse("not_an_object", "The body is a JSON object; send {} when there is nothing to say.")
    return raw


def too_deep(body: bytes) -> bool:
    """True when brackets outside of strings nest deeper than allowed."""
    level = 0
    for token in TOKEN.finditer(body):
        if token[0] in b"[{":
            level += 1
        elif token[0] in b"]}":
            level -= 1
        if level > DEEPEST:
            return True
    return False


def require_whole_characters(raw: Any) -> None:
    """Raises `UnicodeEncodeError` for half of a surrogate pair, which JSON can spell and nothing can store."""
    json.dumps(raw, ensure_ascii=False).encode()


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
        raise Unreadable([Fault(f"/{escaped(name)}", "duplicate_field", "This field is given twice.") for name in twice[:MOST_FAULTS]])
    return found


def not_json(constant: str) -> NoReturn:
    refuse("not_json", f"{constant} is no JSON.")


def refuse(code: str, detail: str) -> NoReturn:
    raise Unreadable([Fault("", code, detail)])
