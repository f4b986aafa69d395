"""A group in the indicators: its members are the client's side, and it lets a sponsor see what all of them do."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.engagement.events import DisclosureConsentGranted, EngagementProposed, MemberAdded, MemberRemoved, Recipient
from domain.glossary import Disclosure
from projections.kpi import authorship, program, rating
from tests.projections.history import CLIENT, COACH, ENGAGEMENT, FURTHER, PROGRAM, History, activated, asked, defined, uuid
from tests.projections.meeting import begun, reflected, stars, wai
from tests.projections.promise import committed

BEN, SPONSOR = uuid(70), uuid(50)


def group() -> History:
    """Ben is coached with the client from the tenth of January on."""
    proposed = EngagementProposed(
        engagement_id=ENGAGEMENT, client_id=CLIENT, program_id=PROGRAM, kind="group", pro_bono=False, sponsor_id=SPONSOR
    )
    joined = MemberAdded(client_id=BEN, joined_on=date(2026, 1, 10), head_count=2)
    return begun(History().on("2026-01-02", proposed, stream=ENGAGEMENT)).on("2026-01-10", joined, stream=ENGAGEMENT)


def left(history: History, on: str) -> History:
    gone = MemberRemoved(client_id=BEN, left_on=date.fromisoformat(on), head_count=1, reason_code=None, reason=None)
    return history.on(on, gone, stream=ENGAGEMENT)


def consents(history: History, on: str, who: UUID, *subjects: Disclosure) -> History:
    granted = DisclosureConsentGranted(subjects=subjects, recipient=Recipient(role="sponsor"), until=None)
    return history.on(on, granted, stream=ENGAGEMENT, actor=who)


def lets_see(history: History, day: str) -> bool:
    found = program.consent_health([history.facts], asked("to_date", day))
    assert found.denominator == 1
    return found.numerator == 1


def test_the_consent_of_one_is_not_that_of_the_group() -> None:
    assert not lets_see(consents(group(), "2026-02-01", BEN, "progress"), "2026-02-02")
    assert not lets_see(consents(group(), "2026-02-01", CLIENT, "progress"), "2026-02-02")


def test_a_group_lets_see_what_all_of_them_do() -> None:
    apart = consents(consents(group(), "2026-02-01", CLIENT, "progress"), "2026-02-05", BEN, "attendance")
    together = consents(apart, "2026-02-10", BEN, "progress")
    assert [lets_see(together, day) for day in ("2026-02-05", "2026-02-09", "2026-02-10")] == [False, False, True]


def test_who_joins_has_granted_nothing_and_who_leaves_takes_theirs_along() -> None:
    alone = consents(group(), "2026-01-05", CLIENT, "progress")
    assert [lets_see(alone, day) for day in ("2026-01-09", "2026-01-10")] == [True, False]
    gone = left(alone, "2026-02-20")
    assert [lets_see(gone, day) for day in ("2026-02-19", "2026-02-20")] == [False, True]
    back = gone.on("2026-03-01", MemberAdded(client_id=BEN, joined_on=date(2026, 3, 1), head_count=2), stream=ENGAGEMENT)
    assert not lets_see(back, "2026-03-02")


def test_who_left_takes_their_consent_for_good() -> None:
    back = left(consents(consents(group(), "2026-02-01", CLIENT, "progress"), "2026-02-01", BEN, "progress"), "2026-02-20").on(
        "2026-03-01", MemberAdded(client_id=BEN, joined_on=date(2026, 3, 1), head_count=2), stream=ENGAGEMENT
    )
    assert [lets_see(back, day) for day in ("2026-02-19", "2026-02-20", "2026-03-01")] == [True, True, False]


def test_what_members_write_and_change_is_the_clients_side_while_they_are_coached() -> None:
    history = group().on("2026-01-10", defined(by="coach")).on("2026-02-01", activated("2026-02-01"))
    changed = history.on("2026-02-10", committed("2026-03-01"), actor=BEN)
    assert [one.by_client for one in changed.facts.changes][-1]
    counted = reflected(reflected(changed, 1, "2026-02-11", author=BEN), 2, "2026-02-12", author=COACH)
    assert len(counted.facts.reflections) == 1
    after = left(counted, "2026-02-20").on("2026-02-21", committed("2026-03-02", FURTHER), actor=BEN)
    assert [one.by_client for one in after.facts.changes][-2:] == [True, False]
    share = authorship.client_authored([after.facts], asked("to_date", "2026-12-01"))
    assert share.numerator == 1


def test_the_alliance_of_one_member_is_not_measured_against_that_of_another() -> None:
    """The client goes from 36 to 48, Ben from 60 to 48: together they stay where they were, and neither did."""
    history = wai(group(), 1, "2026-02-01", goal=3, task=3, bond=3)
    history = wai(history, 1, "2026-02-02", goal=5, task=5, bond=5, by=BEN)
    until = asked("to_date", "2026-06-30")
    first = rating.alliance([history.facts], until)
    assert (first.numerator, first.n, first.clients) == (36 + 60, 2, 2)
    assert rating.alliance_change([history.facts], until).n == 0, "the first one of each"
    history = wai(wai(history, 2, "2026-03-01", goal=4, task=4, bond=4, by=BEN), 2, "2026-03-02", goal=4, task=4, bond=4)
    last, change = rating.alliance([history.facts], until), rating.alliance_change([history.facts], until)
    assert (last.numerator, last.n) == (48 + 48, 2)
    assert (change.numerator, change.n, change.clients) == (12 - 12, 2, 2)
    assert rating.alliance_change([history.facts], asked("2026-03", "2026-03-01")).numerator == -12, "by then only Ben's second"


def test_a_rating_is_of_whoever_gave_it() -> None:
    history = stars(stars(stars(group(), 1, "2026-02-01", 5), 1, "2026-02-01", 3, by=BEN), 2, "2026-03-01", 4, by=BEN)
    found = rating.stars([history.facts], asked("to_date", "2026-06-30"))
    assert (found.numerator, found.n, found.clients) == (12, 3, 2)
