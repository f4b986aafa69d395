"""How terms, signatures and recontracting change an engagement."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from domain.digest import extended
from domain.engagement.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementSigned,
    AgreementTerms,
    AgreementTermsRevised,
    Recipient,
    RecontractingOpened,
    RecontractingWithdrawn,
)
from domain.engagement.evolve.table import evolve
from domain.engagement.state import Agreement, EngagementState, Recontracting, Signature
from domain.event import Recorded


def drafted(state: EngagementState, recorded: Recorded[AgreementTerms]) -> EngagementState:
    digest = extended(state.digest, recorded)
    terms = AgreementTerms(**{name: getattr(recorded.event, name) for name in AgreementTerms.__struct_fields__})
    agreement = Agreement(terms=terms, drafted_at=recorded.version, drafted_by=recorded.meta.actor, digest=digest)
    return replace(state, agreements=(*state.agreements, agreement), digest=digest)


for kind in (AgreementDrafted, AgreementTermsRevised):
    evolve.on(kind)(drafted)


@evolve.on(AgreementSigned)
def signed(state: EngagementState, recorded: Recorded[AgreementSigned]) -> EngagementState:
    """Mostly the last terms; somebody who joined a group since signs those that rule."""
    event = recorded.event
    signature = Signature(party=event.party, by=recorded.meta.actor, at=recorded.occurred_at, method=event.method)
    agreements = tuple(
        replace(one, signatures=(*one.signatures, signature)) if one.number == event.agreement_version else one for one in state.agreements
    )
    return ruling(replace(state, agreements=agreements), recorded.occurred_at)


def ruling(state: EngagementState, at: datetime) -> EngagementState:
    """The last signature makes the engagement contracted; while recontracting is open, the new terms wait to be put into force."""
    last = state.latest
    if last is None or last.in_force_since is not None or state.recontracting is not None or state.awaits(last):
        return state
    return _in_force(state, at)


@evolve.on(RecontractingOpened)
def recontracting_opened(state: EngagementState, recorded: Recorded[RecontractingOpened]) -> EngagementState:
    event = recorded.event
    recontracting = Recontracting(
        opened_at=recorded.occurred_at,
        opened_by=recorded.meta.actor,
        changes=event.changes,
        reason_code=event.reason_code,
        reason=event.reason,
        base=event.agreement_version,
    )
    return replace(state, recontracting=recontracting)


@evolve.on(RecontractingWithdrawn)
def recontracting_withdrawn(state: EngagementState, recorded: Recorded[RecontractingWithdrawn]) -> EngagementState:
    return replace(state, recontracting=None)


@evolve.on(AgreementAmended)
def amended(state: EngagementState, recorded: Recorded[AgreementAmended]) -> EngagementState:
    """Consent to what the new terms do not let reach the sponsor ends with the old ones: wider terms later do not revive it."""
    narrowed, sponsor = recorded.event.narrowed, state.names_of(Recipient(role="sponsor"))
    kept = tuple(one for one in state.consents if not (one.subject in narrowed and one.recipient in sponsor))
    return _in_force(replace(state, recontracting=None, consents=kept), recorded.occurred_at)


def _in_force(state: EngagementState, since: datetime) -> EngagementState:
    """The latest terms rule."""
    latest = replace(state.agreements[-1], in_force_since=since)
    stage = "contracted" if state.stage == "proposed" else state.stage
    return replace(state, agreements=(*state.agreements[:-1], latest), in_force=latest.number, stage=stage)
