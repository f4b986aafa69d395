"""An engagement that goes from coach to coach, asked for through every route that reads: nobody reads a word that was not handed over.

Each word that somebody writes stands in one text alone, so that an answer tells whose words it shows.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.services.desk import Desk
from tests.services.firm import Firm
from tests.services.idor.route import Asked, asked, given, is_open
from tests.services.idor.world import furnish
from tests.services.test_execution import active

WHY = {"reason": "The former coach moves abroad."}
SAID = "What is said stays here."
"""The text of the agreement, which is everybody's who is a party to the coaching."""


def reads(app: Litestar) -> list[Asked]:
    """Every route that answers GET."""
    found = ((route.path, handler) for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers)
    return [asked(app, path, "GET", handler) for path, handler in found if "GET" in handler.http_methods]


class Word(NamedTuple):
    """What somebody wrote, and what has to be handed over for it to be read: `own` is private, `never` goes over to nobody."""

    text: str
    author: str
    by: str


class Relay:
    """The engagement of a firm with the words that were written in it, by the coach who wrote them."""

    def __init__(self, app: Litestar, firm: Firm) -> None:
        self.app = app
        self.firm = firm
        self.coach = "coach"
        self.words: dict[str, list[Word]] = {}

    @property
    def at(self) -> str:
        return f"/v1/engagements/{self.firm.ids['engagement']}"

    async def write(self) -> None:
        """As the coach of now, into everything that holds words."""
        firm, ids, coach = self.firm, self.firm.ids, self.coach
        booked = {"engagement_id": ids["engagement"], "starts_at": "2198-12-08T09:00:00Z"}
        ids[f"session of {coach}"] = (await firm.done(coach, "/v1/sessions", booked))["id"]
        plan, session = f"/v1/plans/{ids['plan']}", f"/v1/sessions/{ids[f'session of {coach}']}"
        found = self.words.setdefault(coach, [])

        def word(kind: str, by: str, author: str = coach) -> str:
            found.append(Word(f"canary-{coach}-{kind}", author, by))
            return f"I know: canary-{coach}-{kind}."

        action = {"text": word("action", "objectives"), "owner": ids["client"], "due_on": "2199-01-31", "objective_id": ids["objective"]}
        await firm.done(coach, f"{plan}/commit-action", action)
        milestone = {"objective_id": ids["objective"], "title": word("milestone", "objectives"), "due_on": "2199-01-31", "benchmark": "6"}
        await firm.done(coach, f"{plan}/set-milestone", milestone)
        await firm.done(coach, f"{plan}/acknowledge-win", {"what": word("win", "objectives")})
        moved = {"milestone_id": ids["milestone"], "from": ids["milestone_due"], "to": later(ids), "initiated_by": "client"}
        await firm.done(coach, f"{plan}/adjust-milestone", {**moved, "reason": word("move", "objectives")})
        for command in ("record-session-note", "record-reflection", "capture-insight"):
            for visibility in ("shared", "private_coach"):
                by = "shared_notes" if visibility == "shared" else "own"
                body = {"text": word(f"{visibility}-{command}", by), "visibility": visibility}
                await firm.done(coach, f"{session}/{command}", body)
        body = {"text": word("client", "own", "client"), "visibility": "private_client"}
        await firm.done("client", f"{session}/record-reflection", body)
        due = {"engagement_id": ids["engagement"], "kind": "interim", "point": f"of-{coach}", "due_on": "2199-01-01"}
        judged = (await firm.done(coach, "/v1/evaluations", due))["id"]
        judgement = {"plan_version": 1, "effectiveness": 4, "summary": word("evaluation", "never")}
        await firm.done("client", f"/v1/evaluations/{judged}/record-evaluation", judgement)
        await firm.done(coach, f"{self.at}/pause-engagement", {"reason": word("pause", "never"), "shifts_due_dates": False})
        await firm.done(coach, f"{self.at}/resume-engagement", {"reason": word("resume", "never")})
        ids[f"evaluation of {coach}"] = judged

    async def hand_over(self, to: str, scope: str) -> None:
        change = {"from": self.firm.ids[self.coach], "to": self.firm.ids[to], "handover_scope": scope, **WHY}
        await self.firm.done("program_manager", f"{self.at}/reassign-coach", change)
        self.coach = to

    async def read(self, who: str) -> dict[str, str]:
        """What every route answers to somebody who knows every id: path -> text, of what is answered at all."""
        await self.firm.runner.catch_up()
        found = {}
        for one in (route for route in reads(self.app) if not is_open(route)):
            if one.noun in {"key", "sign_in"}:
                continue
            for path in self.paths(one):
                answer = await self.firm.send(who, "GET", path, **given(one, self.firm.ids))
                assert answer.status_code < 500, (path, answer.text)
                if answer.status_code == 200:
                    found[path] = answer.text
        return found

    def paths(self, one: Asked) -> list[str]:
        ids = self.firm.ids
        if one.noun is None:
            return [one.path]
        others = [ids[name] for name in ids if name.startswith(f"{one.noun} of ")]
        return [one.at(id) for id in (ids[one.noun], *others)]


def later(ids: dict[str, str]) -> str:
    """Each time another day for the milestone."""
    day = int(ids["milestone_due"][-2:]) - 1
    ids["milestone_due"] = f"2199-01-{day:02}"
    return ids["milestone_due"]


@pytest.fixture
async def relay(app: Litestar, firm: Firm) -> Relay:
    await furnish(app, firm)
    firm.ids["milestone_due"] = "2199-01-31"
    for name in ("second", "third", "fourth"):
        await firm.enter(name, "coach")
        pool = {"coach_id": firm.ids[name], "max_engagements": 1}
        await firm.done("program_manager", f"/v1/programs/{firm.ids['program']}/add-coach-to-pool", pool)
    return Relay(app, firm)


def seen(answers: dict[str, str], words: list[Word]) -> set[str]:
    """Which of the words stand in some answer."""
    return {word.text for word in words if any(word.text in text for text in answers.values())}


def expected(relay: Relay, who: str, handed: tuple[str, ...]) -> set[str]:
    """Of the words of earlier coaches what was handed over, of the time of this one all but what is private to others."""
    found = set()
    for coach, words in relay.words.items():
        for word in words:
            if coach == who:
                found |= {word.text} if word.by != "own" or word.author == who else set()
            else:
                found |= {word.text} if word.by in handed else set()
    return found


async def test_a_coach_who_takes_over_reads_what_was_handed_over_and_the_one_who_left_nothing(relay: Relay) -> None:
    firm = relay.firm
    await relay.write()
    for to, scope, handed in (
        ("second", "none", ()),
        ("third", "objectives", ("objectives",)),
        ("fourth", "shared_notes", ("objectives", "shared_notes")),
    ):
        if scope == "shared_notes":
            await firm.done("client", f"{relay.at}/grant-handover-consent", {"coach_id": firm.ids[to]})
        left = relay.coach
        await relay.hand_over(to, scope)
        await require_gone(relay, left)
        await relay.write()
        answers = await relay.read(to)
        words = [word for of in relay.words.values() for word in of]
        assert seen(answers, words) == expected(relay, to, handed), (to, scope)
        assert SAID in answers[relay.at]
        assert '"withheld":true' in answers[f"/v1/plans/{firm.ids['plan']}/timeline"].replace(" ", "")
    await firm.done("client", f"{relay.at}/withdraw-handover-consent", {})
    assert seen(await relay.read("fourth"), words) == expected(relay, "fourth", ("objectives",))
    everything = {word.text for word in words if word.by != "own" or word.author == "client"}
    assert seen(await relay.read("client"), words) == everything
    for who in ("program_manager", "auditor", "sponsor", "admin", "integration"):
        shown = seen(await relay.read(who), words)
        assert shown <= ({word.text for word in words if "evaluation" in word.text} if who == "sponsor" else set()), who


async def require_gone(relay: Relay, who: str) -> None:
    """Whoever left finds nothing of it: not by an id, and not in a list."""
    ids = relay.firm.ids
    answers = await relay.read(who)
    for noun in ("engagement", "plan", "session", "evaluation", "assessment", "report"):
        assert (await relay.firm.get(who, f"/v1/{noun}s/{ids[noun]}")).status_code == 404, (who, noun)
    for path, text in answers.items():
        for noun in ("engagement", "plan", "session", "evaluation", "assessment", "report"):
            assert ids[noun] not in text, (who, path)


async def test_a_report_that_was_made_for_another_coach_is_not_for_the_one_who_took_over(app: Litestar, planned: Firm) -> None:
    """One that is made for them leaves the words of before out, and is shared with them."""
    await active(planned)
    await planned.done("program_manager", f"/v1/programs/{planned.ids['program']}/add-coach-to-pool", pooled(planned))
    desk = Desk(app, planned)
    before = await desk.ask("client", "client", "coach")
    await desk.make(before)
    change = {"from": planned.ids["coach"], "to": planned.ids["stranger"], **WHY}
    await planned.done("program_manager", f"/v1/engagements/{planned.ids['engagement']}/reassign-coach", change)
    assert (await planned.get("coach", f"/v1/reports/{before}")).status_code == 404
    shared = await planned.post("client", f"/v1/reports/{before}/share-report", {"recipients": [planned.ids["stranger"]]})
    assert (shared.status_code, shared.json()["code"]) == (422, "file_tells_more")
    told = await desk.got("stranger", "stranger")
    assert "Meet" not in str(told)
    assert any(one["what"].startswith("words_before.") for one in told["left_out"])
    assert "Meet" in str(await desk.got("client", "client"))


def pooled(firm: Firm) -> dict[str, Any]:
    return {"coach_id": firm.ids["stranger"], "max_engagements": 1}
