"""What may be refused about a program."""

from domain.errors import Refusal


class DatesInverted(Refusal):
    """The end must lie after the start: choose a later end, or an earlier start."""


class SponsorRequired(Refusal):
    """A sponsored program names at least one sponsor: add one to `sponsor_ids`, or leave out that sponsors take part."""


class CoachPoolEmpty(Refusal):
    """Nobody is in the program's pool: add a coach to it before it opens."""


class CoachInPool(Refusal):
    """The coach is in the pool already, with that limit: name another coach, or another limit."""


class NotACoach(Refusal):
    """That person has no coach role here: grant it first."""


class NotAClient(Refusal):
    """That person has no client role here: grant it first."""


class NotASponsor(Refusal):
    """That person has no sponsor role here: grant it first."""


class ProgramAlreadyOpen(Refusal):
    """The program is open already: enrol participants."""


class ProgramNotOpen(Refusal):
    """The program is not open: open it first."""


class ProgramFull(Refusal):
    """Every seat of the program is taken: change its terms to more seats, or withdraw a participant first."""


class AlreadyEnrolled(Refusal):
    """The client is enrolled in the program already: propose an engagement for them."""


class NotEnrolled(Refusal):
    """The client is not enrolled in the program: enrol them first."""


class ProgramClosedAlready(Refusal):
    """The program is closed: nothing of it changes any more."""


class CoachNotPooled(Refusal):
    """The coach is not in the pool: name one who is."""


class CoachHasEngagements(Refusal):
    """The coach has engagements of this program: end them, or give them to another coach, first."""


class EndEngagementFirst(Refusal):
    """The client has an engagement in this program: end it, or cancel it, first."""


class EngagementsOpen(Refusal):
    """Engagements of this program are not over: complete, end or cancel each of them first."""


class EngagementsExceedTerms(Refusal):
    """The program would have less than what was given already: let the new terms apply to new engagements only, or choose others."""


class ClientOrganizationUnknown(Refusal):
    """There is no such client organization: add it first."""


class BeyondProgramTerms(Refusal):
    """The program does not give an engagement that much: stay within its days and its sessions, or have its terms revised."""
