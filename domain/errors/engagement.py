"""What may be refused about an engagement."""

from domain.errors import Refusal


class EngagementExists(Refusal):
    """The client has an engagement in this program already: go on with that one, or end it first."""


class SelfCoaching(Refusal):
    """Nobody coaches themselves: assign another coach."""


class CoachNotInPool(Refusal):
    """The coach is not in the program's pool: add them to it first."""


class CoachAtCapacity(Refusal):
    """The coach has as many engagements of this program as they take: assign another."""


class CoachAlreadyAssigned(Refusal):
    """This engagement has a coach already: give it over with reassign-coach."""


class ConflictOfInterest(Refusal):
    """The coach must not be the client's sponsor: assign another."""


class CoachNotChosen(Refusal):
    """The client talked with coaches, and did not say yes to this one: assign whom they chose, or on the organization's behalf."""


class ChemistrySessionsExhausted(Refusal):
    """The client has had as many chemistry sessions as there are: let them choose."""


class ClientMustAttend(Refusal):
    """Nothing is agreed about the client without them: name `client` among the attendees."""


class NotAGroup(Refusal):
    """One client is coached here: members belong to engagements of kind `group` or `team`."""


class AlreadyAMember(Refusal):
    """That client is coached in this group already: name another."""


class NotAMember(Refusal):
    """That client is no member of this group; its first client stays until the engagement ends."""


class NoLeadCoach(Refusal):
    """Nobody coaches this engagement yet: assign a coach first."""


class AgreementMissing(Refusal):
    """There is no agreement yet: draft it first."""


class AgreementSignedAlready(Refusal):
    """The agreement bears a signature: its terms change only by recontracting."""


class StaleAgreement(Refusal):
    """The agreement is not the one that was read: read it again, and sign the digest that it has now."""


class NotAParty(Refusal):
    """Only a party to this engagement can do this: its client, its coach or, where there is one, its sponsor."""


class AlreadySigned(Refusal):
    """That party has signed this version already: the others sign it now."""


class AgreementNotSigned(Refusal):
    """Nobody has signed the agreement: revise its terms instead."""


class RecontractingOpenAlready(Refusal):
    """The agreement is being agreed anew already, and nobody has signed the new terms: draft or revise those."""


class RecontractingOpen(Refusal):
    """The agreement is being agreed anew: put the new terms into force first."""


class RecontractingNotOpen(Refusal):
    """Nothing is being agreed anew: open the recontracting first."""


class RecontractingBegun(Refusal):
    """It cannot be taken back any more: new terms were put down, or none rule yet. Put terms down as they were, and let every party sign."""


class SignaturesMissing(Refusal):
    """Not every party has signed the agreement: let those that `facts` names sign it first."""


class EngagementNotContracted(Refusal):
    """The engagement needs an agreement signed by every party first."""


class EngagementNotActive(Refusal):
    """The engagement is not active: activate it if it has not begun, or resume it if it is paused. What has ended stays as it is."""


class EngagementNotPaused(Refusal):
    """The engagement is not paused: there is nothing to resume."""


class EngagementAlreadyActive(Refusal):
    """The engagement is active already: go on with it."""


class FlowNotAgreed(Refusal):
    """The agreement does not foresee that this reaches the sponsor: consent stays within the information flows that were signed."""


class FlowMissing(Refusal):
    """The program's sponsor takes part in plans: let `objective_titles` reach the sponsor in the information flows."""


class ConsentMissing(Refusal):
    """The client has not consented that the sponsor sees this: they grant it, with `objective_titles` among its subjects."""


class HandoverConsentMissing(Refusal):
    """The client, or one of a group, has not consented that this coach reads shared notes: they grant it, or hand over `objectives` only."""


class EngagementActive(Refusal):
    """The coaching has begun: complete the engagement, or end it early."""


class EngagementEnded(Refusal):
    """The engagement is over: nothing of it changes any more. Propose a new one, if the coaching goes on."""


class FinalEvaluationMissing(Refusal):
    """Nobody has recorded a final evaluation: schedule one of kind `final` and record it first."""


class FutureSessionsExist(Refusal):
    """Sessions are booked: record what became of them, or cancel them, first."""


class NoticeTooShort(Refusal):
    """The agreement asks for more days of notice: choose the day that `facts` name, or a later one, or ask who runs the program."""


class NoticeGivenAlready(Refusal):
    """Notice was given already, with the last day that `facts` name: choose an earlier day that is allowed, or leave it so."""


class NoticeNotGiven(Refusal):
    """Nobody has given notice: there is nothing to take back."""


class EngagementEnding(Refusal):
    """Notice was given, and the coaching ends before that: choose a day up to the last one, which `facts` name."""


class ObjectivesOpen(Refusal):
    """Objectives are still open: conclude each of them first."""


class EmergencyAccessPending(Refusal):
    """Emergency access was asked for already: have that request approved or declined first."""


class EmergencyAccessOpen(Refusal):
    """The plan is open in an emergency already: wait until that has ended."""


class EmergencyAccessAnswered(Refusal):
    """That request was approved or declined already: read what came of it, or ask anew."""


class EmergencyRequestExpired(Refusal):
    """Nobody answered that request within a day: ask anew."""


class EmergencyAccessNotOpen(Refusal):
    """That access is not open, or not any more: there is nothing to end."""


class OwnEmergencyRequest(Refusal):
    """Nobody approves their own request, in whatever role: another person has to."""
