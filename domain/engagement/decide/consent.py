"""Deciding about what the client lets others see."""

from __future__ import annotations

from collections.abc import Sequence

from domain.engagement.commands import GrantDisclosureConsent, WithdrawDisclosureConsent
from domain.engagement.context import EngagementContext
from domain.engagement.decide.table import decide
from domain.engagement.events import DisclosureConsentGranted, DisclosureConsentWithdrawn, Recipient, Signatory
from domain.engagement.state import EngagementState
from domain.errors import NotPermitted
from domain.errors.engagement import AgreementMissing, FlowNotAgreed, SignaturesMissing
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.glossary import Disclosure


@decide.on(GrantDisclosureConsent)
def grant_consent(state: EngagementState, command: GrantDisclosureConsent, context: EngagementContext) -> Sequence[Event]:
    """The latest grant counts, also when it ends earlier than the one before."""
    _require_client(state, context)
    if command.until is not None and command.until < context.today:
        raise DatesInverted("The last day of a consent must not lie in the past.", pointer="/until")
    recipient = _recipient(command)
    granted = state.granted_by(context.actor, recipient, context.today)
    new = tuple(dict.fromkeys(subject for subject in command.subjects if granted.get(subject, ...) != command.until))
    if new and recipient in state.names_of(Recipient(role="sponsor")):
        _require_flows(state, new, context)
    return (DisclosureConsentGranted(subjects=new, recipient=recipient, until=command.until),) if new else ()


@decide.on(WithdrawDisclosureConsent)
def withdraw_consent(state: EngagementState, command: WithdrawDisclosureConsent, context: EngagementContext) -> Sequence[Event]:
    """Always accepted, of each who is coached, and thorough: what was granted to the sponsor's role ends when it is withdrawn from their person, too."""
    _require_client(state, context)
    events = []
    for recipient in state.names_of(_recipient(command)):
        granted = state.granted_by(context.actor, recipient, context.today)
        if withdrawn := tuple(dict.fromkeys(subject for subject in command.subjects if subject in granted)):
            events.append(DisclosureConsentWithdrawn(subjects=withdrawn, recipient=recipient))
    return events


def _require_flows(state: EngagementState, subjects: Sequence[Disclosure], context: EngagementContext) -> None:
    """The terms that they signed themselves hold them. Nobody else can be shown anything by terms that they are no party to."""
    if state.agreement is None:
        raise AgreementMissing
    if not state.agreement.has_signed(Signatory(party="client", person_id=context.actor)):
        raise SignaturesMissing(
            "Sign the agreement first: it says what can reach the sponsor.", missing=("client",), people=[context.actor]
        )
    beyond = [subject for subject in subjects if subject not in state.agreement.reaching("sponsor")]
    if beyond:
        raise FlowNotAgreed(pointer="/subjects", subjects=beyond)


def _require_client(state: EngagementState, context: EngagementContext) -> None:
    """Each who is coached, for themselves."""
    if context.actor not in state.coached:
        raise NotPermitted("Consent is the client's own: nobody else can grant or withdraw it.")


def _recipient(command: GrantDisclosureConsent | WithdrawDisclosureConsent) -> Recipient:
    return Recipient(role=command.recipient.role, person_id=command.recipient.person_id)
