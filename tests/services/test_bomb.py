"""Bodies that are small and mean to become large: what reading the worst of them takes in memory."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from domain.person.commands import RegisterPerson
from services.entry.body import LARGEST, decode
from services.errors import Unreadable


def filled(head: bytes, item: bytes, tail: bytes) -> bytes:
    """The largest body that is read, of as many items as fit."""
    room = LARGEST - len(head) - len(tail)
    return head + b",".join([item] * ((room + 1) // (len(item) + 1))) + tail


BOMBS = {
    "deep": b"[" * LARGEST,
    "wide and deep": filled(b'{"a":' + b"[" * 60, b"[]", b"]" * 60 + b"}"),
    "many objects": filled(b'{"name":[', b"{}", b"]}"),
    "many numbers": filled(b'{"name":[', b"1", b"]}"),
    "many keys": b"{" + b",".join(b'"%d":1' % number for number in range(25_000)) + b"}",
    "one key": filled(b"{", b'"a":1', b"}"),
    "digits": b'{"name":' + b"9" * (LARGEST - 9) + b"}",
    "exponent": b'{"name":1e' + b"9" * (LARGEST - 11) + b"}",
    "escapes": b'{"name":"' + b"\\u00e9" * 43_000 + b'"}',
    "no end": b'{"name":"' + b'\\"' * 131_000,
    "packed": gzip.compress(b" " * 10_000_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_the_largest_body_takes_a_few_megabytes_whatever_is_in_it(name: str) -> None:
    """The smallest values of JSON become objects of Python: `{}` is 64 bytes. More than these a body does not grow by."""
    assert len(BOMBS[name]) <= LARGEST
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            decode(RegisterPerson, BOMBS[name])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10 * 1024 * 1024
