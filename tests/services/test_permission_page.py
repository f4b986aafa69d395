"""Who may see and do what, as it is published: all of the table, and nothing but it."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from services.actor import OPERATOR, RESPONDENT, ROLES, WORKER
from services.documentation.permission import DRAFTS, NAMES, NUMBERS, WORDS, permissions
from services.permission import table
from services.permission.table import MAY, WHOLE


def test_every_action_and_every_role_is_there_as_the_table_has_it() -> None:
    made = permissions()
    assert {one.action: frozenset(one.roles) for one in made.actions} == MAY
    assert {one.action for one in made.actions if one.whole} == WHOLE & MAY.keys()
    assert [one.role for one in made.roles] == [*ROLES, OPERATOR, WORKER, RESPONDENT]
    for one in made.roles:
        assert set(one.actions) == {action for action, roles in MAY.items() if one.role in roles}


def test_it_changes_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table.MAY, "read_minds", frozenset({"auditor"}))
    made = permissions()
    assert [one.roles for one in made.actions if one.action == "read_minds"] == [("auditor",)]
    assert [one.role for one in made.roles if "read_minds" in one.actions] == ["auditor"]


def test_what_is_never_shown_is_said() -> None:
    cards = {one.role: one for one in permissions().roles}
    assert cards["client"].never == cards["coach"].never == ()
    assert cards["program_manager"].never == cards["admin"].never == cards["integration"].never == (WORDS,)
    assert cards["auditor"].never == (WORDS, NAMES)
    assert cards["sponsor"].never == (WORDS, DRAFTS)
    assert NUMBERS not in cards["sponsor"].sees
    assert len([one for one in cards["sponsor"].sees if one.endswith("while the client consents")]) == 5


async def test_the_page_and_the_json_say_it_without_a_key(client: AsyncClient) -> None:
    page, told = await client.get("/docs/permissions"), (await client.get("/docs/permissions.json")).json()
    assert page.headers["content-type"].startswith("text/html")
    for action in MAY:
        assert f"<code>{action}</code>" in page.text
    for one in told["roles"]:
        assert f'<section id="{one["role"]}">' in page.text
    assert {one["action"] for one in told["actions"]} == set(MAY)
    assert 'href="/docs/permissions"' in (await client.get("/docs")).text
