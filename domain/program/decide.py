"""What a program allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import asdict

from domain.decider import Decide
from domain.errors import VersionConflict
from domain.errors.program import (
    AlreadyEnrolled,
    ClientOrganizationUnknown,
    CoachHasEngagements,
    CoachInPool,
    CoachNotPooled,
    CoachPoolEmpty,
    DatesInverted,
    EndEngagementFirst,
    EngagementsExceedTerms,
    EngagementsOpen,
    NotAClient,
    NotACoach,
    NotASponsor,
    NotEnrolled,
    ProgramAlreadyOpen,
    ProgramClosedAlready,
    ProgramFull,
    ProgramNotOpen,
    SponsorRequired,
)
from domain.event import Event
from domain.program.commands import (
    AddCoachToPool,
    CloseProgram,
    DefineProgram,
    EnrolParticipant,
    OpenProgram,
    RemoveCoachFromPool,
    ReviseCapacity,
    ReviseChemistry,
    ReviseEnd,
    ReviseProgramTerms,
    ReviseSessions,
    ReviseStart,
    WithdrawParticipant,
)
from domain.program.context import ProgramContext
from domain.program.events import (
    CapacityRevised,
    ChemistryRevised,
    CoachAddedToPool,
    CoachPoolLimitRevised,
    CoachRemovedFromPool,
    EndRevised,
    Outcome,
    ParticipantEnrolled,
    ParticipantWithdrawn,
    ProgramClosed,
    ProgramDefined,
    ProgramOpened,
    ProgramTermsRevised,
    Revision,
    SessionsRevised,
    StartRevised,
)
from domain.program.state import ProgramState
from domain.program.terms import field_of
from domain.rules import require_reason
from domain.values import OfPerson, is_same_label, of_author, spelled

decide: Final[Decide[ProgramState, ProgramContext]] = Decide()

REVISED: Final[Mapping[type[Any], Callable[..., Revision]]] = {
    ReviseStart: StartRevised,
    ReviseEnd: EndRevised,
    ReviseCapacity: CapacityRevised,
    ReviseSessions: SessionsRevised,
    ReviseChemistry: ChemistryRevised,
}
"""What was asked to be revised -> what is recorded of it."""


@decide.on(DefineProgram)
def define(state: ProgramState, command: DefineProgram, context: ProgramContext) -> Sequence[Event]:
    if command.ends_on <= command.starts_on:
        raise DatesInverted(pointer="/ends_on")
    if (command.sponsored or command.sponsor_approves_plans or command.sponsor_accepts_changes) and not command.sponsor_ids:
        raise SponsorRequired(pointer="/sponsor_ids")
    if command.sponsor_ids and not context.sponsor_roles_held:
        raise NotASponsor(pointer="/sponsor_ids")
    if command.client_organization_id is not None and not context.client_organization_known:
        raise ClientOrganizationUnknown(pointer="/client_organization_id")
    outcomes = tuple(Outcome(id=context.ids[number], text=text) for number, text in enumerate(command.outcomes, start=1))
    return (ProgramDefined(program_id=context.ids[0], **asdict(command) | {"outcomes": outcomes}),)


@decide.on(OpenProgram)
def open_program(state: ProgramState, command: OpenProgram, context: ProgramContext) -> Sequence[Event]:
    require_not_closed(state)
    if state.is_open:
        raise ProgramAlreadyOpen
    if not state.pool:
        raise CoachPoolEmpty
    return (ProgramOpened(),)


@decide.on(ReviseProgramTerms)
def revise(state: ProgramState, command: ReviseProgramTerms, context: ProgramContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_closed(state)
    revision = REVISED[type(command.revision)](from_=command.revision.from_, to=command.revision.to)
    require_current(state, revision)
    if revision.to == revision.from_:
        return ()
    match revision:
        case StartRevised(to=starts_on) if starts_on >= state.ends_on:
            raise DatesInverted(pointer="/revision/to")
        case EndRevised(to=ends_on) if ends_on <= state.starts_on:
            raise DatesInverted(pointer="/revision/to")
        case CapacityRevised(to=capacity) if capacity < len(state.enrolled):
            raise EngagementsExceedTerms("More seats are taken than that.", pointer="/revision/to", enrolled=len(state.enrolled))
    if command.applies_to == "all" and (exceeding := tuple(exceeded(revision, context))):
        raise EngagementsExceedTerms(pointer="/revision/to", engagements=exceeding)
    return (
        ProgramTermsRevised(
            revision=revision, applies_to=command.applies_to, reason_code=command.reason_code, reason=of_author(command.reason)
        ),
    )


def require_current(state: ProgramState, revision: Revision) -> None:
    current, last = getattr(state, field_of(revision)), state.revised.get(field_of(revision))
    if revision.from_ != current:
        raise VersionConflict(
            pointer="/revision/from",
            current=current,
            changed_by=last.by if last else None,
            changed_at=last.version if last else 1,
        )


def exceeded(revision: Revision, context: ProgramContext) -> Iterator[UUID]:
    """The engagements under way that were given more than the new terms have."""
    for one in context.given:
        match revision:
            case StartRevised(to=starts_on) if one.starts_on < starts_on:
                yield one.engagement_id
            case EndRevised(to=ends_on) if one.planned_end > ends_on:
                yield one.engagement_id
            case SessionsRevised(to=sessions) if one.sessions > sessions:
                yield one.engagement_id


@decide.on(AddCoachToPool)
def add_coach(state: ProgramState, command: AddCoachToPool, context: ProgramContext) -> Sequence[Event]:
    coach_id = command.coach_id
    require_not_closed(state)
    present = state.pool.get(coach_id, 0)
    if command.max_engagements == present:
        raise CoachInPool(pointer="/coach_id")
    if command.max_engagements > present and not context.coach_role_held:
        raise NotACoach(pointer="/coach_id")
    if context.taken:
        detail = "The coach has engagements on places above that limit: end them, or give them to another coach, first."
        raise CoachHasEngagements(detail, pointer="/max_engagements", engagements=context.taken)
    if present:
        kept = state.removed.get(coach_id, 0)
        return (CoachPoolLimitRevised(program_id=state.id, coach_id=coach_id, from_=present, to=command.max_engagements, places_kept=kept),)
    return (
        CoachAddedToPool(
            coach_id=coach_id,
            max_engagements=command.max_engagements,
            returns_to=state.id if coach_id in state.removed else None,
            places_kept=state.removed.get(coach_id, 0),
        ),
    )


@decide.on(RemoveCoachFromPool)
def remove_coach(state: ProgramState, command: RemoveCoachFromPool, context: ProgramContext) -> Sequence[Event]:
    require_not_closed(state)
    if command.coach_id not in state.pool:
        raise CoachNotPooled(pointer="/coach_id")
    if context.taken:
        raise CoachHasEngagements(pointer="/coach_id", engagements=context.taken)
    return (CoachRemovedFromPool(program_id=state.id, coach_id=command.coach_id, max_engagements=state.pool[command.coach_id]),)


@decide.on(EnrolParticipant)
def enrol(state: ProgramState, command: EnrolParticipant, context: ProgramContext) -> Sequence[Event]:
    client_id = command.client_id
    require_not_closed(state)
    if not state.is_open:
        raise ProgramNotOpen
    if client_id in state.enrolled:
        raise AlreadyEnrolled(pointer="/client_id")
    if not context.client_role_held:
        raise NotAClient(pointer="/client_id")
    if len(state.enrolled) >= state.capacity:
        raise ProgramFull(capacity=state.capacity)
    return (
        ParticipantEnrolled(
            client_id=client_id,
            cohort=_cohort(command.cohort, state),
            department=_snapshot(command.department, client_id),
            location=_snapshot(command.location, client_id),
            returns_to=state.id if client_id in state.participants else None,
        ),
    )


def _cohort(named: str | None, state: ProgramState) -> str | None:
    """As those who are in it already spell it."""
    if named is None:
        return None
    there = (one.cohort for one in state.participants.values() if one.cohort is not None)
    return next((cohort for cohort in there if is_same_label(cohort, named)), spelled(named))


def _snapshot(text: str | None, client_id: UUID) -> OfPerson[str] | None:
    return None if text is None else OfPerson(text, subject=client_id)


@decide.on(WithdrawParticipant)
def withdraw(state: ProgramState, command: WithdrawParticipant, context: ProgramContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_closed(state)
    if command.client_id not in state.enrolled:
        raise NotEnrolled("The client has no seat in the program.", pointer="/client_id")
    if context.taken:
        raise EndEngagementFirst(pointer="/client_id", engagements=context.taken)
    return (
        ParticipantWithdrawn(
            program_id=state.id,
            client_id=command.client_id,
            stage=command.stage,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(CloseProgram)
def close(state: ProgramState, command: CloseProgram, context: ProgramContext) -> Sequence[Event]:
    require_not_closed(state)
    if context.taken:
        raise EngagementsOpen(engagements=context.taken)
    return (ProgramClosed(program_id=state.id, closed_on=context.today, client_ids=tuple(sorted(state.enrolled))),)


def require_not_closed(state: ProgramState) -> None:
    if state.stage == "closed":
        raise ProgramClosedAlready(closed_on=state.closed_on)
