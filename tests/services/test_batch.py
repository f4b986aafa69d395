"""Many commands about one stream in one append: judged row by row, written together or not at all, and once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.command import Command
from domain.errors.person import PersonExists, RoleAlreadyGranted
from domain.errors.program import AlreadyEnrolled
from domain.organization.commands import RegisterOrganization, SetOrganizationPolicy
from domain.person.commands import GrantMembership, RegisterPerson
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, OpenProgram
from domain.values import NIL
from infra.eventstore.errors import IdempotencyKeyReused
from infra.eventstore.store import Store
from services.actor import OPERATOR, Actor
from services.command.batch import Batch, Row, named_id, register, write
from services.command.execution import Commands
from services.directory import Directory
from services.errors import RowRefused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TENANT = named_id(NOON, "tenant")
OPERATES = Actor(TENANT, NIL, OPERATOR, NIL, "import")


def batch(name: str, who: Actor, *commands: Command) -> Batch:
    """A stream that the first of the commands begins, with a minute between them."""
    rows = [
        Row(who, command, NOON + timedelta(minutes=number), named_id(NOON, f"{name} {number}"), f"{name}, row {number + 1}")
        for number, command in enumerate(commands)
    ]
    return Batch(TENANT, rows[0].id, TENANT, name, rows)


def person(name: str, *more: Command, email: str | None = None) -> Batch:
    return batch(name, OPERATES, RegisterPerson(name=name, email=email or f"{name}@example.org", source="import"), *more)


@pytest.fixture
async def commands(store: Store) -> Commands:
    """Of an organization that an import has registered."""
    made = Commands(store, Directory(store.pool))
    await register(made, Row(OPERATES, RegisterOrganization(name="Northlight", slug="northlight"), NOON, TENANT, "organization"))
    return made


async def enrolling(commands: Commands, clients: int, *, twice: int | None = None) -> Batch:
    """A program that so many clients are enrolled in, who are written; one of them, counted from 1, in the next row once more."""
    director, coach = person("dana", GrantMembership(role="program_manager")), person("amir", GrantMembership(role="coach"))
    enrolled = [person(f"client{number}", GrantMembership(role="client")) for number in range(clients)]
    for each in (director, coach, *enrolled):
        await write(commands, each)
    seats = [EnrolParticipant(client_id=each.stream) for each in enrolled]
    if twice is not None:
        seats.insert(twice, seats[twice - 1])
    define = DefineProgram(
        name="Leading projects", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 1), capacity=400, sessions_per_engagement=8
    )
    pool = AddCoachToPool(coach_id=coach.stream, max_engagements=200)
    directs = Actor(TENANT, director.stream, "program_manager", director.stream, "import")
    return batch("program", directs, define, pool, OpenProgram(), *seats)


async def version(commands: Commands, stream: UUID) -> int:
    return (await commands.store.read(TENANT, stream)).version(stream)


async def test_each_row_is_judged_in_the_light_of_those_before_it_and_dated_as_it_says(commands: Commands, store: Store) -> None:
    imported = person("ada", GrantMembership(role="coach"), GrantMembership(role="client"))
    assert await write(commands, imported) == 4
    reading = await store.read(TENANT, imported.stream)
    assert [membership.role for membership in reading.state(imported.stream).memberships] == ["coach", "client"]
    events = reading.streams[imported.stream].events
    assert [row["at"] for row in events] == [NOON + timedelta(minutes=number) for number in range(3)]


async def test_a_row_that_a_rule_refuses_is_named_and_nothing_of_its_stream_is_written(commands: Commands) -> None:
    planted = person("ada", GrantMembership(role="coach"), GrantMembership(role="coach"), GrantMembership(role="client"))
    with pytest.raises(RowRefused, match="ada, row 3: RoleAlreadyGranted") as refused:
        await write(commands, planted)
    assert (refused.value.place, type(refused.value.why)) == ("ada, row 3", RoleAlreadyGranted)
    assert await version(commands, planted.stream) == 0


async def test_a_stream_of_several_appends_is_judged_as_a_whole_before_the_first(commands: Commands) -> None:
    planted = await enrolling(commands, 300, twice=290)
    with pytest.raises(RowRefused, match="program, row 294: AlreadyEnrolled") as refused:
        await write(commands, planted)
    assert isinstance(refused.value.why, AlreadyEnrolled)
    assert await version(commands, planted.stream) == 0


async def test_a_stream_of_several_appends_goes_on_after_the_last_that_was_written(commands: Commands) -> None:
    whole = await enrolling(commands, 300)
    await write(commands, whole._replace(rows=whole.rows[:250]))
    assert await version(commands, whole.stream) == 250
    last = await write(commands, whole)
    assert await version(commands, whole.stream) == 303
    assert await write(commands, whole) == last


async def test_written_again_a_batch_adds_nothing(commands: Commands) -> None:
    imported = person("ada", GrantMembership(role="coach"))
    first = await write(commands, imported)
    assert await write(commands, imported) == first
    assert await version(commands, imported.stream) == 2


async def test_other_rows_under_the_name_of_written_ones_are_refused(commands: Commands) -> None:
    await write(commands, person("ada", GrantMembership(role="coach")))
    with pytest.raises(RowRefused) as refused:
        await write(commands, person("ada", GrantMembership(role="client")))
    assert isinstance(refused.value.why, IdempotencyKeyReused)


async def test_what_another_stream_has_taken_is_refused_with_the_name_of_the_batch(commands: Commands) -> None:
    await write(commands, person("ada"))
    with pytest.raises(RowRefused, match="bea: PersonExists") as refused:
        await write(commands, person("bea", email="ADA@example.org"))
    assert isinstance(refused.value.why, PersonExists)


async def test_a_role_that_may_not_do_something_may_not_import_it_either(commands: Commands) -> None:
    coach = person("ada", GrantMembership(role="coach"))
    await write(commands, coach)
    as_coach = Actor(TENANT, coach.stream, "coach", coach.stream, "import")
    rows = batch("policy", as_coach, SetOrganizationPolicy(seen=0, review_cadence_days=14)).rows
    with pytest.raises(RowRefused, match="NotPermitted"):
        await write(commands, Batch(TENANT, TENANT, TENANT, "policy", rows))


def test_an_id_made_of_a_name_is_a_version_7_of_its_time() -> None:
    made = named_id(NOON, "a name")
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOON.timestamp() * 1000)
    assert made == named_id(NOON, "a name") != named_id(NOON, "another name")
