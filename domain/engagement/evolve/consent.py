"""How consent changes what an engagement lets others see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.engagement.consent import Consent
from domain.engagement.events import DisclosureConsentGranted, DisclosureConsentWithdrawn
from domain.engagement.evolve.table import evolve
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(DisclosureConsentGranted)
def consent_granted(state: EngagementState, recorded: Recorded[DisclosureConsentGranted]) -> EngagementState:
    event, by = recorded.event, consenter(state, recorded)
    granted = tuple(Consent(by=by, subject=subject, recipient=event.recipient, until=event.until) for subject in event.subjects)
    return replace(state, consents=_without(state, event, by) + granted)


@evolve.on(DisclosureConsentWithdrawn)
def consent_withdrawn(state: EngagementState, recorded: Recorded[DisclosureConsentWithdrawn]) -> EngagementState:
    return replace(state, consents=_without(state, recorded.event, consenter(state, recorded)))


def consenter(state: EngagementState, recorded: Recorded[Any]) -> UUID:
    """Whose consent it is: in a group that of who said it."""
    return state.client_id if state.kind == "individual" else recorded.meta.actor


def _without(state: EngagementState, event: DisclosureConsentGranted | DisclosureConsentWithdrawn, by: UUID) -> tuple[Consent, ...]:
    return tuple(one for one in state.consents if not (one.by == by and one.recipient == event.recipient and one.subject in event.subjects))
