"""Whether an engagement holds what an event is about: for folds that leave some of the events out."""

from __future__ import annotations

from domain.engagement.events import AgreementSigned
from domain.engagement.state import EngagementState
from domain.event import Event


def stands(state: EngagementState, event: Event) -> bool:
    """Nobody signs what was not drafted."""
    return state.agreement is not None or not isinstance(event, AgreementSigned)
