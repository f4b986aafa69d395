"""An example of each body and answer, made from its schema, so that it can never be one that the command refuses to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

ID: Final = "0199d6a4-7c1e-7b52-9f0e-3a5d8c2b4e61"
DATE: Final = "2027-03-31"
DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FORMATS: Final = {"uuid": ID, "date": DATE, "date-time": f"{DATE}T09:00:00Z", "decimal": "12"}

BY_NAME: Final[Mapping[str, str]] = {
    "title": "Hold a one-to-one with each of my six reports every two weeks",
    "why": "They told me that they hear too late what I expect.",
    "name": "One-to-ones held",
    "email": "ada@example.org",
    "address": "ada@example.org",
    "organization": "north-star",
    "slug": "north-star",
    "text": "Put the first three one-to-ones into the calendar",
    "reason": "The client is on leave for the two weeks before.",
    "reason_code": "absence",
    "unit": "count",
    "source": "calendar",
    "competency": "feedback",
    "instrument": "throughline_leadership",
    "currency": "eur",
    "locale": "en",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "region": "eu",
    "point": "middle",
    "starts_on": "2027-01-11",
    "planned_end": "2027-07-09",
    "ends_on": "2027-12-17",
}
"""Words where the kind of text alone would say nothing."""


BY_COMMAND: Final[Mapping[str, Mapping[str, Any]]] = {
    "RegisterPerson": {"name": "Ada Lindqvist"},
    "DefineProgram": {"name": "Leading with clarity", "capacity": 24, "sessions_per_engagement": 8},
    "AddInstrument": {
        "code": "north_star_compass",
        "label": "North Star compass",
        "licence": "Used by licence 2026-14 of its publisher",
        "anchors": ["never", "seldom", "sometimes", "often", "nearly always"],
        "competencies": [
            {
                "competency": "courage",
                "label": "Courage",
                "statements": [{"own": "I say early what I will not do.", "of_others": "They say early what they will not do."}],
            }
        ],
    },
    "RetireInstrument": {"code": "north_star_compass"},
    "AddCoachToPool": {"max_engagements": 6},
    "DraftAgreement": {"sessions": 8, "cadence_days": 14},
    "GrantDisclosureConsent": {"recipient": {"role": "sponsor"}},
    "WithdrawDisclosureConsent": {"recipient": {"role": "sponsor"}},
    "ApprovePlan": {"digest": DIGEST},
    "SignAgreement": {"digest": DIGEST},
    "RefineObjective": {"refinement": {"field": "due_on", "from": "2027-03-31", "to": "2027-04-30"}, "reason_code": "absence"},
    "AdjustMilestone": {"to": "2027-04-15", "reason_code": "absence"},
    "WithdrawMilestone": {"reason_code": "scope"},
    "RescheduleAction": {"to": "2027-04-15", "reason_code": "absence"},
    "DropAction": {"reason_code": "scope"},
    "MakeKey": {"name": "Staff list, every night", "scopes": ["people:read"], "expires_at": "2027-03-31T00:00:00Z"},
    "ChangeKey": {"name": "Staff list, every night", "scopes": ["people:read"], "expires_at": None},
    "RotateKey": {"overlap_hours": 24},
    "AcknowledgeWin": {"what": "She held all six one-to-ones of the first fortnight."},
    "Batch": {
        "items": [
            {"id": "ada", "command": "register_person", "body": {"name": "Ada Lindqvist", "email": "ada@example.org"}},
            {"command": "grant_membership", "target": {"made_by": "ada"}, "body": {"role": "coach"}},
        ],
        "mode": "each",
    },
}
"""Fields that a schema alone would fill badly."""


def example(command: type[msgspec.Struct], schemas: Mapping[str, Any]) -> Any:
    """What must be given, and a few things that make it plain."""
    made: dict[str, Any] = value("", {"$ref": f"#/components/schemas/{command.__name__}"}, schemas, tagged=False)
    return {**made, **BY_COMMAND.get(command.__name__, {})}


def answer_example(answer: type[msgspec.Struct], schemas: Mapping[str, Any]) -> Any:
    """What is always in an answer, and in a list one item."""
    return value("", {"$ref": f"#/components/schemas/{answer.__name__}"}, schemas)


def value(name: str, schema: Mapping[str, Any], schemas: Mapping[str, Any], *, tagged: bool = True) -> Any:
    if "$ref" in schema:
        return value(name, schemas[schema["$ref"].rpartition("/")[2]], schemas, tagged=tagged)
    if "anyOf" in schema:
        return value(name, schema["anyOf"][0], schemas)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return an_object(schema, schemas, tagged=tagged)
        case "array":
            return [value(name, schema["items"], schemas)]
        case "string":
            return a_text(name, schema)
        case "integer" | "number":
            return max(schema.get("minimum", 1), 1) if schema.get("minimum", 0) >= 0 else 0
        case "boolean":
            return True
    return None


def an_object(schema: Mapping[str, Any], schemas: Mapping[str, Any], *, tagged: bool) -> dict[str, Any]:
    properties = schema.get("properties", {})
    tags = {name for name, one in properties.items() if len(one.get("enum", ())) == 1}
    names = [name for name in properties if name in schema.get("required", ()) and (tagged or name not in tags)]
    if isinstance(schema.get("additionalProperties"), Mapping):
        return {"listens": value("", schema["additionalProperties"], schemas)}
    return {name: value(name, properties[name], schemas) for name in names}


def a_text(name: str, schema: Mapping[str, Any]) -> str:
    formed = FORMATS.get(schema.get("format", ""))
    candidates = [formed] if formed else [BY_NAME.get(name, "eur"), "eur", "What was agreed, in plain words", DIGEST]
    pattern, most = schema.get("pattern", ""), schema.get("maxLength", 4000)
    return next((text for text in candidates if re.search(pattern, text) and len(text) <= most), "other")
