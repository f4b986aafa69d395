"""Who learns of an emergency: the client and the coach, who is to approve it, and who audits."""

from __future__ import annotations

from uuid import UUID

from litestar import Litestar

from domain.values import NIL
from services.actor import Actor
from tests.services.glass import REASON, Glass


async def test_every_reading_is_noted_and_the_client_sees_it_all(glass: Glass) -> None:
    await glass.reads_words("program_manager")
    await glass.open()
    await glass.reads_words("program_manager")
    told = await glass.told()
    read = [(one["action"], one["purpose"], "words" in one["classes"]) for one in told["items"] if one["action"] == "read_plan"]
    assert read == [("read_plan", "emergency", True), ("read_plan", "role", False)]
    (emergency,) = told["emergencies"]
    ids = glass.firm.ids
    assert (emergency["standing"], emergency["reason_code"], emergency["reason"]) == ("open", "danger", REASON)
    assert (emergency["asker_id"], emergency["answered_by"]) == (ids["program_manager"], ids["admin"])
    assert {one["name"] for one in told["people"]} >= {"Person program_manager", "Ada Admin"}
    asker = [one["classes"] for one in told["possible"] if one["person_id"] == ids["program_manager"]]
    assert ["words" in classes for classes in asker] == [True]
    await glass.send("program_manager", "end")
    (ended,) = (await glass.told())["emergencies"]
    assert (ended["standing"], ended["ended_by"]) == ("ended", ids["program_manager"])


async def test_the_pages_show_it_to_client_and_coach(glass: Glass) -> None:
    await glass.open()
    await glass.reads_words("program_manager")
    plan = f"/plans/{glass.firm.ids['plan']}"
    for who, path in (("client", plan), ("coach", plan), ("client", "/accesses")):
        shown = await glass.text(who, path)
        for said in ("Open now", "Person program_manager", "Ada Admin", REASON):
            assert said in shown, (who, path, said)
    assert "opened in an emergency" in await glass.text("client", "/accesses")
    assert REASON not in await glass.text("sponsor", plan)
    assert "Emergencies" not in await glass.text("sponsor", plan)


async def test_who_is_to_approve_reads_why(glass: Glass) -> None:
    await glass.ask()
    for who, reason in (("admin", REASON), ("deputy", REASON), ("client", REASON), ("coach", REASON), ("auditor", {"withheld": True})):
        (one,) = (await glass.listed(who))["items"]
        assert (one["standing"], one["reason"]) == ("waiting", reason), who
    for who in ("sponsor", "integration", "stranger"):
        assert (await glass.firm.get(who, f"{glass.at}/emergency-accesses")).status_code in {403, 404}


async def test_an_auditor_finds_it_and_nothing_improper_in_it(glass: Glass) -> None:
    await glass.open()
    await glass.reads_words("program_manager")
    await glass.send("admin", "end")
    about = f"?about={glass.firm.ids['client']}"
    seen = await glass.firm.seen("auditor", f"/v1/audit/seen-by-others{about}")
    kinds = [one["kind"] for one in seen["findings"]]
    assert {"emergency_opened", "was_shown_in_emergency"} <= {*kinds}
    (opened,) = (one for one in seen["findings"] if one["kind"] == "emergency_opened")
    assert len(opened["evidence"]) == 3
    assert "which an emergency had opened" in next(one["sentence"] for one in seen["findings"] if one["kind"] == "was_shown_in_emergency")
    improper = await glass.firm.seen("auditor", f"/v1/audit/improper-reads{about}")
    assert improper["standing_out"] == 0
    assert [one["kind"] for one in improper["findings"]] == ["emergency_opened"]


async def test_a_reading_that_no_emergency_opened_is_improper(app: Litestar, glass: Glass) -> None:
    """Before it was opened, by somebody else than the asker, and after it was ended."""
    ids, reads = glass.firm.ids, app.state.reads
    client, plan = UUID(ids["client"]), UUID(ids["plan"])

    async def note(who: str) -> None:
        actor = Actor(glass.firm.tenant, UUID(ids[who]), "program_manager", NIL)
        reads.recorder.recent.clear()
        await reads.recorder.note(actor, "read_plan", [client], {"words"}, plan, "emergency")

    await note("program_manager")
    await glass.open()
    await note("deputy")
    await note("program_manager")
    improper = await glass.firm.seen("auditor", f"/v1/audit/improper-reads?about={ids['client']}")
    wrong = sorted(one["facts"]["reader"] for one in improper["findings"] if one["stands_out"])
    assert wrong == sorted([ids["program_manager"], ids["deputy"]])
