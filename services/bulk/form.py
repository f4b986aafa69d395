"""What a batch looks like on the wire, both ways."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from services.door import Done
from services.entry.faults import BATCH_LABEL
from services.problems import ProblemFault

MOST_ITEMS: Final = 200
"""Commands of one batch. None leads to more than two events, so that all of them fit into one append, which takes 500."""
LARGEST: Final = 1024 * 1024
"""Bytes of a batch."""

ItemName: TypeAlias = Annotated[str, Meta(pattern=BATCH_LABEL)]
Mode: TypeAlias = Literal["each", "all"]


class MadeBy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stands for an id that is not known yet: of what an earlier item of the batch makes, named by that item's own `id`."""

    made_by: ItemName


class BatchItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One command: its name as in `GET /v1/commands`, the body that its own address takes, and what it is about.

    `target` is the id in that address, for every command that does not begin something. `id` is a word of your own, unique in
    the batch: it comes back with the outcome, and later items refer to what this one makes as `{"made_by": "<id>"}`, as
    their target or in the place of any id of their body. `if_version` is what If-Match is to a single command: the version
    that the target must be at when it is this item's turn.
    """

    command: Annotated[str, Meta(max_length=64, examples=["register_person"])]
    body: dict[str, Any]
    target: UUID | MadeBy | None = None
    id: ItemName | None = None
    if_version: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None


class Batch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Commands, done in this order. In mode `each` one that is refused changes nothing and the others go on; in mode `all`
    either all of them are done, in one step, or none."""

    items: Annotated[tuple[BatchItem, ...], Meta(min_length=1, max_length=MOST_ITEMS)]
    mode: Mode = "each"


class ItemProblem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why an item was refused: as a problem of its own, with pointers into the body of the whole request."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[ProblemFault, ...] = ()
    facts: dict[str, Any] = {}


class ItemOutcome(Struct, frozen=True, kw_only=True):
    """What came of an item: the status that its command alone would have had, with its answer or its problem."""

    status: int
    id: str | UnsetType = UNSET
    done: Done | UnsetType = UNSET
    problem: ItemProblem | UnsetType = UNSET


class BatchOutcome(Struct, frozen=True, kw_only=True):
    """What came of each item, in the order of the request.

    `postponed` counts those that were not come to, because the database or others were in the way: their status is 503.
    Send the same request with the same Idempotency-Key again, and it goes on with them; what is done is not done twice.
    """

    done: int
    refused: int
    postponed: int
    items: tuple[ItemOutcome, ...]
