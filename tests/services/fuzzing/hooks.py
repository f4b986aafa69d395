"""What values look like that the document's formats name; the fuzzer loads this by name.

The door takes years from 1900 to 2200, numbers of 15 digits, and no whole number with a fraction of zero: three limits that JSON
Schema has no word for, or reads otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import schemathesis
from hypothesis import strategies
from schemathesis import openapi

NUMBERS = strategies.decimals(-(10**6), 10**6, places=3, allow_nan=False, allow_infinity=False)
DAYS = strategies.dates(date(1900, 1, 1), date(2200, 12, 31))

GENERAL = {
    *("cache-control", "connection", "content-length", "content-security-policy", "content-type", "cross-origin-opener-policy"),
    *("cross-origin-resource-policy", "date", "permissions-policy", "referrer-policy", "server", "strict-transport-security"),
    *("transfer-encoding", "x-content-type-options"),
}

GIVEN = {"Throughline-Min-Position", "If-Match"}

openapi.format("date", DAYS.map(date.isoformat))
openapi.format("date-time", DAYS.map(lambda day: f"{day}T09:30:00Z"))
openapi.format("decimal", NUMBERS.map(str))


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """Fields that nobody knows are no fault of a request: HTTP wants them to be left alone (RFC 9110, 5.1). Nor can a header be at
    fault that is then sent as the configuration has it."""
    unknown = any(name.lower().startswith("x-schemathesis-unknown") for name in case.headers or ())
    return not unknown and getattr(case.meta.phase.data, "parameter", None) not in GIVEN


@schemathesis.check
def no_header_is_untold(context: Any, response: Any, case: Any) -> None:
    """Whatever an answer says in a header is in the document, but for what every answer of any server says."""
    told = case.operation.definition.raw["responses"].get(str(response.status_code), {}).get("headers", {})
    untold = {*map(str.lower, response.headers)} - {*map(str.lower, told)} - GENERAL
    if untold and str(response.status_code) in case.operation.definition.raw["responses"]:
        raise AssertionError(f"headers that the document does not tell of at {response.status_code}: {', '.join(sorted(untold))}")


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    return reckonable(body)


def reckonable(value: Any) -> Any:
    """The same with numbers that keep their digits."""
    match value:
        case float() if value.is_integer() or abs(value) > 10**6:
            return int(min(max(value, -(10**6)), 10**6)) if value == value else 0
        case float():
            return round(value, 6)
        case dict():
            return {name: reckonable(one) for name, one in value.items()}
        case list():
            return [reckonable(one) for one in value]
    return value
