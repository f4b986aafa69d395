"""What is one's own: who may gets the documented answer, who may not is told so, on every route."""

from __future__ import annotations

from collections.abc import Mapping

from httpx import Response
from litestar import Litestar

from services.permission.table import MAY, WHOLE
from tests.services.idor.route import NO_ID, Asked, given, is_open, routes
from tests.services.idor.test_path import ALLOWED, NOT_THIS, expected, id_of, with_id
from tests.services.idor.world import CALLERS, Caller, World, ask

AUDITORS, RUNNERS = frozenset({"auditor", "inspector"}), frozenset({"program_manager", "guide", "auditor", "inspector"})
RUN_EMERGENCIES = frozenset({"program_manager", "guide", "admin"})
BY_RULE: Mapping[str, tuple[frozenset[str], int]] = {
    "report_file_page": (RUNNERS, 404),  # a report's file is for those who asked for it or got it
    "rotate_key_form": (frozenset(caller.name for caller in CALLERS), 409),  # the key was rotated over the API before
    "switch_role": (frozenset(caller.name for caller in CALLERS), 403),  # no one here signed in by a mailed link
    "hand_in_hours": (frozenset(caller.name for caller in CALLERS if caller.role == "coach"), 409),  # no session was held yet
    "erase_person": (frozenset({"admin"}), 409),  # their profile was changed over the API before
    "withdraw_coach_development": (frozenset({"admin", "program_manager", "coach"}), 422),  # there is none of that id
    "read_erasure": (AUDITORS | {"admin"}, 404),  # nobody asked to erase anybody
    "read_assessment_results": (frozenset({"client", "coach"}), 409),  # they were not released yet
    "change_assessment": (frozenset({"coach"}), 409),  # it is still answered
    "answer_self_assessment": (frozenset({"client"}), 422),  # it leaves out what is asked
    "exercises_page": (frozenset({"sponsor", "admin", "integration"}), 403),  # a page of the part of a plan that they are not told
    "book_session": (frozenset({"coach"}), 409),  # the client booked the same hour before
    "change_agreement_by_form": (frozenset({"program_manager", "coach", "guide"}), 409),  # the terms are signed and rule
    "change_surveys": (frozenset({"program_manager", "guide"}), 409),  # the program's is open
    "change_program_by_form": (frozenset({"guide"}), 409),  # the program manager gave the coach as many places before
    "change_evaluation": (frozenset({"client"}), 409),  # it was acknowledged over the API before
    "register_somebody": (frozenset({"integration"}), 409),  # the administrator registered the same address before
    **dict.fromkeys(("change_person_profile", "link_identity"), (frozenset({"integration"}), 403)),  # clients, coaches and sponsors only
    "answer_emergency": (RUN_EMERGENCIES, 409),  # it was answered over the API before
    **dict.fromkeys(("request_report", "share_report", "ask_for_report"), (AUDITORS, 403)),  # they ask for ledgers only
}
"""Whom a rule refuses what their role does in general, and how."""


async def test_what_a_role_does_not_do_is_forbidden_and_what_it_does_is_answered(app: Litestar, fresh: World) -> None:
    """Reads first, for commands change what there is."""
    world = fresh
    for one in sorted(with_id(app), key=lambda one: one.method != "GET"):
        for caller in CALLERS:
            id = id_of(world, caller, one, "own")
            answer = await ask(world.own, caller.name, one.method, one.at(id), **given(one, world.own.ids))
            judge(one, caller, answer, expected(caller, one, "own"))


async def test_what_names_no_id_is_answered_by_role(app: Litestar, fresh: World) -> None:
    for one in sorted(routes(app), key=lambda one: (one.method != "GET", one.name.startswith("revoke"))):  # a form needs a sign-in
        if "{" in one.path or is_open(one) or one.name in NO_ID:
            continue
        for caller in CALLERS:
            ids = fresh.own.ids | {"person": fresh.own.ids[caller.name]}
            answer = await ask(fresh.own, caller.name, one.method, one.path, **given(one, ids))
            judge(one, caller, answer, by_role(caller, one))


def by_role(caller: Caller, one: Asked) -> int:
    if caller.role not in MAY[one.action]:
        return NOT_THIS
    return NOT_THIS if caller.is_narrow and one.action in WHOLE and one.name not in OF_ONESELF else ALLOWED


OF_ONESELF = {"accesses_page", "ask_seen_by_others"}
"""What is asked about the caller here."""


def judge(one: Asked, caller: Caller, answer: Response, wanted: int) -> None:
    about = (caller.name, one.method, one.path, answer.status_code, answer.text[:600])
    if wanted != ALLOWED:
        assert answer.status_code == wanted, about
    elif caller.name in BY_RULE.get(one.name, (frozenset(), 0))[0]:
        assert answer.status_code == BY_RULE[one.name][1], about
    elif one.method == "GET" or one.is_form:
        assert answer.status_code in one.statuses & {200, 201, 303}, about
    else:  # what a rule refuses has a code of its own, or names the field
        assert answer.status_code in one.statuses - {401}, about
        if answer.status_code in {403, 404}:
            assert answer.json()["code"] not in {"not_permitted", "not_found"} or answer.json().get("errors"), about
