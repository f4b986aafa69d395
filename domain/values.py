"""The kinds of value that an event may hold, and personal values, which are sealed per person.

An event holds ids, dates, numbers, enums, `Code`, `PublicText` (a listed few) or a personal value; never a bare `str`.
A personal value stands in one of three states: plain (as a command brought it), sealed (as the log holds it, and as a
fold keeps it) or erased (its key is destroyed).
"""

from __future__ import annotations

import enum
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Final, Generic, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

T = TypeVar("T")

# PostgreSQL's text refuses NUL, and other control characters only serve to deceive. Python's `$` also matches before a
# last newline, which is why each pattern of one line looks past its end; JSON Schema reads it the same way.
# One line must hold something but blanks.
ONE_LINE: Final = r"^(?=.*\S)[^\x00-\x1f\x7f]*$(?!\n)"
PARAGRAPHS: Final = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
MACHINE_WORD: Final = re.compile(r"[a-z0-9_.@-]{1,64}")
NIL: Final = UUID(int=0)
"""The id of nothing: what a state holds before its first event."""

Code: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9_.@-]{1,64}$(?!\n)")]
"""A machine word from a known list."""
Label: TypeAlias = Annotated[
    str,
    Meta(pattern=r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]{1,64}$(?!\n)"),
]
"""A short name in any script, as a command brings it: a machine word, or the words of whoever names a cohort, a unit or a source.

It is one line, and nothing in it turns the order of letters around or is not to be seen. What keeps it writes it one way (`spelled`).
"""
StoredLabel: TypeAlias = Annotated[str, Meta(extra={"is": "label"})]
"""A `Label` about no person that only events and states hold, in the clear."""
StoredCode: TypeAlias = Annotated[str, Meta(extra={"is": "code"})]
"""A `Code` that only events and states hold. It was one before it was stored, and checking it again would take longer than reading the rest."""
Digest: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
"""A SHA-256 in hexadecimal: what a signature or an approval is bound to."""
TimeZone: TypeAlias = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$(?!\n)", extra={"listed": "IANA"})]
"""The name of a time zone of the IANA list, such as Europe/Berlin."""
PublicText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE, extra={"public": True})]
"""Text about no person, such as a program's name: stored in the clear, and never erased."""
Line: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
"""One line of a command; becomes a personal value in the event."""
Prose: TypeAlias = Annotated[str, Meta(min_length=1, max_length=4000, pattern=PARAGRAPHS)]
"""Paragraphs of a command; become a personal value in the event."""
EmailAddress: TypeAlias = Annotated[
    str, Meta(max_length=254, pattern=r"^[^\s@\x00-\x1f\x7f]{1,64}@[^\s@.\x00-\x1f\x7f]{1,63}(\.[^\s@.\x00-\x1f\x7f]{1,63})+$(?!\n)")
]
"""The address of a mailbox, as a command brings it; becomes a personal value in the event."""
Instant: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""An instant with its offset; stored in UTC."""


class Erased(enum.Enum):
    """What a personal value opens to when its key is destroyed."""

    ERASED = "erased"


ERASED: Final = Erased.ERASED


class Personal(Generic[T]):
    """A value about a person, sealed with that person's key of the stream's realm.

    `subject` names the person when the marker alone does not say whose the value is. `sealed` is the stored form; it is
    self-contained and may be copied, unopened, inside its stream.
    """

    marker: ClassVar[str]
    __slots__ = ("_value", "sealed", "subject")

    def __init__(self, value: T | Erased | UnsetType = UNSET, *, subject: UUID | None = None, sealed: str | None = None) -> None:
        self._value = value
        self.subject = subject
        self.sealed = sealed

    def plain(self) -> T:
        """The value. Raises `ValueError` while it is sealed, and when it is erased: ask `is_erased` first."""
        if isinstance(self._value, Erased | UnsetType):
            raise ValueError(f"{self!r} is {'erased' if self.is_erased else 'sealed'}")
        return self._value

    @property
    def is_erased(self) -> bool:
        return self._value is ERASED

    @property
    def is_public(self) -> bool:
        """True of what is stored in the clear, because it says nothing about a person."""
        return False

    @property
    def is_open(self) -> bool:
        """True when `plain` answers."""
        return not isinstance(self._value, Erased | UnsetType)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"  # never the text: a representation ends up in logs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and type(other) is type(self) and (self._value, self.sealed) == (other._value, other.sealed)

    def __hash__(self) -> int:
        return hash((type(self), self.sealed, repr(self._value)))


class OfClient(Personal[T]):
    """About the client of the stream's engagement, whoever wrote it."""

    marker = "client"
    __slots__ = ()


class LabelOfClient(OfClient[T]):
    """A `Label` of a plan. A machine word, such as percent or calendar, stands in the clear, for everybody who reads codes.

    Any other is somebody's words: who gives a number may be a colleague's name. It is sealed as the client's, shown to nobody but who
    reads the words of the plan, whatever the client consents to, and gone when they are erased.
    """

    __slots__ = ()

    def __init__(self, value: T | Erased | UnsetType = UNSET, *, subject: UUID | None = None, sealed: str | None = None) -> None:
        word: Any = value if sealed is None else sealed
        if isinstance(word, str) and MACHINE_WORD.fullmatch(word):  # no sealed form is as short
            value, sealed = cast("T", word), word
        super().__init__(value, subject=subject, sealed=sealed)

    @property
    def is_public(self) -> bool:
        return isinstance(self.sealed, str) and self._value == self.sealed


class OfNobody(OfClient[T]):
    """About the client, from somebody whom nobody may name. Only what makes a result of many such values opens them, no reader ever."""

    __slots__ = ()


class OfAuthor(Personal[T]):
    """The words of the person who acted."""

    marker = "author"
    __slots__ = ()


def of_author(text: str | None) -> OfAuthor[str] | None:
    """The words of a command; blank ones say nothing."""
    return OfAuthor(text) if text is not None and text.strip() else None


def spelled(label: str) -> str:
    """A label as it is kept: composed (NFC), without blanks around it, and with one between two words."""
    return " ".join(unicodedata.normalize("NFC", label).split())


def label_of_client(label: str | None) -> LabelOfClient[str] | None:
    """The label of a command, as an event of a plan holds it."""
    return None if label is None else LabelOfClient(spelled(label))


def is_same_label(one: str, other: str) -> bool:
    """Whether two labels name the same, however they are written."""
    return spelled(one).casefold() == spelled(other).casefold()


class OfPerson(Personal[T]):
    """About the person named by `subject`."""

    marker = "person"
    __slots__ = ()


PLAIN: Final = frozenset((str, int, bool, float, bytes, UUID, datetime, date, Decimal, type(None)))
"""What most values in an event or state are, and what is no personal value and holds none."""


def personal_values(value: Any) -> list[Personal[Any]]:
    """Every personal value inside an event or state, depth first, in the order of the fields."""
    found: list[Personal[Any]] = []
    gather(value, found)
    return found


def gather(value: Any, found: list[Personal[Any]]) -> None:
    if isinstance(value, Personal):
        if not value.is_public:
            found.append(value)
    elif hasattr(value, "__struct_fields__"):
        for name in fields_to_search(value.__class__):
            item = getattr(value, name)
            if type(item) not in PLAIN:
                gather(item, found)
    elif isinstance(value, dict | list | tuple | set | frozenset):
        for item in value.values() if isinstance(value, dict) else value:
            if type(item) not in PLAIN:
                gather(item, found)


@cache
def fields_to_search(kind: type) -> tuple[str, ...]:
    """The fields of a struct that may hold a personal value. A long plan has thousands of measurements, which hold none."""
    return tuple(name for name, hint in get_type_hints(kind).items() if may_be_personal(hint))


def may_be_personal(hint: Any) -> bool:
    """Whether a value with this annotation may be a personal one or hold one; so may every value whose annotation does not tell."""
    origin = get_origin(hint) or hint
    if origin is Literal or origin is Ellipsis or origin in PLAIN:
        return False
    if hasattr(origin, "__struct_fields__"):
        return bool(fields_to_search(origin))
    if origin in (Union, UnionType, dict, list, tuple, set, frozenset):
        return any(may_be_personal(argument) for argument in get_args(hint) or (Any,))
    return not (isinstance(origin, type) and issubclass(origin, enum.Enum))
