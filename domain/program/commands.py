"""What may be asked of a program."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct, field

from domain.command import Command
from domain.glossary import AssessmentKind
from domain.program.events import AppliesTo, EvaluationPoint, WithdrawalStage
from domain.values import Code, Label, Line, Prose, PublicText

Count: TypeAlias = Annotated[int, Meta(ge=1, le=100_000)]
Sessions: TypeAlias = Annotated[int, Meta(ge=1, le=200)]
ChemistrySessions: TypeAlias = Annotated[int, Meta(ge=0, le=20)]


class EvaluationPointBody(EvaluationPoint, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an engagement of the program is evaluated: so many days after its start, middle or end (before it: negative)."""

    offset_days: Annotated[int, Meta(ge=-366, le=1830)] = 0


class DefineProgram(Command, frozen=True, kw_only=True):
    """Puts an offer together: its terms, what its sponsors want of it, and how it is assessed and evaluated.

    A sponsored program names its sponsors; whether they approve plans and accept later changes is decided here.
    `smart_gate` overrides the organization's policy for this program. `capacity` counts seats. `client_organization_id` names the
    firm whose staff are coached, where the program is for one.
    """

    name: PublicText
    starts_on: date
    ends_on: date
    capacity: Count
    sessions_per_engagement: Sessions
    sponsored: bool = False
    sponsor_ids: Annotated[tuple[UUID, ...], Meta(max_length=20)] = ()
    sponsor_approves_plans: bool = False
    sponsor_accepts_changes: bool = False
    outcomes: Annotated[tuple[PublicText, ...], Meta(max_length=10)] = ()
    required_assessments: Annotated[tuple[AssessmentKind, ...], Meta(max_length=5)] = ()
    evaluation_points: Annotated[tuple[EvaluationPointBody, ...], Meta(max_length=12)] = ()
    smart_gate: bool | None = None
    client_organization_id: UUID | None = None

    def __post_init__(self) -> None:
        if len({point.code for point in self.evaluation_points}) < len(self.evaluation_points):
            raise ValueError("each evaluation point has a code of its own")


class OpenProgram(Command, frozen=True, kw_only=True):
    """Opens the program for participants. It needs at least one coach in its pool."""


class AddCoachToPool(Command, frozen=True, kw_only=True):
    """Adds a coach, who takes up to `max_engagements` engagements of this program at a time; one of the pool takes so many from now on.

    A limit is lowered as far as the places above it are free: a coach's engagements take the first places that are free.
    """

    coach_id: UUID
    max_engagements: Annotated[int, Meta(ge=1, le=200)]


class RemoveCoachFromPool(Command, frozen=True, kw_only=True):
    """Takes a coach out of the pool who has no engagement of this program that is not over."""

    coach_id: UUID


class EnrolParticipant(Command, frozen=True, kw_only=True):
    """Gives a seat of the open program to a client. Department and location are kept as they are on this day."""

    client_id: UUID
    cohort: Label | None = None
    department: Line | None = None
    location: Line | None = None


class WithdrawParticipant(Command, frozen=True, kw_only=True):
    """Gives a client's seat back, who has no engagement of this program that is not over. They can be enrolled again.

    Why is said by a code of the organization's list, by at least ten characters of reason, or both.
    """

    client_id: UUID
    stage: WithdrawalStage
    reason_code: Code | None = None
    reason: Prose | None = None


class ReviseStart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="starts_on"):
    """Set another first day."""

    from_: date = field(name="from")
    to: date


class ReviseEnd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="ends_on"):
    """Set another last day."""

    from_: date = field(name="from")
    to: date


class ReviseCapacity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="capacity"):
    """Set another number of seats, at least as many as are taken."""

    from_: Count = field(name="from")
    to: Count


class ReviseSessions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="sessions_per_engagement"):
    """Set another number of sessions for each engagement."""

    from_: Sessions = field(name="from")
    to: Sessions


class ReviseChemistry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="field", tag="chemistry_sessions"):
    """Set another number of chemistry sessions that a client may have in one engagement; three, where nothing was set."""

    from_: ChemistrySessions = field(name="from")
    to: ChemistrySessions


TermsRevision: TypeAlias = ReviseStart | ReviseEnd | ReviseCapacity | ReviseSessions | ReviseChemistry


class ReviseProgramTerms(Command, frozen=True, kw_only=True):
    """Replaces one term of a program by another value. `from` is the value that was read.

    With `applies_to` `all` it must not fall short of what engagements under way were given: the day on which one ends, or its
    number of sessions. The seats that are taken bound the capacity in any case. Why is said by a code of the organization's
    list, by at least ten characters of reason, or both.
    """

    revision: TermsRevision
    applies_to: AppliesTo
    reason_code: Code | None = None
    reason: Prose | None = None


class CloseProgram(Command, frozen=True, kw_only=True):
    """Closes a program of which no engagement is open. Nobody is enrolled or coached in it any more."""
