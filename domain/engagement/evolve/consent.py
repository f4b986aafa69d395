"""How consent changes what an engagement lets others see."""

from __future__ import annotations

from msgspec.structs import replace

from domain.engagement.events import DisclosureConsentGranted, DisclosureConsentWithdrawn
from domain.engagement.evolve.table import evolve
from domain.engagement.state import Consent, EngagementState
from domain.event import Recorded


@evolve.on(DisclosureConsentGranted)
def consent_granted(state: EngagementState, recorded: Recorded[DisclosureConsentGranted]) -> EngagementState:
    event = recorded.event
    granted = tuple(Consent(subject=subject, recipient=event.recipient, until=event.until) for subject in event.subjects)
    return replace(state, consents=_without(state, event) + granted)


@evolve.on(DisclosureConsentWithdrawn)
def consent_withdrawn(state: EngagementState, recorded: Recorded[DisclosureConsentWithdrawn]) -> EngagementState:
    return replace(state, consents=_without(state, recorded.event))


def _without(state: EngagementState, event: DisclosureConsentGranted | DisclosureConsentWithdrawn) -> tuple[Consent, ...]:
    return tuple(consent for consent in state.consents if not (consent.recipient == event.recipient and consent.subject in event.subjects))
