"""A command that names somebody who is not of the organization is refused, and says in which field: every one of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias, get_args
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from services.command.table import TABLE
from tests.services.desk import Desk
from tests.services.firm import LATER, Firm, program_body
from tests.services.test_execution import active

NAMES: Final = frozenset({"client_id", "coach_id", "sponsor_id", "sponsor_ids", "person_id", "owner", "recipients", "participants"})
"""What fields are called that name a person by id."""
OTHERWISE: Final = {
    ("CommitAction", "accountable_to"),
    ("ReassignCoach", "from"),
    ("ReassignCoach", "to"),
    ("PlaceLegalHold", "subject_id"),
}
NOBODY: Final = str(uuid7())
WHY: Final = {"reason_code": "other"}


def ids(kind: Any, at: str = "") -> Iterator[str]:
    """The fields of a type that hold ids, by the last name on the way there."""
    if kind is UUID:
        yield at
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            yield from ids(field.type, field.encode_name)
    else:
        for part in get_args(kind):
            yield from ids(part, at)


def naming() -> set[tuple[str, str]]:
    """Command and field, of those that are offered over HTTP."""
    found = {(command.__name__, name) for command, entry in TABLE.items() if entry.offered for name in ids(command)}
    return {(command, name) for command, name in found if name in NAMES} | OTHERWISE


Row: TypeAlias = tuple[str, str, str, str, dict[str, Any]]
"""Command and field, who sends it where, and a body in which that field alone names nobody."""


def rows(firm: Firm) -> list[Row]:
    at = {noun: f"/v1/{noun}s/{firm.ids[noun]}" for noun in ("program", "engagement", "plan", "report")}
    return [*of_coachings(firm, at["engagement"]), *of_programs(firm, at["program"]), *of_plans(firm, at["plan"], at["report"])]


def of_coachings(firm: Firm, at: str) -> list[Row]:
    group, own, nobody = f"/v1/engagements/{firm.ids['group']}", f"/v1/people/{firm.ids['client']}", {"coach_id": NOBODY}
    subjects = {"subjects": ["progress"], "recipient": {"person_id": NOBODY}}
    change = {"from": firm.ids["coach"], "to": NOBODY, "handover_scope": "none", **WHY}
    return [
        ("GrantListingConsent", "coach_id", "client", f"{own}/grant-listing-consent", nobody),
        ("WithdrawListingConsent", "coach_id", "client", f"{own}/withdraw-listing-consent", nobody),
        ("GrantDisclosureConsent", "person_id", "client", f"{at}/grant-disclosure-consent", subjects),
        ("WithdrawDisclosureConsent", "person_id", "client", f"{at}/withdraw-disclosure-consent", subjects),
        ("GrantHandoverConsent", "coach_id", "client", f"{at}/grant-handover-consent", nobody),
        ("HoldChemistrySession", "coach_id", "client", f"{at}/hold-chemistry-session", nobody | {"choice": "yes"}),
        (
            "DeclareConflictOfInterest",
            "coach_id",
            "client",
            f"{at}/declare-conflict-of-interest",
            nobody | {"kind": "other"},
        ),
        (
            "ResolveConflictOfInterest",
            "coach_id",
            "program_manager",
            f"{at}/resolve-conflict-of-interest",
            nobody | {"kind": "other"} | WHY,
        ),
        ("AssignCoach", "coach_id", "program_manager", f"{group}/assign-coach", nobody),
        ("ReassignCoach", "to", "program_manager", f"{at}/reassign-coach", change),
        (
            "ReassignCoach",
            "from",
            "program_manager",
            f"{at}/reassign-coach",
            change | {"from": NOBODY, "to": firm.ids["stranger"]},
        ),
        ("AddMember", "client_id", "program_manager", f"{group}/add-member", {"client_id": NOBODY}),
        ("RemoveMember", "client_id", "program_manager", f"{group}/remove-member", {"client_id": NOBODY, **WHY}),
    ]


def of_programs(firm: Firm, at: str) -> list[Row]:
    nobody, sponsor = {"coach_id": NOBODY}, program_body(NOBODY)
    return [
        ("AddCoachToPool", "coach_id", "program_manager", f"{at}/add-coach-to-pool", nobody | {"max_engagements": 1}),
        ("RemoveCoachFromPool", "coach_id", "program_manager", f"{at}/remove-coach-from-pool", nobody),
        ("EnrolParticipant", "client_id", "program_manager", f"{at}/enrol-participant", {"client_id": NOBODY}),
        (
            "WithdrawParticipant",
            "client_id",
            "program_manager",
            f"{at}/withdraw-participant",
            {"client_id": NOBODY, "stage": "before_coaching", **WHY},
        ),
        ("ProposeEngagement", "client_id", "program_manager", "/v1/engagements", {"client_id": NOBODY}),
        ("ProposeEngagement", "sponsor_id", "program_manager", "/v1/engagements", {"client_id": firm.ids["client"], "sponsor_id": NOBODY}),
        ("DefineProgram", "sponsor_ids", "program_manager", "/v1/programs", sponsor),
    ]


def of_plans(firm: Firm, at: str, report_at: str) -> list[Row]:
    action = {"objective_id": firm.ids["Meet"], "text": "Walk", "due_on": "2198-01-01", "owner": firm.ids["client"]}
    report = {"template": "client_progress", "subject_id": firm.ids["engagement"], "format": "json", "recipients": [NOBODY]}
    hold = {"scope": "person", "subject_id": NOBODY, "case_ref": "case-7", **WHY}
    return [
        ("CommitAction", "owner", "coach", f"{at}/commit-action", action | {"owner": NOBODY}),
        ("CommitAction", "accountable_to", "coach", f"{at}/commit-action", action | {"accountable_to": NOBODY}),
        (
            "ReviewPlan",
            "participants",
            "coach",
            f"{at}/review-plan",
            {
                "participants": [NOBODY],
                "next_review_on": LATER,
                **WHY,
                "decisions": [{"objective_id": firm.ids["Meet"], "decision": "keep"}],
            },
        ),
        ("RequestReport", "recipients", "coach", "/v1/reports", report),
        ("ShareReport", "recipients", "coach", f"{report_at}/share-report", {"recipients": [NOBODY]}),
        ("PlaceLegalHold", "subject_id", "admin", f"/v1/organizations/{firm.tenant}/place-legal-hold", hold),
    ]


async def test_whom_nobody_knows_is_refused_in_whichever_field(desk: Desk) -> None:
    planned = desk.firm
    await active(planned)
    planned.ids["report"] = await desk.ask("coach", "coach")
    await desk.make(planned.ids["report"])
    group = {"client_id": planned.ids["client"], "kind": "group"}
    planned.ids["group"] = (await planned.done("program_manager", "/v1/engagements", group))["id"]
    asked = rows(planned)
    assert {(command, field) for command, field, *_ in asked} == naming()
    wrong = []
    for command, field, who, path, body in asked:
        answer = await planned.post(who, path, body)
        told = answer.json()
        pointers = [fault["pointer"] for fault in told.get("errors", ())]
        if answer.status_code < 400 or not any(field in pointer.split("/") for pointer in pointers):
            wrong.append((command, field, answer.status_code, told.get("code"), pointers, told.get("errors")))
    assert not wrong, "\n".join(map(str, wrong))
