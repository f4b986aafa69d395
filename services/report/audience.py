"""Who reads a report, and what of it: one file for several people holds what every one of them may see.

Asked when the file is made and again whenever it is handed out, from the streams, so that a consent that was withdrawn
holds at once. What had to be left out is known by codes; a reader gets a file when it leaves out all that they may not see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import Final
from uuid import UUID

from domain.engagement.state import EngagementState
from domain.glossary import Disclosure, Role
from domain.person.state import PersonState
from domain.program.state import ProgramState
from domain.report.events import LEDGERS, OF_ENGAGEMENT, ReportGenerated, ReportTemplate, Suppression
from domain.report.state import ReportState
from domain.values import NIL
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Holder
from services.actor import Actor
from services.permission import policy
from services.permission.relation import of_engagement, others
from services.reading.handover import ALL_OPEN, Handovers, Kept
from services.reading.view import NONE, Sight, sight

NOTHING: Final = Sight(words=False, names=False, classes=NONE, quotes=NONE, drafts=False)
DISCLOSED: Final[tuple[Disclosure, ...]] = ("objective_titles", "progress", "attainment", "evaluation_summary")
"""The classes of content that a client's report holds."""
SINGLE: Final[dict[ReportTemplate, tuple[str, ...]]] = {
    "client_progress": ("milestones", "indicators", "wins"),
    "program_report": ("needs_help", "months", "mix"),
}
"""Sections that tell of single people, and so are not for a sponsor, whatever the consent."""
REASONS: Final = "reasons.words"
NAMES: Final = "names"
BEFORE: Final = "words_before"
"""What a ledger leaves out where not every reader's role sees it.

`words_before` is what was not handed over to the coach of today, by a hash of which words these are: a file that was made for
another coach leaves out others.
"""


async def sights(reading: Reading, report: ReportState, today: date) -> dict[UUID, Sight]:
    """What each reader may see today; who has nothing to do with its subject any more is missing."""
    people = sorted(report.readers - {NIL})
    await reading.load(report.subject_id, *people, guard=False)
    found = [(person, await sight_of(reading, report, person, today)) for person in people]
    return {person: seen for person, seen in found if seen is not None}


def common(seen: dict[UUID, Sight]) -> Sight:
    """What all of them may see; without readers nothing."""
    return reduce(Sight.shared, seen.values()) if seen else NOTHING


async def sight_of(reading: Reading, report: ReportState, person: UUID, today: date) -> Sight | None:
    who = reader_of(reading, report, person, today)
    if who is None:
        return None
    among = others(who, reading.state(report.subject_id, "engagement")) if report.template in OF_ENGAGEMENT else frozenset[UUID]()
    return sight(who, consents_of(reading, report, today), kept=await kept_from(reading, report, who), others=among)


async def kept_from(reading: Reading, report: ReportState, who: Actor) -> Kept:
    """What was not handed over to a coach who took over; the engagement was read with its report, or as its subject."""
    if report.template not in OF_ENGAGEMENT:
        return ALL_OPEN
    return await Handovers().kept_from(reading.source, who, reading.state(report.subject_id, "engagement"))


def consents_of(reading: Reading, report: ReportState, today: date) -> frozenset[Disclosure]:
    """What the client lets a sponsor see; but for the client's progress nothing, whoever consents."""
    if report.template != "client_progress":
        return NONE
    engagement: EngagementState = reading.state(report.subject_id, "engagement")
    return engagement.facts(today).consents


def reader_of(reading: Reading, report: ReportState, person: UUID, today: date) -> Actor | None:
    """The person in the role that lets them read it, whatever role they ask in; None when they have nothing to do with its subject."""
    if report.template in OF_ENGAGEMENT:
        return of_client(reading, report, person, today)
    if report.template == "program_report":
        program: ProgramState = reading.state(report.subject_id, "program")
        if person in program.sponsor_ids:
            return acting(reading, person, "sponsor")
    return of_manager(reading, report.template, person, report.subject_id, today)


def of_client(reading: Reading, report: ReportState, person: UUID, today: date) -> Actor | None:
    """A party of the engagement as that party, as long as the policy says so; others as its managers."""
    engagement: EngagementState = reading.state(report.subject_id, "engagement")
    party = engagement.facts(today).parties.get(person)
    if party is None or (party == "sponsor" and report.template in LEDGERS):
        return of_manager(reading, report.template, person, engagement.program_id, today)
    who = acting(reading, person, party, today)
    return who if policy.related(who, of_engagement(engagement)) else None


def running(template: ReportTemplate) -> tuple[Role, ...]:
    """Roles of a program, or of all, that read its reports: first the one that sees more."""
    return ("program_manager", "auditor") if template in LEDGERS else ("program_manager",)


def of_manager(reading: Reading, template: ReportTemplate, person: UUID, program_id: UUID | None, today: date) -> Actor | None:
    """`program_id` of the organization itself is that of no program: then only who runs or audits all of them does."""
    state: PersonState = reading.state(person, "person")
    return next((acting(reading, person, role) for role in running(template) if state.holds(role, today, program_id)), None)


def acting(reading: Reading, person: UUID, role: Role, today: date | None = None) -> Actor:
    return Actor(reading.tenant, person, role, NIL, today=today)


def holder(reading: Reading, report: ReportState) -> Holder:
    """Whose key seals the file: the client's in the realm of the engagement, or that of the program or organization itself."""
    if report.template in OF_ENGAGEMENT:
        engagement: EngagementState = reading.state(report.subject_id, "engagement")
        return Holder(engagement.client_id, engagement.id)
    return Holder(report.subject_id, report.subject_id)


def left_out(report: ReportState, seen: Sight) -> tuple[Suppression, ...]:
    """The codes of what a reader, or all of them together, may not see."""
    return tuple(sorted(codes(report, seen), key=lambda one: one.what))


def codes(report: ReportState, seen: Sight) -> Iterator[Suppression]:
    if seen.kept:
        yield Suppression(what=f"{BEFORE}.{hashlib.sha256(b''.join(sorted(seen.kept))).hexdigest()[:16]}", reason="not_for_role")
    if report.template in LEDGERS:
        yield from (Suppression(what=what, reason="not_for_role") for what, may in ((REASONS, seen.words), (NAMES, seen.names)) if not may)
    elif not seen.drafts:
        yield from (Suppression(what=what, reason="below_floor") for what in SINGLE[report.template])
    if report.template == "client_progress":
        yield from (Suppression(what=what, reason="consent_missing") for what in DISCLOSED if what not in seen.classes)
        yield from (Suppression(what=f"{what}.words", reason="consent_missing") for what in DISCLOSED if what not in seen.quotes)


def has_floor(made: ReportGenerated) -> bool:
    """Whether the file leaves out single engagements, so that a sponsor may get it."""
    return any(one.what == "needs_help" for one in made.suppressions)


def is_for(report: ReportState, seen: Sight) -> bool:
    """Whether the file that was made leaves out all that this reader may not see."""
    assert report.generated is not None
    return {one.what for one in codes(report, seen)} <= {one.what for one in report.generated.suppressions}
