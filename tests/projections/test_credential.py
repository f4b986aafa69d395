"""What of a coach's hours counts for a credential, and how far it brings them: the rules of ICF and EMCC, one case each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.credential import EMCC_EIA_2021, ICF_2025, CredentialRules, DevelopmentKind
from domain.engagement.events import EngagementKind
from domain.person.credential import Development
from projections.credential.line import BEFORE_EDUCATION, EDUCATION_UNKNOWN, GROUP_TOO_LARGE, Counter, Line, Terms, lines
from projections.credential.progress import Progress, clients, months_before, progress, years
from projections.credential_log import Change, Coaching, Held, Hours, Joined
from tests.domain.spec import COACH, uuid

TODAY = date(2026, 8, 31)
EDUCATION = date(2025, 1, 10)
FIRST, SECOND, GROUP = uuid(50), uuid(51), uuid(52)
CLIENTS = {FIRST: uuid(60), SECOND: uuid(61), GROUP: uuid(62)}


def terms(rules: CredentialRules = ICF_2025, education: date | None = EDUCATION, exports: tuple[int, ...] = ()) -> Terms:
    return Terms(rules, education, TODAY, exports, lambda at: at.date())


def held(on: date, minutes: int = 60, engagement: UUID = FIRST, **fields: Any) -> Held:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    own: dict[str, Any] = {"session_id": uuid(1), "participants": 1, "position": 10, "version": 2}
    return Held(**own | {"engagement_id": engagement, "coach_id": COACH, "at": at, "minutes": minutes} | fields)


def hours(*sessions: Held, members: tuple[Joined, ...] = ()) -> Hours:
    kinds: dict[UUID, EngagementKind] = {FIRST: "individual", SECOND: "individual", GROUP: "group"}
    coachings = {
        id: Coaching(engagement_id=id, client_id=CLIENTS[id], kind=kind, program_id=None, joined=members if id == GROUP else ())
        for id, kind in kinds.items()
    }
    return Hours(sessions, coachings)


def counted(*sessions: Held, rules: CredentialRules = ICF_2025, **fields: Any) -> tuple[Line, ...]:
    members = fields.pop("members", ())
    return tuple(lines(hours(*sessions, members=members), terms(rules, **fields)))


def of_level(
    found: tuple[Line, ...],
    level: str,
    rules: CredentialRules = ICF_2025,
    listed: tuple[UUID, ...] = (),
    development: tuple[Development, ...] = (),
) -> dict[str, Progress]:
    [wanted] = [one for one in progress(rules, found, development, TODAY, listed) if one.level == level]
    return {one.requirement: one for one in wanted.requirements}


def developed(kind: DevelopmentKind, on: date, minutes: int) -> Development:
    return Development(id=uuid(90), kind=kind, held_on=on, minutes=minutes, since=None)


def test_minutes_of_the_clock_are_exact() -> None:
    """45 minutes are three quarters of an hour, and twenty of them a third, whatever is added up."""
    found = of_level(counted(held(TODAY, 45), held(TODAY, 20), held(TODAY, 20), held(TODAY, 20)), "acc")
    assert (found["hours"].numerator, found["hours"].denominator, found["hours"].unit) == (105, 6000, "minutes")
    assert found["hours"].share == Decimal("1.7500")
    assert found["hours"].n == 4


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (held(date(2025, 1, 9)), BEFORE_EDUCATION),
        (held(EDUCATION), None),
        (held(TODAY, engagement=GROUP, participants=15), None),
        (held(TODAY, engagement=GROUP, participants=16), GROUP_TOO_LARGE),
    ],
)
def test_what_counts_for_icf(session: Held, reason: str | None) -> None:
    [line] = counted(session)
    assert line.reason == reason
    assert of_level((line,), "acc")["hours"].numerator == (60 if reason is None else 0)


def test_without_the_beginning_of_education_nothing_counts_for_icf() -> None:
    assert [one.reason for one in counted(held(TODAY), education=None)] == [EDUCATION_UNKNOWN]


def test_emcc_asks_for_no_education_and_knows_no_largest_group() -> None:
    sessions = (held(date(2024, 1, 1)), held(TODAY, engagement=GROUP, participants=40))
    found = counted(*sessions, rules=EMCC_EIA_2021, education=None)
    assert [one.reason for one in found] == [None, None]
    level = of_level(found, "foundation", EMCC_EIA_2021)
    assert (level["hours"].numerator, level["years"].numerator, level["clients"].numerator) == (120, 2, 41)
    assert (level["supervision_hours"].numerator, level["development_hours"].n) == (0, 0)


def test_supervision_and_training_count_for_a_year_each_for_itself() -> None:
    year = months_before(TODAY, 12)
    entries = (
        developed("supervision", year, 60),
        developed("supervision", year - timedelta(days=1), 60),
        developed("supervision", TODAY + timedelta(days=1), 60),
        developed("training", TODAY, 240),
    )
    level = of_level(counted(rules=EMCC_EIA_2021, education=None), "foundation", EMCC_EIA_2021, development=entries)
    supervision, training = level["supervision_hours"], level["development_hours"]
    assert (supervision.numerator, supervision.denominator, supervision.n, supervision.listed) == (60, 240, 1, 60)
    assert (training.numerator, training.denominator, training.share, training.reached) == (240, 960, Decimal("25.0000"), False)


def test_a_session_of_later_than_the_day_is_not_in_the_log() -> None:
    assert counted(held(date(2026, 9, 1))) == ()


@pytest.mark.parametrize(("on", "minutes"), [(date(2025, 2, 27), 0), (date(2025, 2, 28), 60), (TODAY, 60)])
def test_the_last_eighteen_months_begin_on_the_same_day_of_the_month_or_its_last(on: date, minutes: int) -> None:
    """Of the 31st of August that is the 28th of February, which counts."""
    assert months_before(TODAY, 18) == date(2025, 2, 28)
    assert of_level(counted(held(on)), "acc")["recent_hours"].numerator == minutes


def test_paid_hours_leave_out_those_for_the_public_good() -> None:
    found = of_level(counted(held(TODAY, 90), held(TODAY, 30, pro_bono=True)), "acc")
    assert (found["hours"].numerator, found["paid_hours"].numerator, found["paid_hours"].n) == (120, 90, 1)


def test_every_member_of_a_group_is_a_client_and_nobody_is_one_twice() -> None:
    joined = (Joined(uuid(70), EDUCATION), Joined(CLIENTS[FIRST], EDUCATION), Joined(uuid(71), EDUCATION, left_on=TODAY))
    found = counted(held(TODAY), held(TODAY, engagement=GROUP, participants=3), members=joined)
    assert found[1].clients == {CLIENTS[GROUP], uuid(70), CLIENTS[FIRST]}
    assert clients(found) == 3
    more = counted(held(TODAY), held(TODAY, engagement=GROUP, participants=12), members=joined)
    assert clients(more) == 12  # nine of whom only the head-count knows


def test_of_a_group_those_count_who_are_told_to_have_come() -> None:
    """Two of three came; a number that was told beside them, or who belonged to the group, does not matter."""
    joined = (Joined(uuid(70), EDUCATION), Joined(uuid(71), EDUCATION))
    there = frozenset({CLIENTS[GROUP], uuid(71)})
    [named] = counted(held(TODAY, engagement=GROUP, participants=2, attended=there), members=joined)
    assert (named.clients, named.head_count, named.reason) == (there, 2, None)
    [unnamed] = counted(held(TODAY, engagement=GROUP, participants=2), members=joined)
    assert (len(unnamed.clients), unnamed.head_count) == (3, 3)


def test_who_came_to_a_large_group_is_what_its_size_is() -> None:
    """Of sixteen who belong to it fifteen came: it counts; where nobody said who came it does not."""
    members = tuple(Joined(uuid(200 + number), EDUCATION) for number in range(15))
    there = frozenset(one.client_id for one in members)
    [named] = counted(held(TODAY, engagement=GROUP, participants=15, attended=there), members=members)
    [unnamed] = counted(held(TODAY, engagement=GROUP), members=members)
    assert (named.reason, unnamed.reason) == (None, GROUP_TOO_LARGE)


def test_a_group_is_as_large_as_who_came_or_as_who_belongs_to_it() -> None:
    members = tuple(Joined(uuid(200 + number), EDUCATION) for number in range(15))
    [line] = counted(held(TODAY, engagement=GROUP, participants=9), members=members)
    assert (line.head_count, line.reason) == (16, GROUP_TOO_LARGE)


def test_hours_of_clients_who_do_not_consent_count_and_cannot_be_listed() -> None:
    found = counted(held(TODAY, 60), held(TODAY, 45, engagement=SECOND))
    level = of_level(found, "acc", listed=(CLIENTS[SECOND],))
    assert (level["hours"].numerator, level["hours"].listed) == (105, 45)
    assert (level["clients"].numerator, level["clients"].listed) == (2, 1)


def test_a_corrected_time_counts_as_it_stands() -> None:
    [line] = counted(held(TODAY, 60, changes=(Change(11, 3, datetime(2026, 8, 31, tzinfo=UTC), 45),)))
    assert (line.minutes, line.total, line.counters) == (45, 45, ())


def test_what_changed_after_the_log_was_handed_in_is_an_entry_of_its_own() -> None:
    """Also when another log was handed in since: the first one stays as it was."""
    at = datetime(2026, 8, 30, tzinfo=UTC)
    session = held(TODAY, 60, changes=(Change(11, 3, at, 50), Change(21, 4, at, 45), Change(41, 5, at, 55)))
    [line] = counted(session, exports=(9, 20, 40))
    assert line.minutes == 50
    assert line.counters == (Counter(4, at.date(), -5), Counter(5, at.date(), 10))
    assert line.total == 55
    [fresh] = counted(session, exports=(9,))
    assert (fresh.minutes, fresh.counters) == (55, ())


def test_figures_that_were_not_verified_say_so() -> None:
    mcc = of_level((), "mcc")
    assert {name: one.verified for name, one in mcc.items()} == {"hours": True, "paid_hours": False, "clients": False}
    assert all(one.numerator == 0 and not one.reached for one in mcc.values())


@pytest.mark.parametrize(("last", "whole"), [(date(2026, 8, 30), 1), (date(2026, 8, 31), 2)])
def test_years_are_whole(last: date, whole: int) -> None:
    assert years(date(2024, 8, 31), last) == whole
