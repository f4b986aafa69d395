"""Random worlds: what is decided one by one, what lists show from PostgreSQL, and what the roles' table says in words, agree.

The oracle is `tests/services/oracle.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from uuid_utils.compat import uuid7

from domain.engagement.events import CoachAssigned, EngagementActivated, EngagementKind, EngagementProposed, MemberAdded, MemberRemoved
from domain.errors import NotFound, NotPermitted
from domain.event import Actors, Event
from domain.person.events import MembershipGranted
from domain.plan.events import PlanDrafted
from infra.eventstore.intent import Change, Intent
from infra.eventstore.reading import Reading
from projections import current
from projections.runner import Runner
from projections.snapshot import snapshot
from services.actor import ROLES, Actor
from services.permission.membership import acting
from services.permission.policy import Facts, decide, require, scope
from services.permission.relation import of_engagement
from services.reading.view import ALL, Sight, sight
from tests.infra.told import register
from tests.services.oracle import (
    COMMANDS,
    SHOWN,
    Holding,
    Standing,
    does,
    verdict,
)

PERSON: Final = st.integers(0, 3)
PROGRAM: Final = st.none() | st.integers(0, 1)
STAGE: Final = st.sampled_from(["proposed", "contracted", "active", "paused", "completed", "ended_early", "cancelled"])
SOME: Final = st.frozensets(PERSON, max_size=3)
ENGAGEMENT: Final = st.builds(Standing, PERSON, st.none() | PERSON, st.none() | PERSON, PROGRAM, STAGE, SOME, SOME)
HOLDING: Final = st.builds(Holding, PERSON, st.sampled_from(ROLES), PROGRAM, st.sampled_from([None, -30, -1, 0, 1]))
IN_ROLE: Final = st.tuples(
    PERSON, st.sampled_from([*ROLES, "operator", "worker"]), st.none() | st.frozensets(st.integers(0, 1), min_size=1)
)


def id_of(number: int) -> UUID:
    return UUID(int=number + 1)


def facts_of(one: Standing) -> Facts:
    def those(number: int | None, offset: int = 0) -> frozenset[UUID]:
        return frozenset() if number is None else frozenset({id_of(number + offset)})

    return Facts(
        those(one.client),
        those(one.coach),
        those(one.sponsor),
        those(one.program, 100),
        one.stage,
        members=frozenset(map(id_of, one.members - {one.client})),
        unsigned=frozenset(map(id_of, one.unsigned)),
    )


def actor_of(person: int, role: str, programs: frozenset[int] | None) -> Actor:
    within = None if programs is None else frozenset(id_of(number + 100) for number in programs)
    return Actor(UUID(int=999), id_of(person), role, UUID(int=998), programs=within)  # type: ignore[arg-type]


@given(IN_ROLE, ENGAGEMENT, st.sampled_from([*COMMANDS, *SHOWN]))
@settings(max_examples=300)
def test_each_decision_is_the_one_that_the_table_says_in_words(
    who: tuple[int, str, frozenset[int] | None], one: Standing, action: str
) -> None:
    actor, facts, wanted = actor_of(*who), facts_of(one), verdict(*who, action, one)
    if wanted == "allowed":
        require(actor, action, facts)
    else:
        with pytest.raises(NotFound if wanted == "absent" else NotPermitted):
            require(actor, action, facts)


def test_every_command_about_coaching_and_every_role_is_said_in_words() -> None:
    """All of them at once, with a relation: no random world leaves one out."""
    one = Standing(0, 0, 0, 0)
    for action in (*COMMANDS, *SHOWN):
        for role in (*ROLES, "operator", "worker"):
            found = type(decide(actor_of(0, role, None), action, facts_of(one))).__name__
            assert (found == "Allow") == does(role, action), (role, action)


@given(IN_ROLE, ENGAGEMENT, st.sampled_from([*COMMANDS, *SHOWN]), st.none() | st.integers(0, 1))
@settings(max_examples=150)
def test_a_wider_role_takes_nothing_away(who: tuple[int, str, frozenset[int] | None], one: Standing, action: str, more: int | None) -> None:
    person, role, programs = who
    wider = None if programs is None or more is None else programs | {more}
    before, after = (decide(actor_of(person, role, held), action, facts_of(one)) for held in (programs, wider))
    assert type(before).__name__ != "Allow" or type(after).__name__ == "Allow"


@given(st.sampled_from([*ROLES, "operator", "worker"]), st.frozensets(st.sampled_from(sorted(ALL))))
@settings(max_examples=200)
def test_what_is_seen_of_a_field_is_what_the_table_says(role: str, consents: frozenset[str]) -> None:
    """Words for the two who speak; numbers for who runs and audits; for the sponsor what the client consents to, and no more."""
    seen: Sight = sight(actor_of(0, role, None), consents)  # type: ignore[arg-type]
    speaks = role in {"client", "coach"}
    assert seen.words == speaks
    assert seen.quotes == (ALL if speaks else consents if role == "sponsor" else frozenset())
    assert seen.classes == (consents if role == "sponsor" else ALL)
    assert seen.drafts == (role != "sponsor")
    assert seen.names == (role not in {"auditor", "operator"})


class Told(NamedTuple):
    """A world in the log: its ids by number."""

    tenant: UUID
    people: Sequence[UUID]
    programs: Sequence[UUID]
    engagements: Sequence[UUID]
    plans: Sequence[UUID]


async def tell(app: Litestar, standing: Sequence[Standing], held: Sequence[Holding], today: date) -> Told:
    """Everything in one append, past the rules that would allow no such world: what is read is the same."""
    store, told = app.state.commands.store, Told(uuid7(), ids(4), ids(2), ids(len(standing)), ids(len(standing)))
    await register(store, told.tenant)
    changes = [Change(person, granted(told, number, held, today)) for number, person in enumerate(told.people)]
    for number, one in enumerate(standing):
        engagement, plan = told.engagements[number], told.plans[number]
        changes.append(Change(engagement, engaged(told, engagement, one, today)))
        drafted = PlanDrafted(plan_id=plan, engagement_id=engagement, client_id=told.people[one.client], template=None, language="en")
        changes.append(Change(plan, [drafted], engagement))
    meta = Actors(
        actor=told.tenant, role="operator", on_behalf_of=None, channel="import", command="tell", correlation=uuid7(), causation=None
    )

    async def attempt(reading: Reading) -> Intent:
        return Intent(meta=meta, changes=[one for one in changes if one.events])

    await store.execute(told.tenant, [*told.people, *told.engagements, *told.plans], attempt)
    return told


def ids(number: int) -> list[UUID]:
    return [uuid7() for _ in range(number)]


def granted(told: Told, person: int, held: Sequence[Holding], today: date) -> list[MembershipGranted]:
    return [
        MembershipGranted(
            role=one.role,
            program_id=None if one.program is None else told.programs[one.program],
            until=None if one.days is None else today + timedelta(days=one.days),
        )
        for one in held
        if one.person == person
    ]


def engaged(told: Told, id: UUID, one: Standing, today: date) -> list[Event]:
    program = None if one.program is None else told.programs[one.program]
    sponsor = None if one.sponsor is None else told.people[one.sponsor]
    kind: EngagementKind = "group" if one.members | one.former else "individual"
    proposed = EngagementProposed(
        engagement_id=id, client_id=told.people[one.client], program_id=program, kind=kind, pro_bono=False, sponsor_id=sponsor
    )
    events: list[Event] = [proposed]
    for number in sorted(one.members - {one.client}):
        events.append(MemberAdded(client_id=told.people[number], joined_on=today, head_count=2))
    for number in sorted(one.former - one.members - {one.client}):
        client = told.people[number]
        events += [
            MemberAdded(client_id=client, joined_on=today, head_count=2),
            MemberRemoved(client_id=client, left_on=today, head_count=1, reason_code="absence", reason=None),
        ]
    if one.coach is not None:
        events.append(CoachAssigned(coach_id=told.people[one.coach], chosen_by="organization", program_id=program, seat=None))
    if one.stage == "active":
        events.append(EngagementActivated(starts_on=today, planned_end=today + timedelta(days=90)))
    return events


def seat(one: Standing) -> tuple[int | None, ...]:
    """Of a program somebody is the client once; outside of programs as often as they like."""
    return (one.client, one.program) if one.program is not None else (one.client, one.coach, one.sponsor, None)


LISTED: Final = ("engagement", "plan")
UNDER_WAY: Final = st.sampled_from(["proposed", "active"])
REACHED: Final = st.builds(Standing, PERSON, st.none() | PERSON, st.none() | PERSON, PROGRAM, UNDER_WAY, SOME, st.just(frozenset()), SOME)


@given(
    st.lists(REACHED, min_size=1, max_size=6, unique_by=seat),
    st.lists(HOLDING, min_size=1, max_size=10, unique_by=lambda one: (one.person, one.role, one.program)),
    st.randoms(use_true_random=False),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_lists_of_postgresql_show_exactly_what_may_be_read_one_by_one(
    app: Litestar, address: str, runner: Runner, standing: list[Standing], held: list[Holding], chance: Random
) -> None:
    """`address` stands for the application's connections, which a server of it has."""
    today = datetime.now(UTC).date()
    chance.shuffle(held)
    told = await tell(app, standing, held, today)
    await runner.catch_up()
    reading = await app.state.commands.store.read(told.tenant, *told.people, *told.engagements)
    async with snapshot(app.state.reads.connections, told.tenant) as rows:
        for person in range(4):
            for role in ROLES:
                scopes = [one.program for one in held if (one.person, one.role) == (person, role) and one.in_force]
                asking = Actor(told.tenant, told.people[person], role, told.tenant)
                if not scopes:
                    with pytest.raises(NotPermitted):
                        acting(reading, asking, today)
                    continue
                actor = acting(reading, asking, today)
                programs = None if None in scopes else frozenset(number for number in scopes if number is not None)
                assert actor.programs == (None if programs is None else {told.programs[number] for number in programs})
                listed = {
                    noun: await current.listed(rows, noun, scope(actor, "read_plan"), after=None, limit=None, words=False)
                    for noun in LISTED
                }
                there = {number for number, one in enumerate(standing) if verdict(person, role, programs, "read_plan", one) != "absent"}
                singly = {number for number in range(len(standing)) if may_know(actor, reading, told.engagements[number])}
                assert singly == there
                assert {one.id for one in listed["engagement"]} == {told.engagements[number] for number in there}
                assert {one.id for one in listed["plan"]} == {told.plans[number] for number in there}


def may_know(actor: Actor, reading: Reading, engagement: UUID) -> bool:
    """Whether a single read finds it there, whatever the role may do with it."""
    decision = decide(actor, "read_plan", of_engagement(reading.state(engagement, "engagement")))
    return getattr(decision, "related", True)
