"""The timeline: who did what when and why, as data and as sentences, with words opened, withheld or erased."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.event import EVENTS, Event
from domain.plan.events import (
    ActionDropped,
    ActionRescheduled,
    ChangeAccepted,
    ChangeProposed,
    MeasureReplaced,
    MilestoneMissed,
    ObjectiveDefined,
    StrategyAdopted,
    TargetRefined,
    TitleRefined,
    WinAcknowledged,
)
from domain.plan.smart.verdict import SmartCode
from domain.plan.terms import Baseline, Realism, StrategyTerms
from domain.reminder.events import DedupeKey, ReminderFailed, ReminderPlanned, ReminderSent, ReminderSuppressed
from domain.report.events import ReportGenerated, ReportRequested
from domain.values import ERASED, OfClient
from infra.eventstore.store import Store
from projections.plan_timeline import key
from projections.runner import Runner
from projections.sentence import PARTS, TEMPLATES, Labels, sentence
from services.wording.language import ENGLISH
from tests.projections.history import (
    CHANGE,
    CLIENT,
    COACH,
    DIGEST,
    ENGAGEMENT,
    MILESTONE,
    OBJECTIVE,
    OTHER,
    History,
    activated,
    concluded,
    defined,
    measure,
    measured,
    milestone,
    moved,
    refined,
    uuid,
    withdrawn,
)
from tests.projections.reading import Reader
from tests.projections.story import NEW_TITLE, REASON, TITLE, tell

STRATEGY, ACTION = uuid(50), uuid(51)


def known() -> Labels:
    return {
        COACH: "Dana",
        CLIENT: "Mira",
        OBJECTIVE: OfClient("Lead the team"),
        MILESTONE: OfClient("First demo"),
        STRATEGY: OfClient("Weekly practice"),
        ACTION: OfClient("Ask three colleagues"),
    }


def adopted() -> StrategyAdopted:
    terms = StrategyTerms(
        title=OfClient("Weekly practice"),
        kind="practice",
        objective_ids=(OBJECTIVE,),
        realism=Realism(hours_per_week=Decimal(2), obstacles=None),
        client_fit=8,
    )
    return StrategyAdopted(strategy_id=STRATEGY, terms=terms, evidence=(), adopted_by="client", change_id=None)


def change(what: Any) -> ChangeProposed:
    return ChangeProposed(
        change_id=CHANGE,
        change=what,
        proposed_by="coach",
        evidence=(),
        overrides=(),
        based_on=DIGEST,
        reason_code="learning",
        reason=None,
    )


KEY = DedupeKey(rule="action_due", subject_id=STRATEGY, recipient_id=CLIENT, anchor="2026-03-20", offset_days=-2)
WHY: dict[str, Any] = {"reason_code": "scope", "reason": None}
ASKED = ReportRequested(
    report_id=OTHER,
    template="client_progress",
    subject_id=ENGAGEMENT,
    period="to_date",
    as_of=date(2026, 3, 20),
    format="pdf",
    recipients=(CLIENT, COACH),
)
MADE = ReportGenerated(
    template="client_progress", template_version=1, as_of_position=9, suppressions=(), sha256=DIGEST, size=1, blob_key="r.pdf"
)

SAID: list[tuple[Event, str]] = [
    (
        ActionRescheduled(
            action_id=ACTION,
            from_=date(2026, 3, 20),
            to=date(2026, 3, 27),
            times_moved=1,
            rescheduled_by="coach",
            initiated_by="client",
            **WHY,
        ),
        "Dana moved “Ask three colleagues” from 20 March 2026 to 27 March 2026, as the client wished.",
    ),
    (
        ActionDropped(action_id=ACTION, due_on=date(2026, 3, 20), dropped_by="coach", initiated_by="coach", **WHY),
        "Dana dropped “Ask three colleagues”, due 20 March 2026, as the coach wished.",
    ),
    (
        MilestoneMissed(milestone_id=MILESTONE, due_on=date(2026, 3, 20)),
        "Dana noted that the milestone “First demo” was missed: it was due 20 March 2026.",
    ),
    (withdrawn("2026-03-20"), "Dana withdrew the milestone “First demo”, due 20 March 2026, as the coach wished."),
    (
        WinAcknowledged(
            win_id=OTHER, what=OfClient("It runs!"), on=date(2026, 3, 20), action_id=None, milestone_id=None, acknowledged_by="coach"
        ),
        "Dana acknowledged a win: “It runs!”",
    ),
    (ReminderSent(key=KEY, channel="email", provider_ref=None), "Dana reminded Mira by email: action due."),
    (ReminderSuppressed(key=KEY, why="settled"), "Dana left out a reminder of Mira: action due (settled)."),
    (ReminderFailed(key=KEY, channel="email", why="gave_up"), "Dana could not remind Mira by email: action due (gave up)."),
    (ASKED, "Dana asked for a report (client progress, pdf) up to 20 March 2026, for Mira, Dana."),
    (MADE, "Dana made the report (client progress) that was asked for."),
    (
        moved("2026-03-20", "2026-04-03"),
        "Dana moved the milestone “First demo” from 20 March 2026 to 3 April 2026 (14 days later), as the coach wished.",
    ),
    (
        moved("2026-03-20", "2026-03-19"),
        "Dana moved the milestone “First demo” from 20 March 2026 to 19 March 2026 (1 day earlier), as the coach wished.",
    ),
    (defined(title=OfClient("Ship it!"), due_on=None), "Dana defined the objective “Ship it!”"),
    (
        defined(OBJECTIVE, SmartCode.NO_MEASURE, SmartCode.NO_TARGET, title=OfClient("Be better")),
        "Dana defined the objective “Be better”, due 30 June 2026; not SMART yet: M1, M4.",
    ),
    (
        refined(TargetRefined(from_=Decimal("80.0"), to=Decimal(90))),
        "Dana changed the objective “Lead the team”: its target from 80 to 90.",
    ),
    (
        refined(TitleRefined(to=OfClient("Lead two teams"), replaces=2)),
        "Dana changed the objective “Lead the team”: it is called “Lead two teams”.",
    ),
    (
        refined(
            MeasureReplaced(
                to=measure(),
                version=2,
                baseline=Baseline(value=Decimal(1), at=date(2026, 3, 1)),
                baseline_by=None,
                target=Decimal(9),
                replaces=2,
            )
        ),
        "Dana changed the objective “Lead the team”: it has a new measure, “Team members who would work with me again”, with target 9.",
    ),
    (adopted(), "Dana adopted the strategy “Weekly practice” (practice) for “Lead the team”."),
    (milestone("2026-03-20"), "Dana set the milestone “Half of the team convinced” of “Lead the team” for 20 March 2026."),
    (measured(60, "2026-03-01"), "Dana measured 60 for “Lead the team” on 1 March 2026."),
    (activated("2026-02-01"), "Dana activated version 1 of the plan."),
    (concluded("partly_attained"), "Dana judged the objective “Lead the team”: partly attained."),
    (
        change(refined(TargetRefined(from_=None, to=Decimal(90)))),
        "Dana proposed to change the objective “Lead the team”: its target from none to 90.",
    ),
    (change(defined(OTHER)), "Dana proposed to add the objective “Lead the billing project team to its first release”, due 30 June 2026."),
]


@pytest.mark.parametrize(("event", "expected"), SAID, ids=[f"{type(event).__name__}-{number}" for number, (event, _) in enumerate(SAID)])
def test_an_event_reads_as_a_sentence(event: Event, expected: str) -> None:
    assert sentence(event, COACH, known(), ENGLISH) == expected


def test_things_are_called_what_they_were_called_at_that_moment() -> None:
    labels = known()
    told = [
        sentence(event, COACH, labels, ENGLISH)
        for event in (
            defined(title=OfClient("Lead the team")),
            refined(TitleRefined(to=OfClient("Lead two teams"), replaces=2)),
            measured(60, "2026-03-01"),
        )
    ]
    assert "“Lead the team”: it is called “Lead two teams”" in told[1]
    assert "measured 60 for “Lead two teams”" in told[2]


def test_an_accepted_change_says_what_it_was() -> None:
    labels = known()
    sentence(change(refined(TargetRefined(from_=Decimal(80), to=Decimal(90)))), COACH, labels, ENGLISH)
    accepted = ChangeAccepted(change_id=CHANGE, party="client", plan_version=2, overrides=())
    assert sentence(accepted, CLIENT, labels, ENGLISH) == (
        "Mira accepted for the client side the change to change the objective “Lead the team”: its target from 80 to 90, which makes version 2."
    )


def test_words_that_are_sealed_are_withheld_and_words_without_a_key_are_erased() -> None:
    assert (
        sentence(defined(title=OfClient(sealed="x")), COACH, known(), ENGLISH) == "Dana defined the objective [withheld], due 30 June 2026."
    )
    assert sentence(defined(title=OfClient(ERASED)), COACH, known(), ENGLISH) == "Dana defined the objective [erased], due 30 June 2026."


def test_every_event_of_an_engagement_has_a_template() -> None:
    """A reminder that is only planned is none yet: what comes of it is told."""
    nouns = ("plan.", "engagement.", "assessment.", "session.", "evaluation.", "reminder.", "report.")
    assert {kind for name, kind in EVENTS.items() if name.startswith(nouns)} - {ReminderPlanned} == TEMPLATES.keys()


def test_what_belongs_to_no_engagement_is_in_no_timeline() -> None:
    history = History().on("2026-03-20", ASKED, stream=OTHER)
    belonging = history.feds[-1]
    assert key(belonging) is not None
    assert key(msgspec.structs.replace(belonging, engagement_id=None)) is None
    assert key(history.feds[0]) is not None, "an engagement's own"


def test_every_template_names_fields_that_its_event_has() -> None:
    import string

    for kind, template in (TEMPLATES | PARTS).items():
        named = {field.split(".")[0] for _, field, _, _ in string.Formatter().parse(template) if field}
        assert named <= set(kind.__struct_fields__), kind


class TestRead:
    async def test_each_event_is_data_too_with_who_and_why(self, store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
        story = await tell(store, tenant)
        await runner.catch_up()
        told = await reader.timeline(tenant, story.engagement)
        assert [entry.position for entry in told] == sorted(entry.position for entry in told)
        assert len(told) == 12
        (moved,) = (entry for entry in told if entry.kind == "plan.milestone_adjusted")
        assert (moved.actor, moved.role, moved.initiator, moved.reason_code) == (story.coach, "coach", "client", "capacity")
        assert moved.reason is not None
        assert moved.reason.plain() == REASON
        assert moved.sentence == (
            "Dana Reyes moved the milestone “Half of the team convinced” from 20 March 2026 to 3 April 2026 (14 days later), as the client wished."
        )

    async def test_the_old_words_stay_where_they_were_said(self, store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
        story = await tell(store, tenant)
        await runner.catch_up()
        sentences = " ".join(entry.sentence for entry in await reader.timeline(tenant, story.engagement))
        assert f"defined the objective “{TITLE}”" in sentences
        assert f"changed the objective “{TITLE}”: it is called “{NEW_TITLE}”" in sentences
        assert f"measured 60 for “{NEW_TITLE}”" in sentences

    async def test_without_words_nothing_personal_is_in_it(self, store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
        story = await tell(store, tenant)
        await runner.catch_up()
        told = await reader.timeline(tenant, story.engagement, words=False)
        assert told[3].sentence == "The coach defined the objective [withheld], due 30 June 2026."
        event = told[3].event
        assert isinstance(event, ObjectiveDefined)
        assert not event.terms.title.is_open
        everything = " ".join(entry.sentence for entry in told)
        assert not any(word in everything for word in (TITLE, NEW_TITLE, REASON, "Mira", "Dana"))

    async def test_another_engagement_is_not_in_it(self, store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
        first, second = await tell(store, tenant), await tell(store, tenant)
        await runner.catch_up()
        assert {entry.stream_id for entry in await reader.timeline(tenant, second.engagement)} == {second.engagement, second.plan}
        assert await reader.timeline(UUID(int=7), first.engagement) == []
