"""What an erasure would do, what forbids it, and what is told of one that was asked for."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.glossary import ENDED
from domain.organization.state import LegalHold
from domain.person.state import PersonState
from projections import current
from projections.current import CURRENT
from projections.snapshot import Scope
from services.permission.table import MAY
from services.person import erasure
from services.person.receipt import ErasureAnswer, find_receipt
from services.reading.reads import Look, Reads

BASES: Final = {
    "not_needed": "What it was kept for is over",
    "consent_withdrawn": "They withdrew the consent that it rested on",
    "objection": "They object to it",
    "unlawful": "It was never lawful",
    "legal_obligation": "The law demands it",
}
"""Why it may be demanded, by GDPR, article 17(1), a to e, in words."""
REMAINS: Final = {
    "ids_dates_numbers_codes": "ids, dates, numbers and codes, which name nobody",
    "sealed_words_without_a_key": "their words as they were sealed, which nobody can open again",
    "what_others_wrote": "what others wrote elsewhere, and in groups",
    "mails_already_sent": "mails that had been sent",
    "backups": "backups, until the key-encryption key of then is rotated and removed",
}
"""What is there still, in words."""


class ErasureView(NamedTuple):
    """`own` are the engagements in which the person alone is coached, `under_way` those of them that are not over: an erasure ends them.

    `holds` forbid it at this moment. `receipt` is there once it was asked for, for who may read it.
    """

    own: int
    under_way: int
    holds: tuple[LegalHold, ...]
    receipt: ErasureAnswer | None

    @property
    def people(self) -> list[UUID | None]:
        return [self.receipt.requested_by] if self.receipt is not None else []


async def erasure_view(request: Request[Any, Any, Any], reads: Reads, look: Look, one: PersonState) -> ErasureView | None:
    """None for who has nothing to do with erasures."""
    if look.actor.role not in MAY["read_erasure"] or look.actor.programs is not None:
        return None
    receipt = (await find_receipt(reads, look.actor, one.id)).answer if one.erasure is not None else None
    reach = await erasure.reach_of(reads.connections, look.actor.tenant, one.id)
    async with reads.snapshot(request, look.actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        found = await current.listed(rows, "engagement", Scope(client_id=one.id), after=None, limit=None, words=False)
    under_way = sum(each.id in reach.own and each.state.stage not in ENDED for each in found)
    return ErasureView(len(reach.own), under_way, look.organization.keeping(one.id, reach.all), receipt)
