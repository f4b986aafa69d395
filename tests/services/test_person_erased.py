"""A person's end over HTTP: a profile that changed, a hold, an erasure, and then nothing of them in the clear, anywhere."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from litestar import Litestar

from infra.keys import FileKeyProvider
from infra.settings import Settings
from projections.catalogue import PROJECTIONS
from projections.rebuild import rebuild
from services.audit.question.table import QUESTIONS
from services.person import erasure
from tests.database import Database, ask
from tests.services.desk import Desk
from tests.services.firm import Firm, objective_body, today
from workers import desk as workers
from workers.person.erasing import Erasing
from workers.verify.whole import Manner, verify

WHY = "A court asked for everything that there is."
TABLES = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND n.nspname IN ('es', 'rm', 'jobs', 'directory', 'public') ORDER BY 1"""


class Words(NamedTuple):
    """What stands nowhere else in the database, which other tests use, too: a name, an address, and what coach and client wrote."""

    name: str
    address: str
    coachs: str
    clients: str

    @classmethod
    def of(cls, firm: Firm) -> Words:
        own = firm.tenant.hex[-12:]
        return cls(f"Zaphira Quell{own}", f"zaphira.q{own}@gone.example", f"Xylotheque{own}", f"Quibberdick{own}")


def forms(word: str) -> Iterator[str]:
    """How it might stand somewhere: plain, in hexadecimal as bytes are shown, in base64 at each of the three offsets."""
    raw = word.lower().encode()
    yield word.lower()
    for bytes_ in (word.encode(), raw):
        yield bytes_.hex()
        for offset in range(3):
            yield base64.b64encode(b"x" * offset + bytes_).decode()[4 if offset else 0 : -4].lower()


def places(database: Database, words: Words) -> list[str]:
    """Every table with a row in which one of the words stands."""
    wanted = " OR ".join(f"position('{form}' in lower(t::text)) > 0" for word in words for form in forms(word))
    admin = database.dsn("admin")
    return [name for (name,) in ask(admin, TABLES) if ask(admin, f"SELECT EXISTS (SELECT FROM {name} t WHERE {wanted})")[0][0]]


def written(folder: Path, words: Words) -> list[str]:
    """Every file with one of the words in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files for word in words for form in forms(word) if form in path.read_bytes().decode("latin-1").lower()]


@pytest.fixture
def erasing(app: Litestar) -> Erasing:
    return Erasing(workers.Desk(app.state.reads.connections, app.state.commands, app.state.files))


async def named(firm: Firm) -> str:
    """The client, called so that nobody else is; where their record is."""
    at = f"/v1/people/{firm.ids['client']}"
    seen = (await firm.seen("client", at))["profile_version"]
    await firm.done("client", f"{at}/change-person-profile", {"seen": seen, "name": Words.of(firm).name, "email": Words.of(firm).address})
    return at


async def told(desk: Desk) -> str:
    """Words about the client, and of the client, in a plan, a report and a list; where the client's record is."""
    firm = desk.firm
    at = await named(firm)
    await firm.done("coach", f"/v1/plans/{firm.ids['plan']}/define-objective", objective_body(Words.of(firm).coachs))
    await firm.done("client", f"/v1/plans/{firm.ids['plan']}/define-objective", objective_body(Words.of(firm).clients))
    await desk.make(await desk.ask("coach", "coach"))
    return at


async def refused(firm: Firm, who: str, path: str, body: Any) -> tuple[int, str]:
    answer = await firm.post(who, path, body)
    return answer.status_code, answer.json()["code"]


async def hold(firm: Firm) -> dict[str, Any]:
    body = {"scope": "engagement", "subject_id": firm.ids["engagement"], "case_ref": "case-7", "reason": WHY}
    return await firm.done("admin", f"/v1/organizations/{firm.tenant}/place-legal-hold", body)


async def release(firm: Firm, made: dict[str, Any]) -> None:
    body = {"hold_id": made["item_id"], "reason": WHY}
    await firm.done("admin", f"/v1/organizations/{firm.tenant}/release-legal-hold", body)


async def test_of_who_is_erased_nothing_is_left_in_the_clear(
    desk: Desk, erasing: Erasing, house: Database, settings: Settings, provider: FileKeyProvider
) -> None:
    firm, words = desk.firm, Words.of(desk.firm)
    at = await told(desk)
    person = UUID(firm.ids["client"])
    await firm.runner.catch_up()
    assert {name.rpartition("_g")[0] for name in places(house, words)} >= {"rm.members", "rm.plan_current", "rm.plan_timeline"}
    asked = {"basis": "consent_withdrawn", "seen": (await firm.seen("admin", at))["profile_version"]}
    first = await hold(firm)
    assert await refused(firm, "admin", f"{at}/request-person-erasure", asked) == (409, "legal_hold")
    await release(firm, first)
    assert (await firm.get("auditor", f"{at}/erasure")).status_code == 404
    await firm.done("admin", f"{at}/request-person-erasure", asked)
    assert (await firm.get("client", "/v1/me")).status_code == 403  # their roles ended at once
    second = await hold(firm)
    assert await erasing.erase(firm.tenant, person) == "held"
    receipt = await firm.seen("auditor", f"{at}/erasure")
    assert (receipt["standing"], [one["case_ref"] for one in receipt["holds"]]) == ("held", ["case-7"])
    await release(firm, second)
    assert [await erasing.erase(firm.tenant, person) for _ in range(2)] == ["erased", "erased"]
    await firm.runner.catch_up()
    assert places(house, words) == []
    assert written(settings.blobs, words) == []
    assert list((settings.blobs / str(firm.tenant)).iterdir()) == []
    await receipt_tells(firm, at)
    assert await refused(firm, "admin", f"{at}/request-person-erasure", asked) == (409, "already_erased")
    assert await refused(firm, "admin", f"{at}/grant-membership", {"role": "client"}) == (410, "subject_erased")
    plan = f"/v1/plans/{firm.ids['plan']}"
    assert await refused(firm, "coach", f"{plan}/define-objective", objective_body("More")) == (403, "not_permitted")  # it ended with them
    assert (await firm.post("admin", "/v1/people", {"name": "Another", "email": words.address})).status_code == 201  # it is nobody's
    found = (await firm.seen("auditor", "/v1/audit/erasure"))["findings"]
    assert [one["kind"] for one in found] == ["hold_over", "hold_over", "erasure_done"]
    assert (found[-1]["facts"]["living"], found[-1]["stands_out"], len(found[-1]["evidence"])) == (0, False, 2)
    await reads_on(firm)
    for projection in PROJECTIONS:
        await rebuild(firm.runner.connections, firm.runner.opener, projection, firm.tenant)
    assert [name for name in places(house, words) if not name.startswith("rm.members")] == []
    verdict = await verify(Manner(house.dsn("app"), provider.path, 1, True), [firm.tenant], lambda _: None)
    assert (verdict.tenants, [each.text for each in verdict.differences]) == (1, [])


async def receipt_tells(firm: Firm, at: str) -> None:
    """When, of which engagements, which keys, and that every read model forgot."""
    receipt = await firm.seen("auditor", f"{at}/erasure")
    assert (receipt["standing"], receipt["on_time"], receipt["engagements"]) == ("erased", True, [firm.ids["engagement"]])
    assert {(one["subject_id"], one["realm_id"]) for one in receipt["keys"]} >= {
        (firm.ids["client"], firm.ids["client"]),
        (firm.ids["client"], firm.ids["engagement"]),
        (firm.ids["engagement"], firm.ids["engagement"]),
    }
    assert all(one["purged"] for one in receipt["read_models"])


async def reads_on(firm: Firm) -> None:
    """Whatever is asked about it is answered, without the words."""
    plan, engagement, client = f"/v1/plans/{firm.ids['plan']}", f"/v1/engagements/{firm.ids['engagement']}", firm.ids["client"]
    dates, words = "from=2026-01-01&to=now", Words.of(firm)
    asked = [
        *(
            plan,
            f"{plan}/timeline",
            f"{plan}/as-of?recorded={today()}",
            f"{plan}/diff?{dates}",
            f"{plan}/ledger",
            f"{plan}/readiness",
        ),
        *(engagement, "/v1/plans", "/v1/engagements", "/v1/reports", "/v1/sessions"),
    ]
    audit = [f"/v1/audit/{question.slug}" for question in QUESTIONS if question.find is not None and not question.needs_about]
    wanted = {
        "coach": asked,
        "program_manager": [*asked, "/v1/board", "/v1/ledger", "/v1/people", f"/v1/people/{client}"],
        "auditor": [*asked, "/v1/ledger", f"/v1/people/{client}/accesses", f"/v1/people/{client}/memberships", *audit],
        "admin": ["/v1/people", f"/v1/people/{client}", f"/v1/people/{client}/memberships"],
    }
    for who, paths in wanted.items():
        for path in paths:
            answer = await firm.get(who, path)
            assert answer.status_code in {200, 403, 404, 422}, f"{who} {path}: {answer.text}"
            assert not any(word in answer.text for word in (words.name, words.coachs, words.clients)), path
    shown = await firm.seen("coach", plan)
    assert shown["objectives"][0]["title"] == {"erased": True}


async def test_a_hold_that_comes_at_the_same_moment_is_first_or_too_late(desk: Desk, erasing: Erasing, house: Database) -> None:
    """Of a hold and an erasure that meet, either the words are kept and the erasure waits, or they were gone before."""
    firm = desk.firm
    at = await named(firm)
    seen = (await firm.seen("admin", at))["profile_version"]
    await firm.done("admin", f"{at}/request-person-erasure", {"basis": "not_needed", "seen": seen})
    person = UUID(firm.ids["client"])
    reading = await erasing.at.commands.store.read(firm.tenant, firm.tenant)
    stale = reading.version(firm.tenant)
    made = await hold(firm)
    assert not await erasure.destroy(erasing.at.connections, firm.tenant, person, (), stale)
    outcome, _ = await asyncio.gather(erasing.erase(firm.tenant, person), release(firm, made))
    assert outcome in {"held", "erased"}
    assert await erasing.erase(firm.tenant, person) == "erased"


async def test_a_projector_that_opened_the_words_before_forgets_them(desk: Desk, erasing: Erasing, house: Database) -> None:
    """The projection is behind, and then follows over the words and the erasure: nothing comes back, also in a rebuild."""
    firm, words = desk.firm, Words.of(desk.firm)
    at = await told(desk)
    seen = (await firm.seen("admin", at))["profile_version"]
    await firm.done("client", f"/v1/plans/{firm.ids['plan']}/define-objective", objective_body(f"{words.clients} again"))
    await firm.done("admin", f"{at}/request-person-erasure", {"basis": "objection", "seen": seen})
    assert await erasing.erase(firm.tenant, UUID(firm.ids["client"])) == "erased"
    assert places(house, words) != []
    await firm.runner.catch_up()
    assert places(house, words) == []


async def test_an_address_is_one_persons_and_a_profile_its_owners(firm: Firm) -> None:
    at = await named(firm)
    stranger = f"/v1/people/{firm.ids['stranger']}"
    seen = (await firm.seen("admin", stranger))["profile_version"]
    body = {"seen": seen, "email": "CLIENT@example.org"}
    assert await refused(firm, "admin", f"{stranger}/change-person-profile", body) == (409, "person_exists")
    own = (await firm.seen("client", at))["profile_version"]
    assert await refused(firm, "client", f"{at}/change-person-profile", {"seen": own - 1, "name": "Else"}) == (409, "version_conflict")
    assert await refused(firm, "coach", f"{at}/change-person-profile", {"seen": own, "name": "Else"}) == (404, "not_found")
    assert await refused(firm, "program_manager", f"{at}/change-person-profile", {"seen": own, "name": "Else"}) == (403, "not_permitted")


async def test_what_the_directory_manages_is_not_changed_by_hand(firm: Firm) -> None:
    made = await firm.done("integration", "/v1/people", {"name": "Sam Scim", "email": "sam@scim.example", "source": "scim"})
    body = {"seen": 1, "name": "Sam Hand"}
    assert await refused(firm, "admin", f"/v1/people/{made['id']}/change-person-profile", body) == (409, "field_managed_by_scim")
    await firm.done("integration", f"/v1/people/{made['id']}/change-person-profile", body | {"source": "scim"})


async def test_an_identity_is_one_persons(firm: Firm) -> None:
    at, other = f"/v1/people/{firm.ids['client']}/link-identity", f"/v1/people/{firm.ids['coach']}/link-identity"
    body = {"provider": "okta", "subject": "00u1"}
    await firm.done("admin", at, body)
    await firm.done("integration", at, body)
    assert await refused(firm, "admin", other, body) == (409, "identity_in_use")
    await firm.done("admin", other, body | {"provider": "entra"})


async def test_a_coach_who_left_opens_nothing_and_is_shown_as_missing(planned: Firm) -> None:
    at = f"/v1/people/{planned.ids['coach']}/deprovision-person"
    await planned.done("integration", at, {"source": "scim", "managers_notified": True})
    assert (await planned.get("coach", "/v1/me")).status_code == 403
    board = await planned.seen("program_manager", "/v1/board")
    (row,) = board["needs_help"]
    assert (row["engagement_id"], "coach_gone" in [one["code"] for one in row["reasons"]]) == (planned.ids["engagement"], True)
    assert (await planned.get("client", f"/v1/plans/{planned.ids['plan']}")).status_code == 200
    admin = f"/v1/people/{planned.ids['admin']}"
    assert await refused(planned, "admin", f"{admin}/deprovision-person", {}) == (409, "last_admin")


async def test_a_hold_is_listed_and_released_once(firm: Firm) -> None:
    at = f"/v1/organizations/{firm.tenant}"
    made = await firm.done("admin", f"{at}/place-legal-hold", {"scope": "organization", "case_ref": "case-9", "reason": WHY})
    (listed,) = (await firm.seen("auditor", f"{at}/legal-holds"))["items"]
    assert (listed["id"], listed["case_ref"], listed["released_at"]) == (made["item_id"], "case-9", None)
    await release(firm, made)
    again = {"hold_id": made["item_id"], "reason": WHY}
    assert await refused(firm, "admin", f"{at}/release-legal-hold", again) == (409, "hold_not_active")
    assert (await firm.seen("admin", f"{at}/legal-holds"))["items"][0]["released_at"] is not None
    assert (await firm.get("program_manager", f"{at}/legal-holds")).status_code == 403
