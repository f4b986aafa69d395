"""Deciding whether a coach's log may name a client."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NotFound, NotPermitted
from domain.errors.engagement import SelfCoaching
from domain.event import Event
from domain.person.commands import GrantListingConsent, WithdrawListingConsent
from domain.person.context import PersonContext
from domain.person.decide.table import decide
from domain.person.events import ListingConsentGranted, ListingConsentWithdrawn
from domain.person.state import PersonState


@decide.on(GrantListingConsent)
def grant_consent(state: PersonState, command: GrantListingConsent, context: PersonContext) -> Sequence[Event]:
    """The latest word counts; said twice it is said once."""
    _require_own(state, context)
    if command.coach_id == state.id:
        raise SelfCoaching(pointer="/coach_id")
    if not context.coach_exists:
        raise NotFound(pointer="/coach_id")
    return () if command.coach_id in state.listed_by else (ListingConsentGranted(coach_id=command.coach_id),)


@decide.on(WithdrawListingConsent)
def withdraw_consent(state: PersonState, command: WithdrawListingConsent, context: PersonContext) -> Sequence[Event]:
    """Always accepted."""
    _require_own(state, context)
    return (ListingConsentWithdrawn(coach_id=command.coach_id),) if command.coach_id in state.listed_by else ()


def _require_own(state: PersonState, context: PersonContext) -> None:
    if context.actor != state.id:
        raise NotPermitted("Consent is the client's own: nobody else can grant or withdraw it.")
