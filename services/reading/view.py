"""What each role may see of personal text: the one place where answers are redacted.

Client and coach see what their engagement holds. A program manager and an auditor see that a text is there, and not what it
says; a program manager does while the words of one plan are open to them in an emergency. A sponsor sees the classes of content that the client's consent grants today, of what was agreed. What is erased is
erased for everyone. A coach who took over sees of the words of before what was handed over.

What is not for the reader never looks like what is not there: it stands in the answer as withheld, or its field is left out.
An empty list and a null say that there is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.glossary import Disclosure
from domain.values import Personal
from projections.projection import Opening
from services.actor import Actor

T = TypeVar("T")


class Hidden(Struct, frozen=True, kw_only=True):
    """In place of a text, a value or a list: it is not for you (`withheld`), or it was erased for good (`erased`)."""

    withheld: Literal[True] | UnsetType = UNSET
    erased: Literal[True] | UnsetType = UNSET


WITHHELD: Final = Hidden(withheld=True)
GONE: Final = Hidden(erased=True)

Text: TypeAlias = str | Hidden
"""A personal text, as far as the reader may see it."""

ALL: Final[frozenset[Disclosure]] = frozenset({"objective_titles", "progress", "attainment", "evaluation_summary", "attendance"})
NONE: Final[frozenset[Disclosure]] = frozenset()


class Sight(NamedTuple):
    """What one reader sees of what belongs to one engagement.

    `words`: the texts of plans, assessments and evaluations; `names`: who people are; `classes`: the classes of content
    whose numbers and verdicts they see, `quotes` those whose words they see, too; `drafts`: also what was not agreed yet;
    `kept`: what is not opened for them all the same, by reference (`services/reading/handover.py`); nor are the own words of `others`,
    who are coached together with them.
    """

    words: bool
    names: bool
    classes: frozenset[Disclosure]
    quotes: frozenset[Disclosure]
    drafts: bool
    kept: frozenset[bytes] = frozenset()
    others: frozenset[UUID] = frozenset()

    @property
    def opens(self) -> Opening:
        """What personal has to be opened at all for this reader."""
        return Opening(self.words or not self.drafts, self.kept, self.others)

    def text(self, value: Personal[str] | None, about: Disclosure | None = None) -> Text | None:
        """A text of the client or of an author; `about` is the class of content that may disclose it to a sponsor."""
        if value is None:
            return None
        return opened(value) if self.words or about in self.quotes or value.is_public else hidden(value)

    def name(self, value: Personal[str] | None) -> Text | None:
        if value is None:
            return None
        return opened(value) if self.names else hidden(value)

    def of(self, about: Disclosure, value: T) -> T | UnsetType:
        """A field of a class of content; left out when the reader may not see that class."""
        return value if about in self.classes else UNSET

    def shared(self, other: Sight) -> Sight:
        """What both readers see."""
        return Sight(
            words=self.words and other.words,
            names=self.names and other.names,
            classes=self.classes & other.classes,
            quotes=self.quotes & other.quotes,
            drafts=self.drafts and other.drafts,
            kept=self.kept | other.kept,
            others=self.others | other.others,
        )


INSIDE: Final = Sight(words=True, names=True, classes=ALL, quotes=ALL, drafts=True)


def sight(
    actor: Actor,
    consents: frozenset[Disclosure] = NONE,
    *,
    opened: bool = False,
    kept: frozenset[bytes] = frozenset(),
    others: frozenset[UUID] = frozenset(),
) -> Sight:
    """`consents` are those of the engagement that is looked at, as they stand at this moment.

    `opened`: what is looked at is open to the actor in an emergency. Only to a program manager anything ever is. `kept` is what
    was not handed over to the actor. Only from a coach anything ever is kept. `others` are coached together with the actor.
    """
    match actor.role:
        case "coach" if kept:
            return INSIDE._replace(kept=kept)
        case "client":
            return INSIDE._replace(others=others)
        case "coach":
            return INSIDE
        case "program_manager" if opened:
            return INSIDE
        case "sponsor":
            return Sight(words=False, names=True, classes=consents, quotes=consents, drafts=False)
        case "program_manager" | "admin" | "integration" | "worker":
            return Sight(words=False, names=True, classes=ALL, quotes=NONE, drafts=True)
        case "respondent":
            return Sight(words=False, names=False, classes=NONE, quotes=NONE, drafts=False)
        case "auditor" | "operator":
            return Sight(words=False, names=False, classes=ALL, quotes=NONE, drafts=True)


def disclosed(value: T | Hidden | UnsetType) -> T | None:
    """What the reader may see, else None: for pages and reports, which say in words of their own what they leave out."""
    return None if isinstance(value, Hidden | UnsetType) else value


def opened(value: Personal[Any]) -> Any:
    """What was not opened for the reader is withheld."""
    return hidden(value) if value.is_erased or not value.is_open else value.plain()


def hidden(value: Personal[Any]) -> Hidden:
    return GONE if value.is_erased else WITHHELD


class Named(Struct, frozen=True, kw_only=True):
    """A person, by name where the reader may know it."""

    id: UUID
    name: Text | None


def people(names: Mapping[UUID, Personal[str] | None], seen: Sight, *ids: UUID | None) -> tuple[Named, ...]:
    """Each person once, in the order given."""
    return tuple(Named(id=id, name=seen.name(names.get(id))) for id in dict.fromkeys(ids) if id is not None)
