"""The dated facts of one engagement that reminders hang on: ids, dates, numbers and codes, and how sessions were rated.

A rating is personal, so it is kept sealed, and is open where somebody asks what is due.

What is done, moved or withdrawn is no fact any more, so that nothing here asks for a reminder that has become pointless.
`since` is when something was set; None when it was imported, which causes no reminder.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, structs

from domain.engagement.alignment import AlignmentKind
from domain.engagement.events import Recipient, Signatory
from domain.glossary import Disclosure, Party
from domain.values import Code, OfClient
from projections.pause import Pause


class Due(Struct, frozen=True):
    """A day, and since when it stands."""

    on: date
    since: datetime | None


class Happened(Struct, frozen=True):
    """An event, by its version in its stream."""

    version: int
    since: datetime | None


class Action(Struct, frozen=True):
    """A promise that is not kept yet."""

    owner: UUID
    objective_id: UUID | None
    due: Due


class Milestone(Struct, frozen=True):
    """A milestone that is not reached yet."""

    objective_id: UUID
    due: Due


class Objective(Struct, frozen=True, kw_only=True):
    """An objective. It is `closed` by a judgement that holds; `judged` are those that were not withdrawn, and whether they hold.

    `postponed` counts what was put off since the last review, and `drift` is the event with which that became too much. `baseless`:
    since when it has a measure and no value yet to begin from; None also of what was imported.
    """

    measurable: bool
    defined: datetime
    since: datetime | None
    measured: Due | None = None
    postponed: int = 0
    drift: Happened | None = None
    baseless: datetime | None = None
    judged: dict[int, bool] = {}

    @property
    def closed(self) -> bool:
        return bool(self.judged) and self.judged[max(self.judged)]


class Evaluation(Struct, frozen=True):
    """An evaluation, and who has not judged yet. `follows`: it is one of what lasts, when the coaching is over."""

    due: Due
    waiting: tuple[Party, ...]
    follows: bool = False


class SelfAssessment(Struct, frozen=True):
    """An assessment that waits for the client's own answers, and on which days it is open."""

    opens_on: date
    closes_on: date
    since: datetime | None


class Agreement(Struct, frozen=True):
    """Terms that are to be signed, and by whom they are not."""

    drafted: Happened
    at: datetime
    unsigned: tuple[Signatory, ...]


class Consented(Struct, frozen=True):
    """That one of those who are coached lets somebody see a class of content up to a day, which is the last."""

    by: UUID
    subject: Disclosure
    recipient: Recipient
    until: Due


class Completion(Struct, frozen=True):
    """An action that was done, and whether on the day for which it was promised, or before."""

    action: Action
    version: int
    in_time: bool


class Booked(Struct, frozen=True):
    """A session to come, and since when it stands at that time."""

    starts_at: datetime
    since: datetime | None


class Met(Struct, frozen=True):
    """When client and coach met last, or were to; or when a session was called off. `unrated` is who was there and has not rated it."""

    session_id: UUID
    at: datetime
    since: datetime | None
    unrated: frozenset[UUID] = frozenset()


class Rating(Struct, frozen=True):
    """How the client rated a session by one version of an instrument."""

    session_id: UUID
    rated: Happened
    instrument: Code
    instrument_version: int
    scores: OfClient[dict[str, int]]


class Facts(Struct, frozen=True, kw_only=True):
    """One engagement.

    `done` are the actions that were completed, `streak` the last ones in a row that were so in time. `wins` are what
    somebody is to be congratulated on, by the action or the milestone. `sent` is when each person was reminded last,
    `failed` when a reminder could not be sent, by what makes it the same one. `coach_since` is when the coach took over from
    another, `former` are the coaches who left. `booked` are the sessions to come; `agreed` is how many sessions the agreement in force
    gives, `drafted` how many the one that was put down last, and `used` how many of them are held, missed or booked.
    `held` are those that took place, and that not everybody has rated who was there. `present` are who is coached together with the
    client, `gone` who was, `signers` who has signed the agreement. `consents` are those that have a last day.
    """

    engagement_id: UUID
    client_id: UUID | None = None
    coach_id: UUID | None = None
    coach_since: datetime | None = None
    former: frozenset[UUID] = frozenset()
    sponsor_id: UUID | None = None
    manager_id: UUID | None = None
    agreement: Agreement | None = None
    begun: Due | None = None
    ends: Due | None = None
    aligned: frozenset[AlignmentKind] = frozenset()
    plan_id: UUID | None = None
    activated: datetime | None = None
    activated_on: Due | None = None
    review: Due | None = None
    actions: dict[UUID, Action] = {}
    done: dict[UUID, Completion] = {}
    streak: tuple[UUID, ...] = ()
    milestones: dict[UUID, Milestone] = {}
    reached: dict[UUID, Milestone] = {}
    objectives: dict[UUID, Objective] = {}
    evaluations: dict[UUID, Evaluation] = {}
    self_assessments: dict[UUID, SelfAssessment] = {}
    wins: dict[UUID, Happened] = {}
    pauses: tuple[Pause, ...] = ()
    over: bool = False
    booked: dict[UUID, Booked] = {}
    met: Met | None = None
    called_off: Met | None = None
    drafted: int | None = None
    agreed: int | None = None
    used: int = 0
    held: dict[UUID, Met] = {}
    present: frozenset[UUID] = frozenset()
    gone: frozenset[UUID] = frozenset()
    signers: frozenset[UUID] = frozenset()
    consents: tuple[Consented, ...] = ()
    ratings: tuple[Rating, ...] = ()
    sent: dict[UUID, datetime] = {}
    failed: dict[str, datetime] = {}

    @property
    def members(self) -> tuple[UUID, ...]:
        """Who is coached together with the client, and has agreed to that: before, they may not read what they would be reminded of."""
        return tuple(sorted(self.present & self.signers))

    def person(self, party: Party) -> UUID | None:
        return {"client": self.client_id, "coach": self.coach_id, "sponsor": self.sponsor_id}[party]


def with_objective(facts: Facts, objective_id: UUID, **fields: object) -> Facts:
    objective = structs.replace(facts.objectives[objective_id], **fields)
    return structs.replace(facts, objectives={**facts.objectives, objective_id: objective})
