"""Events as stored bytes, and back. Personal values stay sealed on the way back, unless the caller has them opened."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import msgspec

from domain.event import EVENTS, STORED, Actors, Event, Recorded
from domain.values import ERASED, Personal
from infra.eventstore.errors import NewerRelease

META: Final = msgspec.json.Decoder(Actors)


def unchanged(payload: dict[str, Any]) -> dict[str, Any]:
    """For a form that only has more words in a list of words: an earlier release passes it by, where those words would stop it."""
    return payload


def by_role(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a reading from before anything could be opened in an emergency."""
    return {**payload, "purpose": "role"}


def without_client_organization(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a program from before one could name the firm whose staff are coached."""
    return {**payload, "client_organization_id": None}


def not_enrolled_yet(payload: dict[str, Any]) -> dict[str, Any]:
    """Of an engagement from before it was noted when its client got their seat."""
    return {**payload, "enrolled_at": None}


def for_the_first_time(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a participant from before anybody could leave a program, and come back to it."""
    return {**payload, "returns_to": None}


def with_no_places_kept(payload: dict[str, Any]) -> dict[str, Any]:
    """The same of a coach of the pool."""
    return {**payload, "returns_to": None, "places_kept": 0}


def without_exercises(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a pause from before a plan had exercises that could be due."""
    return {**payload, "exercises": []}


def without_raters(payload: dict[str, Any]) -> dict[str, Any]:
    """Of an assessment from before anybody but the client could be asked, in words that were always the instrument's."""
    return {**payload, "scale_version": 1, "language": "en", "statements": [], "anonymity": None}


def with_the_products_instrument(payload: dict[str, Any]) -> dict[str, Any]:
    """Of an assessment from before an organization could bring an instrument of its own."""
    return {**payload, "licensed": None}


def of_no_group(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a need from before raters' answers could show one."""
    return {**payload, "evidence": [{**evidence, "group": None} for evidence in payload["evidence"]]}


def by_number(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a session from before it was said who of a group was there."""
    return {**payload, "attended": None}


def without_reason(payload: dict[str, Any]) -> dict[str, Any]:
    """Of a session from before one that had taken place could be booked."""
    return {**payload, "reason_code": None, "reason": None}


UPCASTS: Final[dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    ("report.report_requested", 1): unchanged,
    ("report.report_generated", 1): unchanged,
    ("reminder.reminder_suppressed", 1): unchanged,
    ("access.record_accessed", 1): by_role,
    ("assessment.needs_assessment_launched", 1): without_raters,
    ("assessment.needs_assessment_launched", 2): with_the_products_instrument,
    ("assessment.self_assessment_submitted", 1): unchanged,
    ("assessment.need_identified", 1): of_no_group,
    ("plan.change_proposed", 1): unchanged,
    ("plan.change_proposed", 2): unchanged,
    ("plan.objective_defined", 1): unchanged,
    ("plan.objective_refined", 1): unchanged,
    ("plan.baseline_recorded", 1): unchanged,
    ("plan.due_dates_shifted", 1): without_exercises,
    ("engagement.engagement_proposed", 1): not_enrolled_yet,
    ("program.program_defined", 1): without_client_organization,
    ("program.participant_enrolled", 1): for_the_first_time,
    ("program.coach_added_to_pool", 1): with_no_places_kept,
    ("session.session_completed", 1): by_number,
    ("session.session_scheduled", 1): without_reason,
}
"""(stored name, schema version) -> the payload in the next version. A function never changes once events of its version exist."""


class Unread(Event, frozen=True):
    """Stands for an event that a newer release wrote, or whose payload was erased: there is nothing in it to apply."""


def encode(event: Event, seal: Callable[[Personal[Any]], str]) -> bytes:
    """The event as JSON. `_` is 16 random bytes, without which its hash would let a guessed content be confirmed."""
    body = msgspec.json.encode(event, enc_hook=lambda value: sealed_form(value, seal))
    salt = b'{"_":"' + base64.urlsafe_b64encode(os.urandom(16)) + b'"'
    return salt + b"}" if body == b"{}" else salt + b"," + body[1:]


def sealed_form(value: Any, seal: Callable[[Personal[Any]], str]) -> str:
    if not isinstance(value, Personal):
        raise NotImplementedError(f"{type(value).__name__} has no stored form")
    return value.sealed or seal(value)  # sealed before: byte for byte what was there


def decode(name: str, schema_v: int, payload: bytes) -> Event:
    """Raises `NewerRelease` for a type, or a version of it, that this release does not know."""
    return reader(name, schema_v)(payload)


def decode_open(name: str, schema_v: int, payload: bytes, opened: Mapping[str, Any]) -> Event:
    """As `decode`, with the personal values of `opened`: sealed form -> value, or `ERASED`. The others stay sealed."""
    kind = known(name, schema_v)
    builtins = upcast(name, schema_v, STORED[kind].schema_v, payload)
    return msgspec.convert(builtins, kind, dec_hook=lambda marker, sealed: put(marker, sealed, opened))


@cache
def reader(name: str, schema_v: int) -> Callable[[bytes], Event]:
    """What decodes payloads of this type and version. Looked up once, for decoding the payload takes hardly longer."""
    kind = known(name, schema_v)
    if schema_v == STORED[kind].schema_v:
        return decoder(kind).decode
    return lambda payload: msgspec.convert(upcast(name, schema_v, STORED[kind].schema_v, payload), kind, dec_hook=keep)


def known(name: str, schema_v: int) -> type[Event]:
    kind = EVENTS.get(name)
    if kind is None or schema_v > STORED[kind].schema_v:
        raise NewerRelease(f"{name} in form {schema_v} was written by a newer release: update this one")
    return kind


def upcast(name: str, schema_v: int, wanted: int, payload: bytes) -> dict[str, Any]:
    builtins: dict[str, Any] = msgspec.json.decode(payload)
    for v in range(schema_v, wanted):
        builtins = UPCASTS[name, v](builtins)
    return builtins


@cache
def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=keep)


def keep(marker: Any, sealed: Any) -> Any:
    """A personal value in its sealed form."""
    return personal(marker)(sealed=sealed)


def put(marker: Any, sealed: Any, opened: Mapping[str, Any]) -> Any:
    """A personal value with what it opens to, as the type that the marker names."""
    return filled(marker, sealed, opened[sealed]) if sealed in opened else keep(marker, sealed)


def filled(marker: Any, sealed: Any, value: Any) -> Any:
    """A personal value that opens to this."""
    if value is not ERASED and not (isinstance(value, str) and marker.__args__[0] is str):
        value = msgspec.convert(value, marker.__args__[0])
    return personal(marker)(value, sealed=sealed)


def personal(marker: Any) -> type[Personal[Any]]:
    kind = getattr(marker, "__origin__", marker)
    if not (isinstance(kind, type) and issubclass(kind, Personal)):
        raise NotImplementedError(f"{marker} has no stored form")
    return kind


def recorded(row: Any) -> Recorded[Any]:
    """An event row of `es.load` or `es.hindsight`, as a fold gets it."""
    event = decode(row["type"], row["schema_v"], row["body"])
    return Recorded(event, row["type"], row["schema_v"], row["version"], row["at"], META.decode(row["meta"]), row["hash"])


def encode_state(state: Any) -> bytes:
    """A folded state for a snapshot. Its personal values are sealed, as they came from the log."""
    return msgspec.json.encode(state, enc_hook=lambda value: sealed_form(value, refuse))


def decode_state(kind: Any, state: bytes) -> Any:
    return decoder(kind).decode(state)


def open_state(state: Any, opened: Mapping[str, Any]) -> Any:
    """The state with the personal values of `opened`, as `decode_open` opens an event."""
    return msgspec.json.decode(encode_state(state), type=type(state), dec_hook=lambda marker, sealed: put(marker, sealed, opened))


def refuse(value: Personal[Any]) -> str:
    raise ValueError(f"{value!r} of a folded state is not sealed")
