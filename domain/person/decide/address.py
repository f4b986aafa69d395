"""Deciding about another address: whoever reads the mails of an address signs in by it, so it never changes by a word alone.

A key of the organization's directory, an administrator or a browser that somebody left open may name another one. It takes the place
of the old one when a link that was mailed to the new one was followed, and not before whoever reads the old one had time to stop it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.errors.person import PersonExists
from domain.event import Event
from domain.person.commands import ChangePersonProfile, ConfirmAddress, KeepAddress
from domain.person.context import PersonContext
from domain.person.decide.erasure import require_kept
from domain.person.decide.table import decide
from domain.person.events import AddressChangeAsked, AddressConfirmed, AddressKept
from domain.person.state import PersonState
from domain.values import OfPerson

STOPPABLE: Final = timedelta(days=3)
"""The least time in which it can be stopped: a weekend long."""
LASTS: Final = timedelta(days=14)
"""From when it was asked for; then it has to be asked for anew."""


def address_events(state: PersonState, command: ChangePersonProfile, context: PersonContext) -> Sequence[Event]:
    """What naming an address makes of it. The present one stops what waits; one that is written otherwise is another one."""
    if command.email is None:
        return ()
    if context.email is not None and context.email.plain() == command.email:
        return stopped(state)
    if context.is_taken:
        raise PersonExists
    return (
        AddressChangeAsked(
            email=OfPerson(command.email, subject=state.id),
            confirmable_from=context.now + STOPPABLE,
            ends_at=context.now + LASTS,
            source=command.source,
        ),
    )


@decide.on(ConfirmAddress)
def confirm(state: PersonState, command: ConfirmAddress, context: PersonContext) -> Sequence[Event]:
    """Nothing where nothing waits, or not yet. Of two who confirm one address at once, a claim settles whose it is."""
    require_kept(state)
    waiting = state.address_change
    if waiting is None or not waiting.is_confirmable(context.now) or context.new_email is None:
        return ()
    if context.is_taken:
        raise PersonExists
    return (AddressConfirmed(email=context.new_email, former_email=context.email, source=waiting.source, asked=waiting.asked),)


@decide.on(KeepAddress)
def stop(state: PersonState, command: KeepAddress, context: PersonContext) -> Sequence[Event]:
    require_kept(state)
    return stopped(state)


def stopped(state: PersonState) -> Sequence[Event]:
    return () if state.address_change is None else (AddressKept(asked=state.address_change.asked),)
