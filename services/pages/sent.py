"""A form that was sent and refused: it is shown again as it was filled in, with what is wrong beside it, so that nothing is entered twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from litestar.datastructures import FormMultiDict

from domain.errors import Refusal
from services.errors import Unreadable
from services.problems import STATUS
from services.wording.spoken import spoken

MISREAD: Final = "This was not taken as it was entered. What is wrong stands beside its field."
BOUNDS: Final = (
    (re.compile(r"Expected `string[^`]*` of length <= (\d+)\."), "At most {number} characters."),
    (re.compile(r"Expected `array[^`]*` of length >= (\d+)\."), "At least {number} of them."),
    (re.compile(r"Expected (?:`array[^`]*` of length <= |at most )(\d+)(?: items)?\."), "At most {number} of them."),
    (re.compile(r"Expected `[^`]+` >= (\S+)\."), "At least {number}."),
    (re.compile(r"Expected `[^`]+` <= (\S+)\."), "At most {number}."),
)
"""What the decoder says of a value that is too long, few, many, small or large, and how a person says it."""
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Sent(NamedTuple):
    """`what` the form asked for, its fields as the browser sent them, and what was `said` of it.

    `wrong` holds the name of each field at fault with a sentence, which is empty where `said` is about that field. `facts` are those
    of the refusal.
    """

    what: str = ""
    fields: Mapping[str, Sequence[str]] = NOTHING
    said: str = ""
    wrong: Mapping[str, str] = NOTHING
    facts: Mapping[str, Any] = NOTHING
    status: int = HTTPStatus.OK

    def of(self, what: str, **same: object) -> Sent:
        """As that form sees it: itself if it is what was sent, else nothing. `same` are fields that tell forms of one kind apart."""
        own = self.what == what and all(self.value(name) == str(value) for name, value in same.items())
        return self if own else NOTHING_SENT

    def value(self, name: str, otherwise: object = "") -> str:
        """What was entered, else what the form begins with."""
        return self.fields[name][0] if name in self.fields else str(otherwise)

    def chose(self, name: str, value: object, *, otherwise: bool = False) -> bool:
        """Whether that was chosen of several; `otherwise` when this form was not sent."""
        return str(value) in self.fields.get(name, ()) if self.what else otherwise

    @property
    def apart(self) -> list[str]:
        """What is wrong with fields that the form does not show."""
        return [sentence for name, sentence in self.wrong.items() if sentence and name not in self.fields]


NOTHING_SENT: Final = Sent()


def refused(form: FormMultiDict, refusal: Refusal, place: Callable[[str], str] = str) -> Sent:
    """What to show again. `place` is the field of the form that a field of the command, `starts_at` or `scores/item_3`, comes from."""
    fields = {name: tuple(str(one) for one in form.getall(name)) for name in form}
    detail = " ".join(str(refusal).split())
    wrong: dict[str, str] = {}
    if isinstance(refusal, Unreadable):
        detail = MISREAD
        wrong = {place(fault.pointer.removeprefix("/")): plainly(fault.detail) for fault in refusal.faults}
    elif refusal.pointer is not None:
        wrong = {place(refusal.pointer.removeprefix("/")): ""}
    return Sent(str(form.get("what", "")), fields, detail, wrong, refusal.facts, STATUS[type(refusal)])


def plainly(detail: str) -> str:
    """What is wrong with a field; where it is about a bound, as a person says it, in the language of the page."""
    for said, sentence in BOUNDS:
        if bound := said.fullmatch(detail):
            return spoken().say(sentence, number=bound[1])
    return detail
