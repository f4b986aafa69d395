"""The routes of the application as a sweep asks them: what each takes, and whose ids fill it.

A route, a parameter or a field that is not known here stops the sweep, so that whatever is new is thought about once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from domain.nouns import NOUNS
from services.contract.example import ID, value
from services.permission.table import PUBLIC
from services.reading.cursor import write_cursor
from tests.services.firm import today

KEPT: Final[dict[str, str]] = {"keys": "key", "sign-ins": "sign_in"}
"""What is kept beside the log and belongs to a person: each caller has their own."""
PLURALS: Final[Mapping[str, str]] = {noun.plural: noun.name for noun in NOUNS.values()} | KEPT | {"instruments": "instrument"}

FIELDS: Final[Mapping[str, str]] = {
    "about_id": "need",
    "accountable_to": "coach",
    "action_id": "action",
    "attended": "client",
    "change_id": "change",
    "client_id": "client",
    "client_organization_id": "client_organization",
    "coach_id": "coach",
    "development_id": "need",  # no coach of the sweep recorded any: nothing has such an id
    "emergency_id": "emergency",
    "engagement_id": "engagement",
    "exercise_id": "exercise",
    "hold_id": "need",  # the organization of the sweep holds nothing: nothing has such an id
    "from": "coach",
    "milestone_id": "milestone",
    "need_id": "need",
    "note_id": "note",
    "objective_id": "objective",
    "objective_ids": "objective",
    "owner": "client",
    "participants": "client",
    "person_id": "sponsor",
    "program_id": "program",
    "rater_id": "rater",
    "recipients": "coach",
    "reflection_id": "reflection",
    "session_id": "session",
    "sponsor_id": "sponsor",
    "sponsor_ids": "sponsor",
    "sponsor_outcome_id": "need",  # the program of the sweep wants no outcome: nothing has such an id
    "strategy_id": "strategy",
    "subject_id": "engagement",
    "target": "plan",
    "template_id": "template",
    "to": "coach",
}
"""Of each field of a body that holds an id: whose."""

QUERY: Final[Mapping[str, tuple[str, ...]]] = {
    "about": ("plan", "engagement", "program", "person", "report", "organization"),
    "actor": ("coach",),
    "client": ("client",),
    "client_organization": ("client_organization",),
    "coach": ("coach",),
    "engagement": ("engagement",),
    "person": ("person",),
    "plan": ("plan",),
    "program": ("program",),
    "series": ("session",),
    "subject": ("engagement", "program"),
}
"""Of each parameter of a query that holds an id: whose."""
PLAIN: Final = frozenset(
    [
        *(
            "approval",
            "as_of",
            "asked",
            "at",
            "body",
            "clock",
            "flag",
            "format",
            "from",
            "initiator",
            "kind",
            "leads",
            "limit",
            "name",
            "occurred",
            "of",
            "on",
        ),
        *("cohort", "cost", "currency", "email", "external_ref", "fields", "role", "sort", "stage", "status", "template"),
        *("done", "ended", "page", "period", "position", "question", "reason", "recorded", "signature", "to", "until"),
    ]
)
"""Parameters that hold no id: days, numbers, codes, and the versions of what the path names."""
CURSORS: Final[Mapping[str, Callable[[UUID], str]]] = {"cursor": write_cursor, "after": str}
"""Parameters that name a place in an order, and how an id is one."""
TICKET: Final = "ticket"

NEEDED: Final[Mapping[str, Mapping[str, str]]] = {
    **{f"read_{noun}_as_of": {"recorded": "{today}"} for noun in ("plan", "engagement", "assessment", "board")},
    "read_plan_difference": {"from": "2026-01-01"},
    "ask_seen_by_others": {"about": "{person}"},
    "ask_changes_between": {"about": "{plan}", "from": "2026-01-01"},
}
"""What has to be asked for, beside the id; a name in braces stands for an id of that noun, and for the day."""


class Form(NamedTuple):
    """A form of a page: what its handler asks of the policy, and its fields; `{noun}` stands for an id."""

    action: str
    fields: Mapping[str, str]


DAYS: Final = {"starts_on": "2199-01-01", "ends_on": "2199-12-31"}
PROGRAM: Final = {"name": "First time leading", "capacity": "9", "sessions_per_engagement": "8", **DAYS}
EXERCISE: Final = {"kind": "worksheet", "title": "Another week of meetings", "questions": "Which did you lead?"}
INSTRUMENT: Final = {
    **{"code": "own_compass", "label": "Own compass", "language": "en", "lowest": "1", "anchors": "never\nalways"},
    "competencies": "courage: Courage\nI ask. | They ask.",
}
FORMS: Final[Mapping[str, Form]] = {
    "make_key_form": Form("make_key", {"name": "spreadsheet"}),
    "revoke_key_form": Form("revoke_key", {}),
    "rotate_key_form": Form("rotate_key", {}),
    "revoke_sign_in_form": Form("revoke_sign_in", {}),
    "register_somebody": Form("register_person", {"name": "Neva New", "email": "neva.new@example.org"}),
    "switch_role": Form("read_me", {"role": "client"}),
    "change_person": Form("grant_membership", {"what": "grant", "role": "client"}),
    "erase_person": Form("request_person_erasure", {"what": "erase", "basis": "objection", "seen": "1", "sure": "erase"}),
    "change_instruments": Form("add_instrument", {"what": "add", **INSTRUMENT}),
    "define_program_by_form": Form("define_program", {"what": "define", **PROGRAM, "sponsor_ids": "{sponsor}"}),
    "change_program_by_form": Form("add_coach_to_pool", {"what": "pool", "coach_id": "{coach}", "max_engagements": "3"}),
    "change_engagement_by_form": Form("grant_disclosure_consent", {"what": "grant", "subjects": "progress"}),
    "change_agreement_by_form": Form("draft_agreement", {"what": "draft", "sessions": "8", "cadence_days": "14", "text": "It stays here."}),
    "change_exercises": Form("offer_exercise", {"what": "offer", **EXERCISE, "objective_ids": "{objective}"}),
    "book_session": Form("schedule_session", {"engagement_id": "{engagement}", "starts_at": "2198-12-02T09:00"}),
    "change_surveys": Form("issue_survey", {"what": "issue", "program_id": "{program}"}),
    "change_coach": Form("reassign_coach", {"what": "change", "from": "{coach}", "to": "{coach}", "reason": "A form that was filled in."}),
    "answer_emergency": Form("decline_emergency_access", {"what": "decline", "emergency_id": "{emergency}"}),
    "change_assessment": Form("release_assessment_results", {"what": "release"}),
    "answer_self_assessment": Form("submit_self_assessment", {"item.feedback_1": "4"}),
    "change_evaluation": Form("acknowledge_evaluation", {"what": "acknowledge", "seen": "1"}),
    "change_plan": Form("commit_action", {"what": "action", "text": "Ask them", "owner": "{client}", "due_on": "2199-01-31"}),
    "change_session": Form("capture_insight", {"what": "insight", "text": "I ask too late.", "visibility": "shared"}),
    "hand_in_hours": Form("export_credential_log", {"of": "icf"}),
    "keep_look": Form("read_difference", {"position": "1"}),
    "ask_for_report": Form("request_report", {"subject": "client_progress {engagement}", "period": "to_date", "format": "json"}),
}
"""Forms look at the cookie themselves, so their routes are public and name no action."""
NO_ID: Final = frozenset(
    {"sign_in", "sign_out", "mail_link_asked", "mail_link_used", "rater_answered", "respondent_answered", "acted", "change_address"}
)
"""Forms that name nothing of an organization: who fills them in is nobody yet."""


class Asked(NamedTuple):
    """One method of one route."""

    name: str
    method: str
    path: str
    action: str
    handler: HTTPRouteHandler
    operation: Mapping[str, Any]

    @property
    def noun(self) -> str | None:
        """Of what the path names one. Raises `AssertionError` for a path that the sweep cannot fill."""
        if "{" not in self.path:
            return None
        plural, id = self.path.removeprefix("/v1").split("/")[1:3]
        is_known = plural in PLURALS and id.startswith(("{id", "{code")) and self.path.count("{") == 1
        assert is_known, f"teach the sweep what {self.path} names"
        return PLURALS[plural]

    def at(self, id: str) -> str:
        """The path with an id in it."""
        return "/".join(id if part.startswith("{") else part for part in self.path.split("/"))

    @property
    def is_form(self) -> bool:
        return self.method == "POST" and not self.operation

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """That of its body, if it takes one."""
        content = self.operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        found: Mapping[str, Any] | None = content.get("schema")
        return found

    @property
    def statuses(self) -> frozenset[int]:
        """What it is documented to answer with; of a page, what a page can be."""
        return frozenset(int(status) for status in self.operation.get("responses", ("200", "201", "303")))


def routes(app: Litestar) -> list[Asked]:
    """Every method of every route but OPTIONS, and HEAD where GET is the same handler."""
    found = []
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                found.append(asked(app, route.path, method, handler))
    return found


def asked(app: Litestar, path: str, method: str, handler: HTTPRouteHandler) -> Asked:
    documented = path.replace("{id:uuid}", "{id}").replace("{link:str}", "{link}")
    operation = app.state.document()["paths"].get(documented, {}).get(method.lower(), {})
    name, action = str(handler.name), str(handler.opt["action"])
    if method != "GET" and not operation and name not in NO_ID:
        assert name in FORMS, f"teach the sweep how to send the form {name}"
        action = FORMS[name].action
    return Asked(name, method, path, action, handler, operation)


def is_open(one: Asked) -> bool:
    """Whether anybody may ask for it, whoever they are: it shows nothing of an organization."""
    return one.action == PUBLIC


def given(one: Asked, ids: Mapping[str, str], **query: str) -> dict[str, Any]:
    """What goes with the path: the document's example of a body, or the fields of a form, with these ids; and the query."""
    known = {**ids, "today": str(today())}
    more: dict[str, Any] = {"params": {name: text.format_map(known) for name, text in NEEDED.get(one.name, {}).items()} | query}
    if one.is_form:
        fields = FORMS[one.name].fields if one.name in FORMS else {}
        return {**more, "data": {name: text.format_map(ids) for name, text in fields.items()}}
    if one.schema is None:
        return more
    return {**more, "json": filled(one.operation["requestBody"]["content"]["application/json"]["example"], ids)}


def filled(content: Any, ids: Mapping[str, str], field: str = "") -> Any:
    """The same with the ids of these nouns in place of the document's example id."""
    match content:
        case dict():
            return {name: filled(one, ids, name) for name, one in content.items()}
        case list():
            return [filled(one, ids, field) for one in content]
        case _ if content == ID:
            assert field in FIELDS, f"teach the sweep whose id the field {field} holds"
            return ids[FIELDS[field]]
    return content


class Hole(NamedTuple):
    """A field of a body that holds an id, and the body with one in it."""

    field: str
    make: Callable[[str], Any]


def holes(schema: Mapping[str, Any], schemas: Mapping[str, Any], field: str = "", *, tagged: bool = False) -> Iterator[Hole]:
    """Every field that holds an id, at any depth and in each of the forms that a body can have."""
    if "$ref" in schema:
        yield from holes(schemas[schema["$ref"].rpartition("/")[2]], schemas, field, tagged=tagged)
    for option in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from holes(option, schemas, field, tagged=True)
    if schema.get("format") == "uuid":
        yield Hole(field, lambda id: id)
    if isinstance(schema.get("items"), Mapping):
        for hole in holes(schema["items"], schemas, field, tagged=True):
            yield Hole(hole.field, lambda id, hole=hole: [hole.make(id)])  # type: ignore[misc]
    for name, inner in schema.get("properties", {}).items():
        for hole in holes(inner, schemas, name, tagged=True):
            around = value("", schema, schemas, tagged=tagged)
            yield Hole(hole.field, lambda id, hole=hole, name=name, around=around: {**around, name: hole.make(id)})  # type: ignore[misc]
