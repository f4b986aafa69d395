"""Question 1: what was signed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from domain.digest import digest_of_nothing, extended
from domain.engagement.events import AgreementSigned, AgreementTerms, EngagementProposed
from domain.plan.digest import is_content
from domain.plan.events import PlanActivated, PlanApproved, PlanDrafted
from domain.values import Digest
from infra.eventstore.feed import Fed
from services.audit.question.case import IMPORTED, Case, delay
from services.audit.question.finding import Finding, finding

BACK: Final = timedelta(days=1)
"""What was written down longer than this after the time it is dated to was dated back."""


def signed_content(case: Case) -> Iterator[Finding]:
    """The content digest is chained anew from the stored events, and not taken from a folded state.

    Of an agreement it is that of the version that was signed: who joins a group signs the one that rules, also while new terms wait.
    """
    digests: dict[UUID, Digest] = {}
    versions: dict[int, Digest] = {}
    active: set[UUID] = set()
    for fed in case.events:
        match fed.event:
            case PlanDrafted() | EngagementProposed():
                digests[fed.stream] = digest_of_nothing(fed.stream)
            case PlanApproved() as event:
                yield agreed(case, fed, event, digests[fed.stream], event.plan_version)
            case AgreementSigned() as event:
                yield agreed(case, fed, event, versions[event.agreement_version], event.agreement_version)
            case AgreementTerms() as event:
                digests[fed.stream] = versions[event.agreement_version] = extended(digests[fed.stream], fed)
            case PlanActivated():
                active.add(fed.stream)
            case other if fed.stream in digests and is_content(other, active=fed.stream in active):
                digests[fed.stream] = extended(digests[fed.stream], fed)


def agreed(case: Case, fed: Fed, event: PlanApproved | AgreementSigned, recomputed: Digest, number: int) -> Finding:
    back = delay(fed) > BACK and fed.meta.channel != IMPORTED
    noun = "plan" if isinstance(event, PlanApproved) else "agreement"
    kind = "signed_other_content" if event.digest != recomputed else "signed_and_dated_back" if back else "signed_this_content"
    return finding(
        kind,
        fed,
        stands_out=kind != "signed_this_content",
        noun=noun,
        noun_id=fed.stream,
        number=number,
        party=event.party,
        actor=fed.meta.actor,
        signed_on=case.day(fed.occurred_at),
        recorded_on=case.day(fed.recorded_at),
        version=fed.version,
        signed_digest=event.digest,
        recomputed_digest=recomputed,
    )
