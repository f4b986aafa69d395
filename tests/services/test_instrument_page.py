"""The page of questionnaires: one of the firm's own is added, changed and retired by forms, by who may, and by nobody else."""

from __future__ import annotations

from contextlib import AsyncExitStack

from tests.services.firm import Firm
from tests.services.markup import Markup
from tests.services.test_session_page import browser, hidden

AT = "/instruments"
COURAGE = "courage: Courage\nI say no. | They say no.\n\nI ask. | They ask.\n"
COMPASS = {
    **{"what": "add", "code": "corvane_compass", "label": "Corvane compass", "language": "en", "licence": "Corvane Ltd., 2026-14"},
    **{"lowest": "0", "anchors": "not yet\nat times\n\nalways", "competencies": COURAGE},
}


def entered(text: str) -> str:
    """What the first field of several lines begins with."""
    return text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]


async def test_a_firm_keeps_a_questionnaire_of_its_own_by_forms(firm: Firm, address: str) -> None:
    async with AsyncExitStack() as stack:
        manager, coach = [await stack.enter_async_context(browser(firm, address, who)) for who in ("program_manager", "coach")]
        assert AT in (await manager.shown("/programs")).addresses
        assert AT in (await coach.shown("/assessments")).addresses
        for wrong, said in (
            ({"code": "Big Name"}, "Corvane compass"),
            ({"lowest": "low"}, "A whole number."),
            ({"competencies": "I say no. | They say no."}, "I say no. | They say no."),
            ({"competencies": "courage: Courage"}, "courage: Courage"),
            ({"anchors": "always"}, "always"),
        ):
            again = await manager.client.post(AT, data=COMPASS | wrong)
            assert (again.status_code, said in again.text) == (400, True), (wrong, again.text)
            assert again.text.count('aria-invalid="true"') == 1, wrong
        assert (await manager.client.post(AT, data=COMPASS | {"competencies": COURAGE * 2})).status_code == 422
        added = await manager.client.post(AT, data=COMPASS)
        assert added.headers.get("location") == f"{AT}?done=add", added.text
        page = await manager.shown(f"{AT}?done=add")
        for words in ("The questionnaire is kept.", "corvane_compass, version 1, Corvane Ltd., 2026-14", "I ask. They ask.", "2 always"):
            assert words in page.words
        newer = await coach.client.post(AT, data=COMPASS | {"label": "Corvane compass, shorter", "anchors": "no\nyes"})
        assert newer.status_code == 303
        shown = await firm.seen("coach", "/v1/instruments/corvane_compass")
        assert (shown["version"], shown["scale_version"], [one["item"] for one in shown["competencies"][0]["items"]]) == (
            *(2, 2),
            ["courage_1", "courage_2"],
        )
        await manager.client.post(AT, data={"what": "retire", "code": "corvane_compass"})
        page = await manager.shown(AT)
        assert "Retired corvane_compass, version 2" in page.words
        assert "retire" not in hidden(page, "what")
        assert "corvane_compass" not in {one["code"] for one in (await firm.seen("coach", "/v1/instruments"))["items"]}
        back = await manager.client.post(AT, data=COMPASS)
        assert (back.status_code, "In use corvane_compass, version 3" in (await manager.shown(AT)).words) == (303, True)
        assert entered((await manager.client.get(AT)).text).split("\n") == ["not yet", "at times", "always"]


async def test_nobody_else_finds_the_page_or_is_heard(firm: Firm, address: str) -> None:
    for who in ("client", "sponsor", "auditor"):
        async with browser(firm, address, who) as other:
            assert (await other.client.get(AT)).status_code == 403, who
            assert (await other.client.post(AT, data=COMPASS)).status_code == 403, who
            assert AT not in Markup((await other.client.get("/reports")).text).addresses, who
    assert [one["code"] for one in (await firm.seen("coach", "/v1/instruments"))["items"]] == ["throughline_leadership"]
