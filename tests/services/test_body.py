"""Bodies are read strictly: every fault of a hostile or careless one is named, and none is an error of ours."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from domain.engagement.commands import PauseEngagement
from domain.organization.commands import SetOrganizationPolicy
from domain.person.commands import RegisterPerson
from domain.plan.commands import (
    AdoptStrategy,
    DefineAttainmentScale,
    DefineObjective,
    MeasureProgress,
    ProposeChange,
    RefineObjective,
    ReviewPlan,
)
from services.entry.body import DEEPEST, DRAINED, LARGEST, MOST_FAULTS, decode, read_body
from services.errors import PayloadTooLarge, Unreadable, UnsupportedMediaType

ID = b'"0199d6a4-7c1e-7b52-9f0e-3a5d8c2b4e61"'


def faults(kind: type, body: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as refused:
        decode(kind, body)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"null", "not_an_object"),
        (b"[]", "not_an_object"),
        (b"[" * 5_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"title": "\xed\xa0\x80"}', "not_utf8"),
        (b'{"title": "\\ud800"}', "not_json"),
        (b'{"title": "x", "due_on": "\\ud800"}', "not_json"),
        (b'{"title": "x", "measure": {"direction": "\\udc00"}}', "not_json"),
        (b'{"title": "x", "\\udfff": 1}', "not_json"),
        (b'{"title": NaN}', "not_json"),
        (b'{"title": Infinity}', "not_json"),
        (b'{"target": ' + b"9" * 5_000 + b"}", "not_json"),
        (b'{"title": "x"} x', "not_json"),
    ],
)
def test_what_is_no_json_object_is_refused_as_a_whole(body: bytes, code: str) -> None:
    assert faults(DefineObjective, body) == [("", code)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{}", [("/title", "required")]),
        (b'{"title": "x", "is_admin": true}', [("/is_admin", "unknown_field")]),
        (b'{"title": "x", "title": "y"}', [("/title", "duplicate_field")]),
        (b'{"title": "a\\u0000b"}', [("/title", "invalid")]),
        (b'{"title": ""}', [("/title", "invalid")]),
        (b'{"title": "x", "weight": "3"}', [("/weight", "invalid")]),
        (b'{"title": "x", "weight": 10}', [("/weight", "invalid")]),
        (b'{"title": "x", "target": 1e400}', [("/target", "out_of_range")]),
        (b'{"title": "x", "target": "NaN"}', [("/target", "out_of_range")]),
        (b'{"title": "x", "target": "0.0000000000000001"}', [("/target", "out_of_range")]),
        (b'{"title": "x", "due_on": "9999-12-31"}', [("/due_on", "out_of_range")]),
        (b'{"title": "x", "due_on": 0}', [("/due_on", "invalid")]),
        (b'{"title": "x", "a/b~c": 1}', [("/a~1b~0c", "unknown_field")]),
        (b'{"title": "x", "measure": {"name": "y"}}', [("/measure/direction", "required")]),
    ],
)
def test_a_fault_has_the_pointer_of_its_field(body: bytes, expected: list[tuple[str, str]]) -> None:
    assert faults(DefineObjective, body) == expected


def test_every_fault_is_told_at_once() -> None:
    body = b'{"title": "", "weight": "3", "zz": 1, "measure": {"name": "ok", "direction": "up", "scope": {"low": 1}}}'
    assert set(faults(DefineObjective, body)) == {
        ("/zz", "unknown_field"),
        ("/title", "invalid"),
        ("/weight", "invalid"),
        ("/measure/direction", "invalid"),
        ("/measure/scope/high", "required"),
    }


def test_a_fault_says_what_would_be_right() -> None:
    body = b'{"name": "Ada", "email": "ada", "source": "mail"}'
    with pytest.raises(Unreadable) as refused:
        decode(RegisterPerson, body)
    assert {fault.pointer: fault.detail for fault in refused.value.faults} == {
        "/email": "Expected an address such as ada@example.org.",
        "/source": "Invalid enum value 'mail': expected one of import, invite, scim.",
    }


def test_a_fault_says_what_a_code_is_made_of() -> None:
    with pytest.raises(Unreadable) as refused:
        decode(PauseEngagement, b'{"reason_code": "On leave"}')
    assert [fault.detail for fault in refused.value.faults] == [
        "Expected a word of a-z, 0-9, `_`, `.`, `@` and `-`, of at most 64 characters."
    ]


def test_a_fault_calls_types_as_json_does() -> None:
    with pytest.raises(Unreadable) as refused:
        decode(RegisterPerson, b'{"name": "", "email": "ada@example.org", "locale": 7}')
    assert [fault.detail for fault in refused.value.faults] == ["Expected `string` of length >= 1.", "Expected `string`, got `integer`."]


@pytest.mark.parametrize("change", [b'{"command": "define_objektive"}', b'{"title": "Read more"}'])
def test_a_choice_names_its_alternatives(change: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(ProposeChange, b'{"change": ' + change + b"}")
    (fault,) = refused.value.faults
    assert fault.pointer == "/change"
    assert "expected one of adopt_strategy, define_attainment_scale, define_objective," in fault.detail


def test_faults_inside_a_command_that_is_proposed_have_their_full_pointer() -> None:
    body = b'{"change": {"command": "define_objective", "title": 3, "x": 1}}'
    assert set(faults(ProposeChange, body)) == {("/change/title", "invalid"), ("/change/x", "unknown_field")}


def test_an_unknown_alternative_is_a_fault_of_the_whole_choice() -> None:
    body = b'{"objective_id": ' + ID + b', "refinement": {"field": "colour", "to": "red"}}'
    assert faults(RefineObjective, body) == [("/refinement", "invalid")]


def test_items_of_a_list_are_numbered_and_counted() -> None:
    assert faults(SetOrganizationPolicy, b'{"seen": 0, "reason_codes": ["ok", "No!"]}') == [("/reason_codes/1", "invalid")]
    assert faults(SetOrganizationPolicy, b'{"seen": 0, "reason_codes": []}') == [("/reason_codes", "invalid")]


def test_a_time_without_a_zone_and_one_out_of_reckoning_are_refused() -> None:
    begin = b'{"objective_id": ' + ID + b', "value": 1, "source": "s", "occurred_at": '
    assert faults(MeasureProgress, begin + b'"2026-01-01T00:00:00"}') == [("/occurred_at", "invalid")]
    assert faults(MeasureProgress, begin + b'"0001-01-01T00:00:00+14:00"}') == [("/occurred_at", "out_of_range")]


def test_a_number_keeps_its_digits() -> None:
    assert decode(DefineObjective, b'{"title": "x", "target": 0.10}').target == Decimal("0.10")


@pytest.mark.parametrize("title", ["zero\u200dwidth", "e\u0301", "\u00e9", "\u202eright to left", "o" + "\u0301" * 150])
def test_unusual_unicode_is_kept_exactly(title: str) -> None:
    assert decode(DefineObjective, f'{{"title": "{title}"}}'.encode()).title == title


@pytest.mark.parametrize(
    "body",
    [
        b'"' + b'\\"' * 130_000,
        b'{"a":1' + b',"a":1' * 40_000 + b"}",
        b"{" + b",".join(b'"a%d":1' % number for number in range(20_000)) + b"}",
        b'{"title":"' + b"@" * 250_000 + b'"}',
        b'{"name":"x","email":"' + b"a@a." * 60_000 + b'"}',
    ],
)
def test_a_bomb_is_refused_quickly_and_with_a_short_answer(body: bytes) -> None:
    began = time.process_time()
    assert 0 < len(faults(RegisterPerson, body)) <= MOST_FAULTS
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (AdoptStrategy, b'{"objective_ids": [' + b"1," * 120_000 + b"1]}"),
        (DefineAttainmentScale, b'{"levels": [' + b"{}," * 80_000 + b"{}]}"),
        (ReviewPlan, b'{"decisions": [' + b'{"decision": "keep"},' * 11_000 + b'{"decision": "keep"}]}'),
        (ReviewPlan, b'{"decisions": [' + b",".join([b'{"evidence": [' + b",".join([b"{}"] * 20) + b"]}"] * 50) + b"]}"),
    ],
)
def test_a_list_bomb_is_refused_quickly_and_with_a_short_answer(kind: type, body: bytes) -> None:
    began = time.process_time()
    assert 0 < len(faults(kind, body)) <= MOST_FAULTS
    assert time.process_time() - began < 0.5


def test_a_list_that_is_too_long_is_one_fault() -> None:
    body = b'{"levels": [' + b"{}," * 10 + b"{}]}"
    assert faults(DefineAttainmentScale, body) == [("/objective_id", "required"), ("/levels", "invalid")]


def test_nesting_inside_of_a_string_does_not_count() -> None:
    assert decode(DefineObjective, b'{"title": "' + b"[" * (DEEPEST + 1) + b'"}').title.startswith("[[")


async def chunks(size: int, piece: int = 64 * 1024) -> AsyncIterator[bytes]:
    for _ in range(size // piece):
        yield b" " * piece


async def test_a_large_body_is_read_to_its_end_so_that_the_answer_arrives() -> None:
    sent = chunks(LARGEST * 4)
    with pytest.raises(PayloadTooLarge):
        await read_body(sent, "application/json", "")
    assert [chunk async for chunk in sent] == []


async def test_a_body_without_end_is_not() -> None:
    sent = chunks(DRAINED * 2)
    with pytest.raises(PayloadTooLarge):
        await read_body(sent, "application/json", "")
    assert [chunk async for chunk in sent] != []


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [("", ""), ("text/plain", ""), ("application/jsonx", ""), ("application/json; charset=latin-1", ""), ("application/json", "gzip")],
)
async def test_other_media_types_and_encodings_are_refused(content_type: str, encoding: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        await read_body(chunks(0), content_type, encoding)


async def test_json_in_utf_8_is_read() -> None:
    assert await read_body(chunks(64 * 1024), 'Application/JSON; charset="UTF-8"', "identity") == b" " * 64 * 1024
