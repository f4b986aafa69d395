"""What a projection is: documents by key, folded from the events of one organization's log, and where its rows stand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from msgspec import Raw

from domain.event import EVENTS, Event
from domain.person.events import PersonErased
from domain.values import ERASED, MACHINE_WORD, OfNobody, Personal, personal_values
from infra.eventstore import codec
from infra.eventstore.feed import Fed
from infra.eventstore.sealing import subject_of
from infra.sql import Statements, load
from projections.confidence import shared_in

D = TypeVar("D")
ROWS: Final = str(Path(__file__).with_name("document.py"))


def readable(document: Any) -> list[Personal[Any]]:
    """The personal values in a document that some reader may see: what is nobody's is never in the clear in a read model."""
    return [value for value in personal_values(document) if not isinstance(value, OfNobody)]


class Projection(Generic[D]):
    """A read model: the documents of type `document`, one a key.

    `reads` are the events that it is made of: of no other it is asked anything, and they may not even be decoded.
    `key` says which document an event belongs to, None for none. `apply` folds it into that document (None: there is none
    yet) and may leave it as it is; it may depend on nothing else, so that the rows are the same whatever the batches were.
    A key has the events of one realm: an engagement with what belongs to it, or a stream that belongs to none.
    `personal` finds the personal values in a document, None where there never are any. `beside` makes the row that an event
    leaves under a key of its own for good, None for none, from the document before and after it: what a row must tell of
    earlier events is folded into the document, and the rows stay one an event. Beside `module` stands the `.sql` with
    the table's definition and the queries. A new form of the documents, another fold, or another event that is read, is a new
    `version`: the generation of its tables. So what an older release passed by, because it did not know the event yet, is in the
    newer one's rows, which begin at the beginning of the log.
    """

    def __init__(
        self,
        module: str,
        *,
        name: str,
        version: int,
        document: type[D] | UnionType,
        reads: Collection[type[Event]],
        key: Callable[[Fed], UUID | None],
        apply: Callable[[D | None, Fed], D | None],
        personal: Callable[[D], Iterable[Personal[Any]]] | None = readable,
        beside: Callable[[D | None, D | None, Fed], tuple[UUID, D] | None] | None = None,
    ) -> None:
        self.module = module
        self.name = name
        self.version = version
        self.reads = reads
        self.key = key
        self.apply = apply
        self.personal = personal
        self.beside = beside
        self.document: Any = document
        self.kept: msgspec.json.Decoder[D] = msgspec.json.Decoder(self.document, dec_hook=codec.keep)

    def sql(self) -> Statements:
        """The read model's own statements, on the tables of this code's generation."""
        return statements(self.module, self.name, self.version)

    def rows(self, generation: int | None = None) -> Statements:
        """The statements that all read models share, on the tables of a generation; of this code's, when none is given."""
        return statements(ROWS, self.name, generation or self.version)

    def folded(self, before: D | None, fed: Fed) -> tuple[D | None, tuple[UUID, D] | None]:
        """The document after an event, and the row that it leaves beside it, if any."""
        after = self.apply(before, fed)
        return after, self.beside(before, after, fed) if self.beside is not None else None

    def encode(self, document: D) -> str:
        """As it is stored: personal values sealed, sets in order, so that equal documents are equal texts."""
        return msgspec.json.encode(self.builtins(document)).decode()

    def builtins(self, document: D) -> Any:
        """What the stored text says, as JSON's builtins."""
        return msgspec.to_builtins(document, enc_hook=stored, str_keys=True, order="deterministic")

    def decode(self, stored: str) -> D:
        """As it is folded: personal values stay sealed."""
        return self.kept.decode(stored)

    def open(self, stored: str, texts: Texts) -> D:
        """As it is read: each personal value opened, or erased."""
        document: D = msgspec.json.decode(stored, type=self.document, dec_hook=texts.put)
        return document

    def sealed_in(self, document: D | None) -> set[str]:
        """The sealed values of a document; of none, none."""
        values = self.personal(document) if self.personal is not None and document is not None else ()
        return {value.sealed for value in values if value.sealed is not None}


def types_read(projections: Iterable[Projection[Any]]) -> frozenset[str]:
    """The stored names of the events that at least one of these reads; who was erased is forgotten by all."""
    kinds = {PersonErased} | {kind for projection in projections for kind in projection.reads}
    return frozenset(name for name, kind in EVENTS.items() if kind in kinds)


class Opening(NamedTuple):
    """Whether a reader has personal values opened, and which stay sealed for them all the same.

    `kept` are such values by reference. `others` are people who are coached together with the reader, whose own words stay sealed
    but for what they share (`projections/confidence.py`).
    """

    words: bool
    kept: frozenset[bytes] = frozenset()
    others: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return self.words

    @property
    def is_whole(self) -> bool:
        """Nothing stays sealed."""
        return not self.kept and not self.others

    def keeps(self, sealed: str, shared: frozenset[str] = frozenset()) -> bool:
        """Whether a value stays sealed; `shared` are those that the others share. A label that stands in the clear never is."""
        if MACHINE_WORD.fullmatch(sealed):
            return False
        return (bool(self.kept) and reference(sealed) in self.kept) or (
            bool(self.others) and sealed not in shared and subject_of(sealed) in self.others
        )

    @staticmethod
    def of(words: Opening | bool) -> Opening:
        return words if isinstance(words, Opening) else Opening(words)


WHOLE: Final = Opening(True)


class Texts(Mapping[str, Any]):
    """What the sealed values of one row open to, by the row's texts (reference -> value): every other one is erased.

    Those that the `opening` keeps are not opened; `shared` are the values that others share.
    """

    def __init__(self, by_reference: Mapping[bytes, Any], opening: Opening = WHOLE, shared: frozenset[str] = frozenset()) -> None:
        self.by_reference = by_reference
        self.opening = opening
        self.shared = shared

    def __getitem__(self, sealed: str) -> Any:
        return self.by_reference.get(reference(sealed), ERASED)

    def of(self, document: Callable[[], Any]) -> Texts:
        """The same for a document with what others share in it, which is asked for where that matters."""
        return Texts(self.by_reference, self.opening, shared_in(document())) if self.opening.others else self

    def put(self, marker: Any, sealed: str) -> Any:
        """A personal value with what it opens to, found at once: a list of plans holds thousands."""
        if not self.opening.is_whole and self.opening.keeps(sealed, self.shared):
            return codec.keep(marker, sealed)
        return codec.filled(marker, sealed, self.by_reference.get(reference(sealed), ERASED))

    def __contains__(self, sealed: object) -> bool:
        return self.opening.is_whole or not self.opening.keeps(str(sealed), self.shared)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a reference does not tell the sealed value that it is made of")

    def __len__(self) -> int:
        return len(self.by_reference)


@cache
def statements(module: str, name: str, generation: int) -> Statements:
    return load(module, name=f"{name}_g{generation}", table=f"rm.{name}_g{generation}")


def reference(value: str) -> bytes:
    """What a sealed value is called in a text table: long enough never to meet another, and it says nothing."""
    return hashlib.sha256(value.encode()).digest()[:16]


def stored(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, Raw) else codec.sealed_form(value, codec.refuse)
