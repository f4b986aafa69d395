"""A group through every route that reads: of what one of them wrote of themselves no other of them finds a word, nor anybody else."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar import Litestar
from litestar.routes import HTTPRoute

from domain.glossary import Role
from projections.runner import Runner
from services.permission.table import JOINING, MEMBER
from tests.services.firm import Firm
from tests.services.grouping import TOGETHER, at_group, begin, grouped, leave, speak
from tests.services.idor.route import Asked, asked, given, is_open
from tests.services.idor.world import SIGN_IN, ask

ROLES: Final[dict[str, Role]] = {
    **dict.fromkeys(("client", "ben", "cleo", "eve", "otto"), "client"),
    **{"coach": "coach", "sponsor": "sponsor", "program_manager": "program_manager"},
    **{"admin": "admin", "auditor": "auditor", "integration": "integration"},
}
BELONGING: Final = ("engagement", "plan", "session")
SHARED: Final = {"client", "ben", "coach"}
"""Who reads what was shared: the coach and who is in the group today, with their signature."""


@pytest.fixture(scope="module")
async def words(app: Litestar, client: AsyncClient, runner: Runner) -> tuple[Firm, dict[str, dict[str, str]]]:
    """`eve` has left, `cleo` has joined and not signed, `otto` is coached by the same coach in another group."""
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    await grouped(app, firm)
    written = {who: await speak(firm, who) for who in TOGETHER}
    subjects = {"subjects": ["objective_titles", "progress", "attainment", "attendance", "evaluation_summary"]}
    for who in TOGETHER:
        await firm.done(who, f"{at_group(firm)}/grant-disclosure-consent", {**subjects, "recipient": {"role": "sponsor"}})
    await leave(firm, "eve")
    mine = dict(firm.ids)
    await begin(firm, "otto", "eve")
    firm.ids = mine
    await firm.done("program_manager", f"{at_group(firm)}/add-member", {"client_id": firm.ids["cleo"]})
    for who, role in ROLES.items():
        person = UUID(firm.ids[who])
        firm.keys[f"cookie of {who}"] = (await firm.issuer.make(firm.tenant, person, role, SIGN_IN)).key
    firm.ids |= {"organization": str(firm.tenant), "person": firm.ids["client"]}
    await firm.runner.catch_up()
    return firm, written


def readers(author: str, kind: str) -> set[str]:
    own = {author} - {"eve"}
    return {"private": own, "shared": SHARED | own}.get(kind, own | {"coach"})


def reads(app: Litestar, ids: dict[str, str]) -> list[Asked]:
    handlers = [(route.path, handler) for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    found = [asked(app, path, "GET", handler) for path, handler in handlers if "GET" in handler.http_methods]
    return [one for one in found if not is_open(one) and (one.noun is None or one.noun in ids)]


async def test_no_word_of_one_reaches_another(app: Litestar, words: tuple[Firm, dict[str, dict[str, str]]]) -> None:
    firm, written = words
    seen: dict[str, set[str]] = {}
    for one in reads(app, firm.ids):
        path = one.path if one.noun is None else one.at(firm.ids[one.noun])
        for who in ROLES:
            answer = await ask(firm, who, "GET", path, **given(one, firm.ids))
            for author, by_kind in written.items():
                for kind, word in by_kind.items():
                    if word in answer.text:
                        assert who in readers(author, kind), (who, path, word)
                        seen.setdefault(word, set()).add(who)
    for author, by_kind in written.items():
        for kind in ("rating", "private", "shared"):
            assert seen.get(by_kind[kind], set()) == readers(author, kind), (author, kind)


async def test_the_group_is_there_for_who_is_in_it(app: Litestar, words: tuple[Firm, dict[str, dict[str, str]]]) -> None:
    """By route and by person: a member reads what the table names, who has not signed the terms, and who left nothing at all."""
    firm, _ = words
    may = {"ben": MEMBER, "cleo": JOINING}
    for one in reads(app, firm.ids):
        if one.noun in BELONGING:
            for who in ("ben", "cleo", "eve", "otto"):
                answer = await ask(firm, who, "GET", one.at(firm.ids[one.noun]), **given(one, firm.ids))
                wanted = 404 if who not in may else 200 if one.action in may[who] else 403
                assert answer.status_code == wanted, (who, one.path, answer.text[:300])
