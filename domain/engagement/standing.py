"""Whether an engagement holds what an event is about: for folds that leave some of the events out."""

from __future__ import annotations

from domain.engagement.events import AgreementAmended, AgreementSigned
from domain.engagement.state import EngagementState
from domain.event import Event


def stands(state: EngagementState, event: Event) -> bool:
    """Nobody signs, or puts into force, what was not drafted."""
    if isinstance(event, AgreementSigned):
        return any(one.number == event.agreement_version for one in state.agreements)
    if isinstance(event, AgreementAmended):
        return state.latest is not None and state.latest.number == event.agreement_version
    return True
