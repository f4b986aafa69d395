"""The pages that look back: a plan as it stood, what changed in it, the ledger, and who saw what."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from httpx import Response

from tests.services.firm import Firm, today
from tests.services.markup import Markup
from tests.services.test_as_of import head, rename
from tests.services.test_execution import active

BROWSER = {"Accept": "text/html"}
SECRETS = r"\b(Meet|Lead|Because of|One-to-ones)\b"


async def answered(firm: Firm, who: str, path: str, status: int = 200) -> Markup:
    await firm.runner.catch_up()
    answer = await firm.send(who, "GET", path, headers=BROWSER)
    assert answer.status_code == status, answer.text
    return Markup(answer.text)


@pytest.fixture
async def renamed(planned: Firm) -> tuple[Firm, str, int]:
    """A plan whose objective was called `Meet` up to the position, and is called `Lead` since."""
    position = await head(planned)
    await rename(planned, "Lead")
    return planned, f"/plans/{planned.ids['plan']}", position


async def test_everything_on_the_page_is_the_plan_of_then(renamed: tuple[Firm, str, int]) -> None:
    firm, at, position = renamed
    digest = (await firm.seen("client", f"/v1{at}/as-of?position={position}"))["moment"]["digest"]
    then = await answered(firm, "client", f"{at}?as_of=position:{position}")
    assert re.search(rf"As of \d+ \w+ \d{{4}}, \d\d:\d\d \(Europe/Berlin\), position {position}, digest {digest[:12]}", then.words)
    assert "defined the objective “Meet”" in then.words
    assert "Lead" not in then.words
    assert at in then.addresses  # back to today
    now = await answered(firm, "client", at)
    assert "1 Lead" in now.words
    assert "Back to today" not in now.words


async def test_a_comparison_says_where_nothing_was_recorded_by_the_day(renamed: tuple[Firm, str, int]) -> None:
    firm, at, _ = renamed
    since = "Nothing of this plan was recorded by the end of 2 Jan 2020: its record begins on"
    shown = await answered(firm, "auditor", f"{at}/compare?from=2020-01-02")
    assert since in shown.words
    assert [one.attributes["value"] for one in shown.all("input") if one.attributes.get("name") == "from"] == ["2020-01-02"]
    for query in ("from=2020-01-02&clock=occurred", "from=position:1"):
        assert "Nothing of this plan was recorded" not in (await answered(firm, "auditor", f"{at}/compare?{query}")).words


@pytest.mark.parametrize("who", ["program_manager", "auditor"])
async def test_who_reads_no_words_today_reads_none_of_the_past(renamed: tuple[Firm, str, int], who: str) -> None:
    firm, at, position = renamed
    for path in (f"{at}?as_of=position:{position}", f"{at}/compare?from=position:{position}", f"{at}/ledger", "/ledger"):
        words = (await answered(firm, who, path)).words
        assert not re.search(SECRETS, words), path
        assert "Person client" not in words or who == "program_manager", path


async def test_each_moment_on_the_line_leads_to_the_plan_of_then(planned: Firm) -> None:
    await active(planned)
    at = f"/plans/{planned.ids['plan']}"
    for query in ("", f"?as_of={today()}&clock=occurred"):
        moments = {one for one in (await answered(planned, "coach", at + query)).addresses if "?as_of=" in one}
        assert moments
        for address in moments:
            found = await answered(planned, "coach", unquote(address))
            assert "Back to today" in found.words


@pytest.mark.parametrize("clock", ["recorded", "occurred", "both"])
async def test_a_day_is_one_of_the_clock_beside_it(renamed: tuple[Firm, str, int], clock: str) -> None:
    firm, at, _ = renamed
    markup = await answered(firm, "client", f"{at}?as_of={today()}&clock={clock}")
    chosen = [one.attributes["value"] for one in markup.all("option") if "selected" in one.attributes]
    assert chosen == [clock]
    assert "1 Lead" in markup.words


async def test_before_a_plan_there_is_none_and_another_day_can_be_chosen(renamed: tuple[Firm, str, int]) -> None:
    firm, at, _ = renamed
    for moment in ("position:1", "2001-01-01"):
        markup = await answered(firm, "client", f"{at}?as_of={moment}", 404)
        assert "Not begun yet" in markup.words
        assert [one.attributes["action"] for one in markup.all("form") if one.attributes["method"] == "get"] == [at]


@pytest.mark.parametrize(
    "query",
    ["as_of=x", "as_of=2026-02-30", "as_of=2026-03-01&clock=x", "as_of=position:0", "when=2026-03-01"],
)
async def test_a_moment_that_cannot_be_read_is_refused(renamed: tuple[Firm, str, int], query: str) -> None:
    firm, at, _ = renamed
    await answered(firm, "client", f"{at}?{query}", 400)


@pytest.mark.parametrize(("who", "status"), [("sponsor", 403), ("stranger", 404)])
async def test_nobody_else_looks_back(renamed: tuple[Firm, str, int], who: str, status: int) -> None:
    firm, at, position = renamed
    for path in (f"{at}?as_of=position:{position}", f"{at}/compare", f"{at}/ledger"):
        await answered(firm, who, path, status)
    if who == "sponsor":
        assert not [one for one in (await answered(firm, who, at)).addresses if "compare" in one or "as_of" in one]


async def test_a_comparison_tells_what_changed_by_reason_and_wish(renamed: tuple[Firm, str, int]) -> None:
    firm, at, position = renamed
    words = (await answered(firm, "client", f"{at}/compare?from=position:{position}")).words
    assert "1 refined" in words
    assert "Scope, wished by the client" in words
    assert "changed from “Meet” to “Lead”" in words
    assert "Nothing changed between these two moments." in (await answered(firm, "client", f"{at}/compare?from=now")).words
    await answered(firm, "client", f"{at}/compare?from=now&to=position:{position}", 422)


async def read_it(firm: Firm, who: str, path: str, position: str, origin: str = "http://throughline.test") -> Response:
    headers = {"Origin": origin, "Cookie": f"throughline_session={firm.keys[who]}"}
    return await firm.client.post(path, data={"position": position}, headers=headers)


async def test_a_comparison_goes_on_where_somebody_read_last(renamed: tuple[Firm, str, int]) -> None:
    firm, at, position = renamed
    origin = str(firm.client.base_url).rstrip("/")
    assert "before the plan was begun" in (await answered(firm, "coach", f"{at}/compare")).words
    kept = await read_it(firm, "coach", f"{at}/compare", str(position), origin)
    assert (kept.status_code, kept.headers["location"]) == (303, f"{at}/compare")
    assert "1 refined" in (await answered(firm, "coach", f"{at}/compare")).words
    await read_it(firm, "coach", f"{at}/compare", str(position + 1), origin)
    assert "Nothing changed since you last looked." in (await answered(firm, "coach", f"{at}/compare")).words
    assert "1 refined" not in (await answered(firm, "client", f"{at}/compare")).words  # who has not read anything sees it whole
    for who, place, told in (("coach", "http://evil.example", "403"), ("sponsor", origin, "403"), ("stranger", origin, "404")):
        assert str((await read_it(firm, who, f"{at}/compare", "1", place)).status_code) == told, who


async def test_a_ledger_can_be_narrowed_and_kept(renamed: tuple[Firm, str, int]) -> None:
    firm, at, _ = renamed
    await active(firm)
    body = {"objective_id": firm.ids["Meet"], "value": "5", "source": "calendar"}
    await firm.done("client", f"/v1{at}/measure-progress", body)
    whole = await answered(firm, "auditor", "/ledger")
    assert "Plan approved (client) version 1" in whole.words
    some = await answered(firm, "auditor", f"/ledger?program={firm.ids['program']}&kind=plan_activated&flag=&reason=&from=&to=")
    assert "Only: Program: Leading with clarity, Kind: Plan activated." in some.words
    assert "version 1" in some.words
    assert "Plan approved (" not in some.words
    (file,) = (one for one in some.addresses if "format=csv" in one)
    content = (await firm.get("auditor", file)).text.splitlines()
    assert len(content) == 2  # its head, and the one change
    assert "No change matches." in (await answered(firm, "auditor", "/ledger?flag=gate_overridden")).words


async def test_a_plans_ledger_calls_things_by_their_name_for_who_may_read_it(planned: Firm) -> None:
    at = f"/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": "2199-02-01"}
    milestone = (await planned.done("coach", f"/v1{at}/set-milestone", body))["item_id"]
    await active(planned)
    move = {"milestone_id": milestone, "from": "2199-02-01", "to": "2199-02-11", "reason_code": "capacity", "initiated_by": "client"}
    await planned.done("client", f"/v1{at}/adjust-milestone", move)
    words = (await answered(planned, "client", f"{at}/ledger")).words
    assert "Milestone moved: Half way 1 Feb 2199 → 11 Feb 2199 (10 days later)" in words
    assert "Half way Original 1 Feb 2199 Current 11 Feb 2199 1 time Drift +10 d" in words
    words = (await answered(planned, "auditor", f"{at}/ledger")).words
    assert "Milestone moved: withheld 1 Feb 2199 → 11 Feb 2199 (10 days later)" in words


async def test_a_ledger_names_nobody_whom_it_does_not_tell_of(renamed: tuple[Firm, str, int]) -> None:
    firm, at, _ = renamed
    words = (await answered(firm, "client", f"{at}/ledger?actor={firm.ids['stranger']}")).words
    assert "Person stranger" not in words


@pytest.mark.parametrize(
    "query", ["flag=x", "kind=x", "initiator=x", "actor=x", "from=x", "to=2026-13-01", "program='", "cursor=x", "limit=5"]
)
async def test_a_filter_of_the_ledger_that_cannot_be_read_is_refused(firm: Firm, query: str) -> None:
    await answered(firm, "auditor", f"/ledger?{query}", 400)


async def test_an_empty_ledger_says_so(firm: Firm) -> None:
    assert "Nothing of what was agreed was changed yet." in (await answered(firm, "auditor", "/ledger")).words


async def test_a_client_learns_who_saw_what_and_what_could_be_seen(planned: Firm) -> None:
    await planned.consent(("progress",))
    await planned.seen("auditor", f"/v1/plans/{planned.ids['plan']}")
    words = (await answered(planned, "client", "/accesses")).words
    assert "Who saw what about me" in words
    assert "Sponsor Person sponsor Name, progress" in words
    assert "Person auditor auditor" in words
    assert "asked for: the plan" in words
    earlier = (await answered(planned, "client", "/accesses?until=2001-01-01")).words
    assert "Nothing of a coaching engagement was recorded by the end of that day" in earlier
    assert "Nobody outside of the coaching was shown anything" in earlier
    assert "/accesses" in (await answered(planned, "client", "/plans")).addresses


async def test_who_saw_what_about_somebody_is_for_them_and_for_who_audits(planned: Firm) -> None:
    path = f"/accesses?person={planned.ids['client']}"
    for who, status in (("auditor", 200), ("admin", 200), ("coach", 404), ("sponsor", 404), ("program_manager", 403)):
        markup = await answered(planned, who, path, status)
        assert "about me" not in markup.words
    assert "Person client" not in (await answered(planned, "auditor", path)).words
    assert [one for one in (await answered(planned, "auditor", f"/plans/{planned.ids['plan']}")).addresses if one.startswith(path)]
    for query in ("person=x", "until=x", "cursor=x"):
        await answered(planned, "client", f"/accesses?{query}", 400)
