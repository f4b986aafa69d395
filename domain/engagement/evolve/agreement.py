"""How terms and signatures change an engagement."""

from __future__ import annotations

from msgspec.structs import replace

from domain.digest import extended
from domain.engagement.events import AgreementDrafted, AgreementSigned
from domain.engagement.evolve.table import evolve
from domain.engagement.state import Agreement, EngagementState, Signature
from domain.event import Recorded


@evolve.on(AgreementDrafted)
def drafted(state: EngagementState, recorded: Recorded[AgreementDrafted]) -> EngagementState:
    agreement = Agreement(terms=recorded.event, drafted_at=recorded.version, drafted_by=recorded.meta.actor)
    return replace(state, agreement=agreement, digest=extended(state.digest, recorded))


@evolve.on(AgreementSigned)
def signed(state: EngagementState, recorded: Recorded[AgreementSigned]) -> EngagementState:
    """The last signature makes the engagement contracted."""
    assert state.agreement is not None  # nobody signs what was not drafted
    event = recorded.event
    signature = Signature(party=event.party, by=recorded.meta.actor, at=recorded.occurred_at, method=event.method)
    agreement = replace(state.agreement, signatures=(*state.agreement.signatures, signature))
    return replace(state, agreement=agreement, stage=state.stage if agreement.missing() else "contracted")
