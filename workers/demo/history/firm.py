"""The firm of a history: who works there, for whom, in which programs."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

from domain.glossary import Role
from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, EvaluationPointBody, OpenProgram
from workers.demo.history.script import Person, Script, operator
from workers.demo.history.size import Size, chance
from workers.demo.history.word import COMPANIES, DEPARTMENTS, LOCATIONS, nth_name

MONTH: Final = timedelta(days=30)
CLIENTS_A_PROGRAM: Final = 100
LAST_BEGINNING: Final = 25  # days before the end of the history, so that every engagement has something to show
PROPOSED_BEFORE: Final = 15  # days before its first day
FIRM_AT: Final = "meridian.example"

OFFERS: Final = (
    ("Leading projects", "Projects arrive when they were promised", "Fewer people leave project teams"),
    ("First-time managers", "New managers stay in their role", "Teams say that they know what is expected"),
    ("Women in engineering leadership", "Half of the senior engineers' posts are open to women", "Fewer talents leave after three years"),
    ("Leading through change", "Reorganizations end on the day that was named", "Teams keep delivering while they are moved"),
    ("Executive coaching", "The board hears bad news early", "Decisions are taken by the date that was named"),
    ("Service excellence", "Key accounts are answered within a day", "Complaints are answered once, and for good"),
)
"""Name and outcomes of each program."""

POINTS: Final = (
    EvaluationPointBody(code="midway", kind="interim", anchor="middle"),
    EvaluationPointBody(code="close", kind="final", anchor="end", offset_days=-10),
)
"""When each engagement is judged, by the rules of every program."""


class Habit(NamedTuple):
    """How a coach works: days between two measurements and two reviews; from 0 to 1 how often dates are moved, clients take the
    lead, and what was promised is done."""

    measures_every: int
    reviews_every: int
    moves: float
    client_leads: float
    care: float


class Program(NamedTuple):
    """A program with its sponsor; `pool` are the places of its coaches among all of the firm's."""

    id: UUID
    number: int
    sponsor: Person
    pool: tuple[int, ...]
    sponsor_approves: bool


class Client(NamedTuple):
    """A client, who coaches them in which program, and when that began."""

    number: int
    person: Person
    program: Program
    coach: Person
    habit: Habit
    begins: date


class Firm(NamedTuple):
    """The whole firm. `registered` is its own stream, `entering` those of its people, the director's first, `offering` the programs'."""

    tenant: UUID
    director: Person
    clients: list[Client]
    registered: Script
    entering: list[Script]
    offering: list[Script]


class Founding:
    """Makes a firm: it exists for `size.months` up to `until`, the day after its last."""

    def __init__(self, tenant: UUID, size: Size, until: date) -> None:
        self.tenant, self.size, self.until = tenant, size, until
        self.since = until - MONTH * size.months
        self.entering: list[Script] = []
        self.offering: list[Script] = []

    def firm(self) -> Firm:
        director = self.enter("director", 0, "program_manager", FIRM_AT)
        self.enter("admin", 1, "admin", FIRM_AT)
        coaches = [self.enter(f"coach {n}", n + 2, "coach", FIRM_AT) for n in range(self.size.coaches)]
        habits = [habit(chance(self.size, "habit", n)) for n in range(self.size.coaches)]
        offers = OFFERS[: min(len(OFFERS), ceil(self.size.clients / CLIENTS_A_PROGRAM))]
        clients: list[Client] = []
        for number in range(len(offers)):
            program, script = self.offer(number, len(offers), director, coaches)
            seats = range(number, self.size.clients, len(offers))
            for seat in seats:
                coach = program.pool[(seat // len(offers)) % len(program.pool)]
                clients.append(self.client(seat, program, coaches[coach], habits[coach]))
            self.enrol(script, director, clients[-len(seats) :])
        return Firm(self.tenant, director, sorted(clients), self.registered(), self.entering, self.offering)

    def registered(self) -> Script:
        script = Script(self.tenant, "organization", self.since, stream=self.tenant)
        firm = RegisterOrganization(name="Meridian Coaching", slug=self.size.slug, time_zone="Europe/Berlin")
        script.on(self.since, operator(self.tenant), firm)
        return script

    def enter(self, name: str, number: int, role: Role, at: str, day: date | None = None) -> Person:
        """Makes somebody known to the firm, in their role."""
        script = Script(self.tenant, name, day or self.since)
        full = nth_name(number)
        address = f"{ascii_of(full)}.{number}@{at}"
        script.on(day or self.since, operator(self.tenant), RegisterPerson(name=full, email=address, source="import"))
        script.on(day or self.since, operator(self.tenant), GrantMembership(role=role))
        self.entering.append(script)
        return Person(script.stream, number, full, role)

    def offer(self, number: int, of: int, director: Person, coaches: list[Person]) -> tuple[Program, Script]:
        """A program with a sponsor of its own; a coach takes part in one program or two."""
        name, *outcomes = OFFERS[number]
        sponsor = self.enter(f"sponsor {number}", self.size.coaches + 2 + number, "sponsor", f"{COMPANIES[number]}.example")
        pool = tuple(sorted({n for n in range(len(coaches)) if number in (n % of, (n * 7 + 1) % of)})) or (0,)
        script = Script(self.tenant, f"program {number}", self.since)
        define = DefineProgram(
            name=name,
            starts_on=self.since,
            ends_on=self.until + timedelta(days=300),
            capacity=self.size.clients + 20,
            sessions_per_engagement=10,
            sponsored=True,
            sponsor_ids=(sponsor.id,),
            sponsor_approves_plans=number % 2 == 1,
            outcomes=tuple(outcomes),
            evaluation_points=POINTS,
        )
        script.on(self.since, director, define)
        for coach in pool:
            places = ceil(self.size.clients / of / len(pool)) + 2
            script.on(self.since, director, AddCoachToPool(coach_id=coaches[coach].id, max_engagements=places))
        script.on(self.since, director, OpenProgram())
        self.offering.append(script)
        return Program(script.stream, number, sponsor, pool, number % 2 == 1), script

    def client(self, number: int, program: Program, coach: Person, habit: Habit) -> Client:
        """Begins in one of the program's cohorts, about every two months, or on a day of their own."""
        luck = chance(self.size, "client", number)
        longest = max(1, self.size.months * MONTH.days - LAST_BEGINNING - PROPOSED_BEFORE)
        cohort = luck.randrange(0, longest, 60) + luck.randint(0, 20)
        begins = self.since + timedelta(days=PROPOSED_BEFORE + min(cohort, longest))
        at = f"{COMPANIES[program.number]}.example"
        day = max(self.since, begins - timedelta(days=PROPOSED_BEFORE + luck.randint(1, 20)))
        person = self.enter(f"client {number}", self.size.coaches + 2 + len(OFFERS) + number, "client", at, day)
        return Client(number, person, program, coach, habit, begins)

    def enrol(self, script: Script, director: Person, clients: list[Client]) -> None:
        for client in clients:
            luck = chance(self.size, "enrolled", client.number)
            day = client.begins - timedelta(days=PROPOSED_BEFORE)
            enrol = EnrolParticipant(
                client_id=client.person.id,
                cohort=f"{day:%Y}-{(day.month + 1) // 2}",
                department=luck.choice(DEPARTMENTS),
                location=luck.choice(LOCATIONS),
            )
            script.on(day, director, enrol)


def habit(luck: Random) -> Habit:
    return Habit(
        measures_every=luck.choice((7, 10, 10, 14, 14, 18)),
        reviews_every=luck.choice((21, 28, 28, 30)),
        moves=luck.uniform(0.1, 0.6),
        client_leads=luck.uniform(0.35, 0.85),
        care=luck.uniform(0.75, 0.99),
    )


def ascii_of(name: str) -> str:
    """A name as an address spells it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else "." for letter in plain.lower())
