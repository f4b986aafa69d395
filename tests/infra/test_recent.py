"""What was asked for last is remembered, as far as there is room."""

from __future__ import annotations

from infra.recent import Recent


def test_what_was_asked_for_last_is_kept() -> None:
    recent: Recent[str, int] = Recent(2)
    assert [recent.keep(key, value) for key, value in (("one", 1), ("two", 2))] == [1, 2]
    assert recent.find("one") == 1
    recent.keep("three", 3)
    assert [recent.find(key) for key in ("one", "two", "three")] == [1, None, 3]


def test_of_what_is_larger_less_is_kept_and_nothing_is_counted_twice() -> None:
    recent: Recent[str, str] = Recent(6, len)
    for _ in range(2):
        recent.keep("one", "abc")
    recent.keep("two", "def")
    assert (recent.find("one"), recent.size) == ("abc", 6)
    recent.keep("one", "abcd")
    assert (recent.kept, recent.size) == ({"one": "abcd"}, 4)
    recent.forget("one")
    recent.keep("three", "too long")
    assert (recent.kept, recent.size) == ({}, 0)
