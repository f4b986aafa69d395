"""What every list may be asked for: which of its items, in which order, from where on, and which of their fields.

An order is by what stands in the read model's rows. A cursor holds only the id of a page's last item, whatever the order: what
comes after it is found by that item's own value, so that no value, such as a date about somebody, stands in an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, get_args, get_type_hints
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import QueryParameter
from msgspec import UNSET, UnsetType

from projections.ordered import Order
from projections.snapshot import Scope
from services.errors import Fault, Unreadable
from services.reading.cursor import read_cursor, write_cursor
from services.reading.route import CURSOR, LIMIT

FIELDS: Final = QueryParameter(
    max_length=1000,
    description="Which fields of the items you want, with a comma between them: each item then has these and its id only.",
)
SORT: Final = QueryParameter(
    description="By what the items are ordered, from the least on; with `-` from the greatest on. What has no such value comes first, or last."
)
CLIENT: Final = QueryParameter(description="Only those of this client.")
COACH: Final = QueryParameter(description="Only those of this coach.")
PROGRAM: Final = QueryParameter(description="Only those of this program.")
STAGE: Final = QueryParameter(description="Only those that stand there.")

Made: TypeAlias = Literal["created", "-created"]
"""The order in which things were made, or the other way round."""

NOTHING: Final = Scope(program_ids=frozenset())
"""The scope that nothing lies in."""

T = TypeVar("T")


class Identified(Protocol):
    """An item of a list."""

    @property
    def id(self) -> UUID: ...


Item = TypeVar("Item", bound=Identified)


class Wanted(NamedTuple):
    """Which of a list's items, and in which order."""

    client: UUID | None = None
    coach: UUID | None = None
    program: UUID | None = None
    stage: str | None = None
    sort: str = "created"


class Page(NamedTuple):
    """Where a page begins, and how many items it has at most."""

    limit: int = 50
    after: UUID | None = None

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """What comes after the item at which the page begins, of all that there is; nothing, where that is gone."""
        if self.after is None:
            return items
        place = next((number for number, item in enumerate(items) if item.id == self.after), len(items))
        return items[place + 1 :]

    def cut(self, found: Sequence[T]) -> Sequence[T]:
        """The items of the page, of what was found when one more was looked for."""
        return found[: self.limit]

    def following(self, found: Sequence[Identified]) -> str | UnsetType:
        """The cursor of the next page, when there is one."""
        return write_cursor(found[self.limit - 1].id) if len(found) > self.limit else UNSET


def page_of(
    request: Request[Any, Any, Any],
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
    fields: Annotated[str | None, FIELDS] = None,
) -> Page:
    """What every list takes. Raises `Unreadable` for a cursor that no page answered, and for a field that the items do not have."""
    known = fields_of(request.route_handler.opt["answer"])
    if fields is not None and (unknown := sorted({*fields.split(",")} - known)):
        detail = f"Choose among {', '.join(sorted(known))}."
        raise Unreadable([Fault("/query/fields", "unknown_field", detail) for _ in unknown[:1]])
    return Page(limit, read_cursor(cursor))


@cache
def fields_of(answer: type[msgspec.Struct]) -> frozenset[str]:
    """The fields of a list's items, by the names that they have in the answer."""
    (item, *_) = get_args(get_type_hints(answer)["items"])
    return frozenset(item.__struct_encode_fields__)


def order(sort: str, places: Mapping[str, tuple[str, ...]]) -> Order:
    """What a `sort` says; the order in which things were made is that of their ids."""
    name = sort.removeprefix("-")
    return Order(places.get(name, ()), sort.startswith("-"))


def within(scope: Scope, *, client: UUID | None = None, coach: UUID | None = None, program: UUID | None = None) -> Scope:
    """What the reader may see, less what the filters leave out."""
    if client is not None and scope.client_id not in (None, client):
        return NOTHING
    if coach is not None and scope.coach_id not in (None, coach):
        return NOTHING
    if program is not None:
        programs = frozenset({program})
        scope = scope._replace(program_ids=programs if scope.program_ids is None else programs & scope.program_ids)
    return scope._replace(client_id=client or scope.client_id, coach_id=coach or scope.coach_id)


def like(**state: Any) -> dict[str, Any]:
    """What the folded state of an item has to hold; what is None does not matter."""
    wanted = {name: value for name, value in state.items() if value is not None}
    return {"state": wanted} if wanted else {}
